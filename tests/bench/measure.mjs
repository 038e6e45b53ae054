/** Interleaved rounds: ours, rival, ours, rival …, so that whatever slows the machine down slows everybody down. */
import { asError } from '../../pkg/errors.mjs';

/** A round is repeated so often at least; more while there is time. */
const LEAST_ROUNDS = 3;
const MOST_ROUNDS = 15;

/**
 * @typedef {object} Contestant
 * @property {string} name
 * @property {() => Promise<number>} sample milliseconds of one piece of work, the same for everybody
 */

/**
 * @typedef {{ median: number, least: number, most: number }} Spread
 * @typedef {Map<string, number[]>} Rounds by contestant, in the order of the rounds
 */

/**
 * @param {Contestant[]} contestants
 * @param {number} budgetMs rounds beyond the fewest are not begun after it
 * @param {(name: string, error: Error) => void} failed one that fails is left out from then on
 * @returns {Promise<Rounds>} of those that lasted
 */
export async function interleave(contestants, budgetMs, failed) {
  /** @type {Rounds} */
  const rounds = new Map(contestants.map(({ name }) => [name, []]));
  const started = performance.now();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if (round >= LEAST_ROUNDS && performance.now() - started > budgetMs) break;
    for (const { name, sample } of rotated(contestants, round)) {
      const times = rounds.get(name);
      if (!times) continue;
      try {
        times.push(await sample());
      } catch (error) {
        rounds.delete(name);
        failed(name, asError(error));
      }
    }
  }
  return rounds;
}

/**
 * Who comes first changes: it may find the caches as another left them.
 * @template T
 * @param {T[]} items
 * @param {number} by
 */
const rotated = (items, by) => items.map((_, at) => items[(at + by) % items.length]);

/**
 * @param {number[]} values
 * @returns {Spread}
 */
export function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
  return { median, least: sorted[0], most: sorted[sorted.length - 1] };
}

/**
 * How many times faster ours is, round by round.
 * @param {number[]} ours
 * @param {number[]} rival
 */
export const speedup = (ours, rival) => spread(rival.map((time, round) => time / ours[round]));

/**
 * @template T
 * @param {Promise<T>} work
 * @param {number} ms
 * @param {string} what
 * @returns {Promise<T>} rejects when the time is over; the work itself is not ended
 */
export async function bounded(work, ms, what) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, /** @type {Promise<never>} */ (late)]);
  } finally {
    clearTimeout(timer);
  }
}
