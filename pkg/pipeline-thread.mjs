/**
 * Starts the pipeline worker in a browser. It lies beside the entry, not in `web/`: bundled into a script that lies beside
 * a copy of the package, the address that is written here still leads to the worker.
 */
import { threadOf } from './web/thread.mjs';

/** @type {import('./client.mjs').StartPipeline} */
export const startPipeline = (listener) =>
  threadOf(new Worker(new URL('./web/pipeline-worker.mjs', import.meta.url), { type: 'module', name: 'pipeline' }), listener);
