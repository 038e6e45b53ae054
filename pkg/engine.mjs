/** The engine: models held by pools of inference workers. Opened once, it serves one run after another. */
import { modelError } from './errors.mjs';
import { InferencePool, defaultDeepWorkers, orAborted } from './inference.mjs';
import { defaultDeepModel, defaultModel, readManifest, readModel } from './model.mjs';
import { load } from './wasm.mjs';

/**
 * @typedef {object} Engine
 * @property {Uint8Array} manifest of its model
 * @property {Uint8Array} [deepManifest] of the larger model, where there is one
 * @property {(pairs: import('./probatum.js').Pair[], signal: AbortSignal, depth?: import('./probatum.js').Depth) =>
 *   Promise<import('./probatum.js').Entailment[]>} entail scores pairs, in order, by the small model where no depth is
 *   given; see {@link InferencePool.entail}. The larger model is loaded when it is first asked
 * @property {() => Promise<void>} close ends the workers
 */

/**
 * Loads a model. Rejects with a `ModelError` where it cannot be used, or where the larger one has no manifest; what else
 * is wrong with that one is found when it is first asked.
 * @param {object} [options]
 * @param {string} [options.model] folder of the model; the one that ships where not given
 * @param {string | false} [options.deep] folder of the larger model that reads again what could decide, or false for
 *   none; the one that ships where not given and there is one
 * @param {number} [options.workers] inference workers for each model; where not given one a core, at most 4 for the small
 *   model and 2 for the larger
 * @returns {Promise<Engine>}
 */
export async function openEngine({ model = defaultModel(), deep = defaultDeepModel() ?? false, workers } = {}) {
  const module = await load();
  const deepManifest = deep === false ? undefined : await readManifest(deep);
  const small = await openPool(module, model, workers);
  /** @type {Promise<Loaded> | undefined} */
  let larger;
  const openLarger = () => {
    if (deep === false) throw modelError('this engine was opened without the larger model');
    larger ??= openPool(module, deep, workers ?? defaultDeepWorkers());
    return larger;
  };
  return {
    manifest: small.manifest,
    deepManifest,
    entail: async (pairs, signal, depth = 'small') => {
      const { pool } = depth === 'small' ? small : await orAborted(openLarger(), signal);
      return pool.entail(pairs, signal);
    },
    close: async () => {
      await Promise.all([small.pool.close(), larger?.then(({ pool }) => pool.close(), () => {})]);
    },
  };
}

/** @typedef {{ manifest: Uint8Array, pool: InferencePool }} Loaded */

/**
 * @param {WebAssembly.Module} module
 * @param {string} folder
 * @param {number | undefined} workers
 * @returns {Promise<Loaded>}
 */
async function openPool(module, folder, workers) {
  const files = await readModel(folder);
  const pool = new InferencePool(module, files, workers);
  try {
    await pool.ready;
  } catch (error) {
    await pool.close();
    throw error;
  }
  return { manifest: files.manifest, pool };
}
