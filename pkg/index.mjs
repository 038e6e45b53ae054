/** Probatum for Node. In browsers `browser.mjs` is in its place; the command line is `cli.mjs`. */
import { fileURLToPath } from 'node:url';
import { Client } from './client.mjs';
import { openProbatum } from './create.mjs';
import { cancelledError } from './errors.mjs';
import { defaultDeepModel, defaultModel, readManifest } from './node/model.mjs';
import { replayFetch } from './node/replay.mjs';
import { startPipeline } from './node/start.mjs';

export { Probatum } from './create.mjs';
export { LIMITS } from './defaults.mjs';

/**
 * @typedef {import('./probatum.js').Depth} Depth
 * @typedef {import('./probatum.js').Entailment} Entailment
 * @typedef {import('./probatum.js').Pair} Pair
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
 * What Node needs to be told and a browser does not.
 * @typedef {object} NodeOptions
 * @property {string} [model] folder of the model; the one that ships where not given
 * @property {string | URL} [modelUrl] its `file:` address, in place of `model`
 * @property {string | URL | false} [deep] folder, or `file:` address, of the larger model that reads again what could decide,
 *   or false for none; the one that ships where not given and there is one
 */

/**
 * What `createProbatum` may be told in Node.
 * @typedef {import('./create.mjs').CommonOptions & NodeOptions} Options
 */

/**
 * Loads a model, once, into workers of its own; nothing global is touched. The process ends when it is closed. Rejects with
 * a `ModelError` where the model cannot be used, or where the larger one has no manifest (what else is wrong with that one
 * is found when it is first asked); with an `EngineError` where the module cannot be started here; with a
 * `CancelledError`.
 * @param {Options} [options]
 * @returns {Promise<import('./create.mjs').Probatum>}
 */
export async function createProbatum(options = {}) {
  return openProbatum(startPipeline, modelsOf(options), options);
}

/**
 * @param {Options} options
 * @returns {{ small: string, deep: string | undefined }}
 */
function modelsOf({ modelUrl, model = modelUrl === undefined ? defaultModel() : folderAt(modelUrl), deep = defaultDeepModel() ?? false }) {
  return { small: model, deep: deep === false ? undefined : folderAt(deep) };
}

/**
 * @param {string | URL} place a path, or a `file:` address
 * @returns {string}
 */
const folderAt = (place) => (place instanceof URL || place.startsWith('file:') ? fileURLToPath(place) : place);

/**
 * What the module is and knows, without a model; see {@link Probatum.describe}.
 * @returns {Promise<import('./client.mjs').Introduction>}
 */
export async function describe() {
  const client = new Client(startPipeline, {});
  try {
    return await client.introduce();
  } finally {
    await client.end(cancelledError());
  }
}

/**
 * One question, with a model loaded for it: as {@link createProbatum}, then {@link Probatum.ask}, then `close`.
 * @param {string} question
 * @param {Options & AskOptions & { engine?: Engine, replay?: string }} [options] `engine`: an open one, in place of one of
 *   its own; `replay`: folder that answers instead of the network, and without the answers kept, see `node/replay.mjs`
 * @returns {Promise<Outcome>}
 */
export async function ask(question, { engine, replay, ...options } = {}) {
  const answered = replay === undefined ? options : { ...options, fetch: await replayFetch(replay), cache: false };
  if (engine) return engine.probatum.ask(question, answered);
  // The signal is the question's: a run that is cancelled has still its report to give.
  const probatum = await createProbatum({ ...options, signal: undefined });
  try {
    return await probatum.ask(question, answered);
  } finally {
    await probatum.close();
  }
}

/**
 * An open model, as it was before {@link createProbatum}, which replaces it.
 * @typedef {object} Engine
 * @property {import('./create.mjs').Probatum} probatum
 * @property {Uint8Array} manifest of its model
 * @property {Uint8Array | undefined} deepManifest of the larger model, where there is one
 * @property {(pairs: Pair[], signal: AbortSignal, depth?: Depth) => Promise<Entailment[]>} entail see {@link Probatum.entail}
 * @property {() => Promise<void>} close ends the workers
 */

/**
 * Loads a model for many questions; {@link createProbatum} replaces it.
 * @param {Options} [options]
 * @returns {Promise<Engine>}
 */
export async function openEngine(options = {}) {
  const { small, deep } = modelsOf(options);
  const [manifest, deepManifest] = await Promise.all([readManifest(small), deep === undefined ? undefined : readManifest(deep)]);
  const probatum = await createProbatum(options);
  return {
    probatum,
    manifest,
    deepManifest,
    entail: (pairs, signal, depth) => probatum.entail(pairs, { signal, depth }),
    close: () => probatum.close(),
  };
}
