/** An inference worker that crashes as often as it was told, over all its lives, and then answers. */
import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';

const { crashes } = workerData.files;
parentPort?.on('message', (pairs) => {
  if (Atomics.load(crashes, 0) > 0) {
    Atomics.sub(crashes, 0, 1);
    process.exit(1);
  }
  parentPort?.postMessage({ kind: 'scored', entailments: pairs.map(() => ({})) });
});
parentPort?.postMessage({ kind: 'ready' });
