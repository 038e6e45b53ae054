/** Node's worker threads, as the rest of the package sees threads. */
import { parentPort, Worker } from 'node:worker_threads';

/**
 * Starts a thread.
 * @template In, Out
 * @param {URL} script
 * @param {import('../messages.mjs').Listener<Out>} listener
 * @returns {import('../messages.mjs').Thread<In>}
 */
export function startThread(script, { heard, lost }) {
  const worker = new Worker(script);
  worker.on('message', heard);
  worker.on('error', (error) => lost(error.message));
  worker.on('exit', (code) => lost(`it ended with code ${code}`));
  return { post: (message, transfer) => worker.postMessage(message, transfer), end: () => worker.terminate() };
}

/**
 * This thread's own end.
 * @template In, Out
 * @returns {import('../messages.mjs').Scope<In, Out>}
 */
export function threadScope() {
  const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
  return { post: (message, transfer) => port.postMessage(message, /** @type {any} */ (transfer)), listen: (heard) => void port.on('message', heard) };
}
