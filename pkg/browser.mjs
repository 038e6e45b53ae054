/** Probatum for browsers and their bundlers, pages and workers alike. In Node `index.mjs` is in its place. */
import { openProbatum } from './create.mjs';
import { usageError } from './errors.mjs';
import { startPipeline } from './pipeline-thread.mjs';

export { Probatum } from './create.mjs';
export { LIMITS } from './defaults.mjs';

/**
 * @typedef {import('./probatum.js').SourceId} SourceId
 * @typedef {import('./probatum.js').Progress} Progress
 * @typedef {import('./probatum.js').Outcome} Outcome
 * @typedef {import('./probatum.js').SourceInfo} SourceInfo
 * @typedef {import('./probatum.js').Probability} Probability
 * @typedef {import('./client.mjs').Introduction} Introduction
 * @typedef {import('./messages.mjs').ModelState} ModelState
 * @typedef {import('./probatum.js').GivenText} GivenText
 * @typedef {import('./probatum.js').Checked} Checked
 * @typedef {import('./create.mjs').AskOptions} AskOptions
 * @typedef {import('./create.mjs').CheckOptions} CheckOptions
 * @typedef {import('./create.mjs').CheckManyOptions} CheckManyOptions
 * @typedef {import('./create.mjs').CheckedRow} CheckedRow
 */

/**
 * What a browser needs to be told and Node does not.
 * @typedef {object} BrowserOptions
 * @property {string | URL} [modelUrl] address of the model's folder; the one that ships where not given
 * @property {string | URL | false} [deep] address of the folder of the larger model that reads again what could decide, or
 *   false for none; none where not given, for it is some 100 MB to download
 */

/**
 * What `createProbatum` may be told in a browser.
 * @typedef {import('./create.mjs').CommonOptions & BrowserOptions} Options
 */

/**
 * The model that ships: each file written out, so that bundlers find it.
 * @type {Readonly<Record<string, URL>>}
 */
const SHIPPED = {
  'manifest.json': new URL('./models/probatum-nli-1/manifest.json', import.meta.url),
  'model.onnx': new URL('./models/probatum-nli-1/model.onnx', import.meta.url),
  'tokenizer.json': new URL('./models/probatum-nli-1/tokenizer.json', import.meta.url),
};

/**
 * Loads a model, once, into workers of its own; nothing global is touched. Rejects with a `ModelError` where the model
 * cannot be had, an `EngineError` where the module cannot be started here, a `CancelledError` or a `UsageError`.
 * @param {Options} [options]
 * @returns {Promise<import('./create.mjs').Probatum>}
 */
export async function createProbatum(options = {}) {
  if (/** @type {{ model?: unknown }} */ (options).model !== undefined) throw usageError('a browser has no folders: give the address of the model as modelUrl');
  const { modelUrl, deep = false, wasmUrl } = options;
  const small = modelUrl === undefined ? hrefsOf(SHIPPED) : folderAt(modelUrl);
  const models = { small, deep: deep === false ? undefined : folderAt(deep) };
  return openProbatum(startPipeline, models, wasmUrl === undefined ? options : { ...options, wasmUrl: new URL(wasmUrl, location.href) });
}

/**
 * @param {Readonly<Record<string, URL>>} files
 * @returns {Record<string, string>}
 */
const hrefsOf = (files) => Object.fromEntries(Object.entries(files).map(([name, { href }]) => [name, href]));

/**
 * @param {string | URL} url of a folder, with or without its last slash
 * @returns {string}
 */
function folderAt(url) {
  const { href } = new URL(url, location.href);
  return href.endsWith('/') ? href : `${href}/`;
}
