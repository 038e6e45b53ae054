/** An inference worker that crashes as often as it was told, over all its lives, and then answers. */
import process from 'node:process';
import { threadScope } from '../../pkg/node/thread.mjs';

const scope = threadScope();
/** @type {Int32Array} */
let crashes;
scope.listen((/** @type {any} */ message) => {
  if (message.type === 'load') {
    crashes = message.files.crashes;
    scope.post({ type: 'hello', version: message.files.version, memoryBytes: 0 });
    return;
  }
  if (Atomics.load(crashes, 0) > 0) {
    Atomics.sub(crashes, 0, 1);
    process.exit(1);
  }
  scope.post({ type: 'scored', entailments: message.pairs.map(() => ({})) });
});
