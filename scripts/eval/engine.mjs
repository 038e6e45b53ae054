/** The engine that ships: the wasm module and its pool of inference workers, in Node. */
import { openEngine } from '../../pkg/index.mjs';
import { defaultModel } from '../../pkg/node/model.mjs';
import { load } from '../../pkg/node/wasm.mjs';

/** Pairs sent at once: progress is told after each. */
const CHUNK = 256;
const never = new AbortController().signal;

/**
 * @typedef {object} Engine
 * @property {Uint8Array} manifest of the model
 * @property {string} model its folder
 * @property {(pairs: import('../../pkg/probatum.js').Pair[], what?: string) =>
 *   Promise<import('../../pkg/probatum.js').Entailment[]>} entail scores pairs, in order; tells progress of `what`
 */

/**
 * Loads a model for the time of the work.
 * @template T
 * @param {string | undefined} folder of the model; the one that ships where not given
 * @param {(line: string) => void} tell
 * @param {(engine: Engine) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withEngine(folder = defaultModel(), tell, work) {
  // What else is measured of the pairs is computed in this thread.
  const [engine] = await Promise.all([openEngine({ model: folder, deep: false }), load()]);
  try {
    return await work({ manifest: engine.manifest, model: folder, entail: (pairs, what) => entail(engine, pairs, what, tell) });
  } finally {
    await engine.close();
  }
}

/**
 * @param {import('../../pkg/index.mjs').Engine} engine
 * @param {import('../../pkg/probatum.js').Pair[]} pairs
 * @param {string | undefined} what
 * @param {(line: string) => void} tell
 */
async function entail(engine, pairs, what, tell) {
  const scores = [];
  for (let start = 0; start < pairs.length; start += CHUNK) {
    scores.push(...(await engine.entail(pairs.slice(start, start + CHUNK), never)));
    if (what !== undefined) tell(`${what}: ${scores.length} of ${pairs.length} pairs`);
  }
  return scores;
}
