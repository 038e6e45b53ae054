/** One inference worker: holds the model, answers batches in the order they come. */
import { parentPort, workerData } from 'node:worker_threads';
import { asError } from './errors.mjs';
import { Nli, initSync } from './probatum.js';

/**
 * @typedef {{ kind: 'ready' }
 *   | { kind: 'scored', entailments: import('./probatum.js').Entailment[] }
 *   | { kind: 'failed', message: string, fatal: boolean }} Answer
 */

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
/** @type {Nli} */
let nli;

/** @param {Answer} answer */
const answer = (answer) => port.postMessage(answer);

/**
 * A trap leaves an instance in an unknown state, so that one is fatal: the pool replaces the worker.
 * @param {unknown} thrown
 */
function fail(thrown) {
  const { message } = asError(thrown);
  answer({ kind: 'failed', message, fatal: thrown instanceof WebAssembly.RuntimeError });
}

try {
  const { module, files } = workerData;
  initSync({ module });
  nli = new Nli(files.manifest, files.model, files.tokenizer);
  port.on('message', (pairs) => {
    try {
      answer({ kind: 'scored', entailments: nli.entail(pairs) });
    } catch (error) {
      fail(error);
    }
  });
  answer({ kind: 'ready' });
} catch (error) {
  fail(error);
}
