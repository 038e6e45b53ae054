/** The engine: a model held by a pool of inference workers. Opened once, it serves one run after another. */
import { InferencePool } from './inference.mjs';
import { defaultModel, readModel } from './model.mjs';
import { load } from './wasm.mjs';

/**
 * @typedef {object} Engine
 * @property {Uint8Array} manifest of its model
 * @property {(pairs: import('./probatum.js').Pair[], signal: AbortSignal) =>
 *   Promise<import('./probatum.js').Entailment[]>} entail scores pairs, in order; see {@link InferencePool.entail}
 * @property {() => Promise<void>} close ends the workers
 */

/**
 * Loads a model. Rejects with a `ModelError` where it cannot be used.
 * @param {object} [options]
 * @param {string} [options.model] folder of the model; the one that ships where not given
 * @param {number} [options.workers] inference workers; one a core, at most 4, where not given
 * @returns {Promise<Engine>}
 */
export async function openEngine({ model = defaultModel(), workers } = {}) {
  const module = await load();
  const files = await readModel(model);
  const pool = new InferencePool(module, files, workers);
  try {
    await pool.ready;
  } catch (error) {
    await pool.close();
    throw error;
  }
  return {
    manifest: files.manifest,
    entail: (pairs, signal) => pool.entail(pairs, signal),
    close: () => pool.close(),
  };
}
