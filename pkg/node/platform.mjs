/** What the pipeline worker needs of Node. */
import { availableParallelism, freemem } from 'node:os';
import { modelError } from '../errors.mjs';
import { openCache } from './cache.mjs';
import { readManifest, readModel } from './model.mjs';
import { startThread } from './thread.mjs';
import { compile } from './wasm.mjs';

const INFERENCE_WORKER = new URL('./inference-worker.mjs', import.meta.url);
const PDF_WORKER = new URL('./pdf-worker.mjs', import.meta.url);

const MOST_WORKERS = 4;
/** Of the larger model: more would be faster, but each holds a copy of its weights. */
const MOST_DEEP_WORKERS = 2;
/** What one of them holds, its share of the loading included: about three times the model's 105 MB. */
const DEEP_WORKER_BYTES = 350e6;

/** The thread that reads PDFs. @type {import('../pdf.mjs').StartPdf} */
export const startPdf = (listener) => startThread(PDF_WORKER, listener);

/** One a core, from 1 to 4; of the larger model no more than 2, and no more than memory is free for. */
function workers(/** @type {import('../probatum.js').Depth} */ depth) {
  const suited = Math.min(MOST_WORKERS, Math.max(1, availableParallelism()));
  return depth === 'small' ? suited : Math.min(MOST_DEEP_WORKERS, suited, Math.max(1, Math.floor(freemem() / DEEP_WORKER_BYTES)));
}

/**
 * @param {import('../messages.mjs').ModelPlace} place
 * @returns {string}
 */
function folderOf(place) {
  if (typeof place !== 'string') throw modelError('in Node a model is given as the path of its folder');
  return place;
}

/** @type {import('../pipeline.mjs').Platform} */
export const platform = {
  compile,
  manifest: async (place) => readManifest(folderOf(place)),
  files: async (place) => readModel(folderOf(place)),
  // Where it is read from is where it is kept.
  keep: async () => true,
  workers,
  startInference: (listener) => startThread(INFERENCE_WORKER, listener),
  startPdf,
  openCache: () => openCache(),
};
