/** What the pipeline worker needs of a browser. */
import { openCache } from './cache.mjs';
import { fetchFiles, fetchManifest, keepModel } from './model.mjs';
import { startPdf } from './pdf-thread.mjs';
import { threadOf } from './thread.mjs';
import { compile } from './wasm.mjs';

/** Of the larger model at most: each worker holds some 350 MB. */
const MOST_DEEP_WORKERS = 2;
const MOST_WORKERS = 4;
/** On a phone, whose memory is short. */
const MOST_PHONE_WORKERS = 2;

/**
 * Workers that suit this device: a core is left to the page.
 * @param {import('../probatum.js').Depth} depth
 */
function workers(depth) {
  const most = depth === 'deep' ? MOST_DEEP_WORKERS : /\bMobi/.test(navigator.userAgent) ? MOST_PHONE_WORKERS : MOST_WORKERS;
  return Math.min(most, Math.max(1, navigator.hardwareConcurrency - 1));
}

/**
 * @param {import('../messages.mjs').Setup} setup
 * @returns {import('../pipeline.mjs').Platform}
 */
export const platformFor = ({ packed = false }) => ({
  compile,
  manifest: fetchManifest,
  files: (place, manifest, depth, signal, received) => fetchFiles(place, manifest, { depth, packed }, signal, received),
  keep: (place) => keepModel(place, { depth: 'small', packed }),
  workers,
  startInference: (listener) =>
    threadOf(new Worker(new URL('./inference-worker.mjs', import.meta.url), { type: 'module', name: 'inference' }), listener),
  startPdf,
  openCache,
});
