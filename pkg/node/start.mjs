/** Starts the pipeline worker in Node. */
import { startThread } from './thread.mjs';

const PIPELINE_WORKER = new URL('./pipeline-worker.mjs', import.meta.url);

/** @type {import('../client.mjs').StartPipeline} */
export const startPipeline = (listener) => startThread(PIPELINE_WORKER, listener);
