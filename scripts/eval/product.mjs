/** The whole product, as `ask` of the package gives it, over a stand-in for the scholarly web. */
import { LIMITS } from '../../pkg/defaults.mjs';
import { asError } from '../../pkg/errors.mjs';
import { openEngine } from '../../pkg/index.mjs';
import { StandIn } from './stand-in.mjs';

/** One inference worker a core of the machine that the targets in seconds are for. */
const WORKERS = 2;
/** Printed in the reports, so that they do not change with the day. */
const DATE = '2026-01-31';
/** What ends a single run, and says so in its line; any other error ends the evaluation. */
const SURVIVED = ['UsageError', 'NothingAskedError'];

/**
 * @typedef {object} Product
 * @property {(question: string, overrides: import('./questions-input.mjs').Overrides) =>
 *   Promise<import('./questions-score.mjs').Run>} run
 * @property {Uint8Array} manifest of the model
 * @property {Uint8Array} [deepManifest] of the larger model, where it reads too
 */

/**
 * Opens the engine and the stand-in for the time of the work: they serve all questions.
 * @template T
 * @param {{ model?: string, deep?: string | false, web: string }} what folders of the models, where they are not those that ship,
 *   or false for no larger one; script of the stand-in
 * @param {(product: Product) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProduct({ model, deep, web: script }, work) {
  // First what fails soonest.
  const engine = await openEngine({ model, deep, workers: WORKERS });
  try {
    const web = await StandIn.open(script);
    try {
      const { manifest, deepManifest } = engine;
      return await work({ run: (question, overrides) => run(engine, web, question, overrides), manifest, deepManifest });
    } finally {
      await web.close();
    }
  } finally {
    await engine.close();
  }
}

/**
 * @param {import('../../pkg/index.mjs').Engine} engine
 * @param {StandIn} web
 * @param {string} question
 * @param {import('./questions-input.mjs').Overrides} overrides
 * @returns {Promise<import('./questions-score.mjs').Run>}
 */
async function run(engine, web, question, overrides) {
  const asked = { small: 0, deep: 0 };
  const pairs = () => asked.small + asked.deep;
  web.searched = performance.now();
  try {
    const { json, markdown } = await engine.probatum.ask(question, {
      fetch: web.fetch,
      cache: false,
      date: DATE,
      onPairs: (depth, _scored, sofar) => (asked[depth] = sofar),
      ...split(overrides),
    });
    return { report: JSON.parse(json), markdown, seconds: secondsSince(web.searched), pairs: pairs() };
  } catch (thrown) {
    const { name, message } = asError(thrown);
    if (!SURVIVED.includes(name)) throw thrown;
    return { report: {}, markdown: '', seconds: secondsSince(web.searched), pairs: pairs(), failed: message };
  }
}

/** @param {number} start from `performance.now()` */
const secondsSince = (start) => (performance.now() - start) / 1000;

/**
 * Limits of a run, and the other constants.
 * @param {import('./questions-input.mjs').Overrides} overrides
 */
function split(overrides) {
  const chosen = (/** @type {boolean} */ limits) =>
    Object.fromEntries(Object.entries(overrides).filter(([name]) => name in LIMITS === limits));
  const params = chosen(false);
  return { limits: chosen(true), params: Object.keys(params).length > 0 ? params : undefined };
}
