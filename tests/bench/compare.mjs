/** One comparison: the same pairs through every engine, interleaved. */
import { asError } from '../../pkg/errors.mjs';
import { ORT_WEB, OURS, OURS_PLAIN } from './engines.mjs';
import { interleave, speedup, spread } from './measure.mjs';

/** Shorter samples drown in the clocks' coarseness. */
const LEAST_MS = 40;

/** @typedef {import('./lab/runner.mjs').Pair} Pair */
/** @typedef {import('./measure.mjs').Spread} Spread */

/**
 * @typedef {object} Engine open, with a model
 * @property {(batches: Pair[][]) => Promise<number[][]>} prepare sets what is sampled; gives logits, a row a pair
 * @property {(leastMs: number) => Promise<number>} sample milliseconds of one pass through the batches
 * @property {() => Promise<unknown>} close
 */

/**
 * @typedef {object} Measured one engine
 * @property {Spread} msPerPair
 * @property {Spread} [oursIsFaster] times, round by round
 * @property {Spread} [oursPlainIsFaster] the same of our module without relaxed SIMD
 * @property {number} [logitsDiffer] the largest difference from onnxruntime-web's for each pair alone
 * @property {number} [labelsAgree] share of the pairs with the same largest logit
 */

/** @typedef {Record<string, Measured>} Comparison by engine */

/**
 * @param {Map<string, Engine>} engines one that fails is removed
 * @param {Pair[][]} batches
 * @param {number} budgetMs
 * @param {(name: string, error: Error) => void} failed
 * @returns {Promise<Comparison>}
 */
export async function compare(engines, batches, budgetMs, failed) {
  const leave = (/** @type {string} */ name, /** @type {Error} */ error) => {
    engines.delete(name);
    failed(name, error);
  };
  /** @type {Map<string, number[][]>} */
  const logits = new Map();
  /** @type {number[][] | undefined} */
  let reference;
  for (const [name, engine] of engines) {
    try {
      // Pair by pair: logits may depend on the neighbours where a whole batch is quantised by one range.
      if (name === ORT_WEB) reference = await engine.prepare(batches.flat().map((pair) => [pair]));
      logits.set(name, await engine.prepare(batches));
    } catch (error) {
      leave(name, asError(error));
    }
  }
  const contestants = [...engines].map(([name, engine]) => ({ name, sample: () => engine.sample(LEAST_MS) }));
  const rounds = await interleave(contestants, budgetMs, leave);
  const pairs = batches.flat().length;
  return Object.fromEntries(
    [...rounds].map(([name, times]) => [
      name,
      {
        msPerPair: spread(times.map((time) => time / pairs)),
        ...speedups(name, rounds),
        ...(name !== ORT_WEB && agreement(logits.get(name), reference)),
      },
    ]),
  );
}

/**
 * @param {string} name
 * @param {import('./measure.mjs').Rounds} rounds
 */
function speedups(name, rounds) {
  const [times, ours, plain] = [name, OURS, OURS_PLAIN].map((engine) => rounds.get(engine));
  if (!times || name === OURS || name === OURS_PLAIN) return {};
  return {
    ...(ours && { oursIsFaster: speedup(ours, times) }),
    ...(plain && { oursPlainIsFaster: speedup(plain, times) }),
  };
}

/**
 * @param {number[][] | undefined} logits
 * @param {number[][] | undefined} reference
 */
function agreement(logits, reference) {
  if (!logits || !reference) return {};
  const differences = logits.flatMap((row, pair) => row.map((logit, at) => Math.abs(logit - reference[pair][at])));
  const same = logits.filter((row, pair) => largest(row) === largest(reference[pair]));
  return { logitsDiffer: Math.max(...differences), labelsAgree: same.length / logits.length };
}

/** @param {number[]} row */
const largest = (row) => row.indexOf(Math.max(...row));

/**
 * @param {string} key what was compared, such as `shipped/128/1`
 * @param {Comparison} comparison
 * @returns {Record<string, number>} keyed `rival/model/tokens/threads`, above 1 = ours is faster
 */
export function ratiosOf(key, comparison) {
  /** @type {Record<string, number>} */
  const ratios = {};
  for (const [name, { oursIsFaster, oursPlainIsFaster }] of Object.entries(comparison)) {
    if (oursIsFaster) ratios[`${name}/${key}`] = oursIsFaster.median;
    if (oursPlainIsFaster && name === ORT_WEB) ratios[`${name}/${key}/simd128`] = oursPlainIsFaster.median;
  }
  return ratios;
}
