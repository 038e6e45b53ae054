/** Probatum as a library: `ask(question, options)` gives the report, rendered. The command line is `cli.mjs`. */
import { noCache, openCache } from './cache.mjs';
import { LIMITS, today } from './defaults.mjs';
import { openEngine } from './engine.mjs';
import { usageError } from './errors.mjs';
import { demoQuestion, run, sources, version } from './probatum.js';
import { replayFetch } from './replay.mjs';
import { load } from './wasm.mjs';

export { LIMITS } from './defaults.mjs';
export { openEngine } from './engine.mjs';

/**
 * @typedef {import('./probatum.js').SourceId} SourceId
 * @typedef {import('./probatum.js').Progress} Progress
 * @typedef {import('./probatum.js').Outcome} Outcome
 * @typedef {import('./probatum.js').SourceInfo} SourceInfo
 */

/**
 * @typedef {object} Options
 * @property {SourceId[]} [sources] the sources to search; those that are on by default where not given
 * @property {string} [date] `YYYY-MM-DD`, printed in the report; today where not given
 * @property {Partial<import('./defaults.mjs').Limits>} [limits] what the run may do; {@link LIMITS} where not given
 * @property {string[]} [propositions] statements that the papers are asked about, in place of the question's own; the answer is about the first
 * @property {string} [relay] address put in front of arXiv's encoded query address
 * @property {Record<string, unknown>} [params] constants that an evaluation varies, by name; the shipped ones where not given
 * @property {string} [model] folder of a model; the one that ships where not given
 * @property {string | false} [deep] folder of the larger model that reads again what could decide, or false for none; the
 *   one that ships where not given and there is one
 * @property {number} [workers] inference workers for each model; one a core, at most 4, where not given
 * @property {import('./engine.mjs').Engine} [engine] an open one, in place of `model`, `deep` and `workers`; it stays open
 * @property {boolean} [cache] whether answers of the last day may be used and kept; never with `replay`
 * @property {string} [replay] folder that answers instead of the network, see `replay.mjs`
 * @property {typeof globalThis.fetch} [fetch] answers instead of the network, for the time of the run
 * @property {(progress: Progress) => void} [onProgress]
 * @property {AbortSignal} [signal] cancels: the run ends with what was found
 */

/**
 * What the module is and knows: its version, the sources that can be asked, the question of the demonstration.
 * @returns {Promise<{ version: string, sources: SourceInfo[], demoQuestion: string }>}
 */
export async function describe() {
  await load();
  return { version: version(), sources: sources(), demoQuestion: demoQuestion() };
}

/**
 * Answers a question with a report in which every claim is checked.
 *
 * Rejects with an `Error` whose `name` is `UsageError` (the question or an option), `NothingAskedError` (no source
 * could be asked), `ModelError` (the model cannot be used) or `CancelledError` (cancelled before anything was found).
 * @param {string} question
 * @param {Options} [options]
 * @returns {Promise<Outcome>}
 */
export async function ask(question, options = {}) {
  await load();
  const chosen = config(options);
  const answer = options.replay === undefined ? options.fetch : await replayFetch(options.replay);
  // Before any question leaves the machine: a run that cannot be judged need not be searched.
  const engine = options.engine ?? (await openEngine(options));
  try {
    return await start(question, chosen, options, engine, answer);
  } finally {
    if (engine !== options.engine) await engine.close();
  }
}

/**
 * @param {string} question
 * @param {import('./probatum.js').Config} config
 * @param {Options} options
 * @param {import('./engine.mjs').Engine} engine
 * @param {typeof globalThis.fetch | undefined} answer instead of the network
 */
async function start(question, config, options, engine, answer) {
  const cache = options.replay !== undefined || options.cache === false ? noCache : await openCache();
  // What the caller's own function throws ends the run, and is what `ask` rejects with.
  const broken = new AbortController();
  const signal = options.signal === undefined ? broken.signal : AbortSignal.any([options.signal, broken.signal]);
  const running = run(question, config, engine.manifest, engine.deepManifest, {
    entail: (pairs, depth) => engine.entail(pairs, signal, depth),
    emit: (progress) => {
      try {
        options.onProgress?.(progress);
      } catch (error) {
        broken.abort(error);
      }
      return !signal.aborted;
    },
    fetch: (request) => (answer ?? globalThis.fetch)(request),
    cacheGet: cache.get,
    cachePut: cache.put,
    signal,
  });
  try {
    return await running;
  } finally {
    // Thrown here, it takes the place of the outcome or of the error that the cancellation became.
    broken.signal.throwIfAborted();
  }
}

/**
 * @param {Options} options
 * @returns {import('./probatum.js').Config}
 */
function config(options) {
  const known = sources();
  const ids = known.map(({ id }) => id);
  const unknown = options.sources?.find((id) => id !== 'demo' && !ids.includes(id));
  if (unknown !== undefined) throw usageError(`unknown source "${unknown}": choose among ${ids.join(', ')}`);
  return {
    sources: options.sources ?? known.filter(({ defaultOn }) => defaultOn).map(({ id }) => id),
    date: options.date ?? today(),
    ...LIMITS,
    ...options.limits,
    propositions: options.propositions ?? [],
    ...(options.params && { params: options.params }),
    relay: options.relay,
  };
}
