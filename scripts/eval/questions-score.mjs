/** What one question's report is worth, and the table's measures over many of them, each with its interval. */
import {
  answerOutcome,
  claimsDecided,
  classF1,
  findingShown,
  kindRight,
  macroF1,
  mixedRight,
  mustContain,
  onTopic,
  recallFound,
  recallRows,
  rowsByRelevance,
  sidesRight,
  stances,
  wordsBefore,
} from './questions-measures.mjs';

/** @typedef {import('./questions-measures.mjs').Question} Question */
/** @typedef {import('./questions-measures.mjs').Part} Part */
/** @typedef {import('./questions-measures.mjs').Confusion} Confusion */

/**
 * @typedef {object} Run what the product made of a question, and what it took
 * @property {any} report the JSON report, parsed; an empty object where the run failed
 * @property {string} markdown
 * @property {number} seconds after the last source had answered
 * @property {number} pairs scored by the model
 * @property {string} [failed] why there is no report
 */

/** Resamples of an interval; their seed, so that the same results give the same interval. */
const RESAMPLES = 1000;
const SEED = 20260131;

/**
 * @param {Question} question
 * @param {import('./questions-view.mjs').View} view of the run's report
 * @param {Run} run
 */
export function score(question, view, { markdown, seconds, pairs, failed }) {
  const list = mustContain(question, view);
  const { decided, leaning, of } = claimsDecided(view);
  return {
    id: question.id,
    expected: question.answer_label,
    label: view.answer?.label ?? null,
    asks: question.proposition !== null,
    answer: answerOutcome(question, view),
    found: recallFound(question, view),
    row: recallRows(question, view),
    rows: rowsByRelevance(question, view),
    onTopic: onTopic(question, view),
    first: findingShown(question, view, 1),
    shown: findingShown(question, view, 2),
    kind: kindRight(question, view),
    stances: stances(question, view, 'rows'),
    stancesOfAll: stances(question, view, 'all'),
    mixed: mixedRight(question, view),
    cited: list.cited,
    stated: list.stated,
    claims: { decided, leaning, of },
    words: wordsBefore(markdown, view.answer?.text ?? null),
    works: view.found.length,
    seconds,
    pairs,
    ...(failed && { failed }),
  };
}

/** @typedef {ReturnType<typeof score>} Scored a question's counts: numbers, ids and labels, no text of a paper */

/**
 * @template S
 * @typedef {object} Measure
 * @property {string} name
 * @property {(scored: S[]) => Part | number | null} of a part is shown as its share; null where there is nothing to measure
 * @property {number} [must]
 * @property {number} [aim]
 * @property {'least'} [better] the lesser value is the better one
 */

/** @param {Part[]} parts */
const sum = (parts) => ({ hit: total(parts.map(({ hit }) => hit)), of: total(parts.map(({ of }) => of)) });

/** @param {number[]} values */
const total = (values) => values.reduce((all, value) => all + value, 0);

/**
 * @param {Confusion[]} confusions
 * @returns {Confusion}
 */
function merged(confusions) {
  /** @type {Confusion} */
  const all = {};
  for (const [cell, count] of confusions.flatMap(Object.entries)) all[cell] = (all[cell] ?? 0) + count;
  return all;
}

/**
 * @param {number[]} values
 * @returns {number | null}
 */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length === 0 ? null : (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/**
 * @param {Scored[]} scored
 * @param {import('./questions-measures.mjs').Outcome} outcome
 */
const outcomes = (scored, outcome) => ({ hit: scored.filter(({ answer }) => answer === outcome).length, of: scored.length });

/** @param {Scored[]} scored */
const answerable = (scored) => scored.filter(({ asks, expected }) => asks && expected !== 'none');
/** @param {Scored[]} scored */
const lists = (scored) => scored.filter(({ expected }) => expected === 'list');
/** @param {Scored[]} scored */
const unanswerable = (scored) => scored.filter(({ expected }) => expected === 'none');
/** @param {Scored[]} scored */
const stancesOf = (scored) => merged(scored.map(({ stances }) => stances));
/** @param {Scored[]} scored */
const stancesOfAll = (scored) => merged(scored.map(({ stancesOfAll }) => stancesOfAll));

/** @param {Scored[]} scored */
const secondsOf = (scored) => scored.map(({ seconds }) => seconds);
/** @param {Scored[]} scored */
const claimsSided = (scored) =>
  sum(scored.map(({ claims: { decided, leaning, of } }) => ({ hit: decided + leaning, of })));
/** @param {Scored[]} scored */
const claimsFirm = (scored) => sum(scored.map(({ claims: { decided, of } }) => ({ hit: decided, of })));
/** @param {Scored[]} scored one without an answer in its Markdown has words without end before it */
const mostWords = (scored) => Math.max(...scored.map(({ words }) => words ?? Infinity));

/**
 * The rows of the table, with what a release must reach and what it aims at.
 * @type {Measure<Scored>[]}
 */
export const MEASURES = [
  { name: 'deciding papers found', of: (all) => sum(all.map(({ found }) => found)), must: 0.85, aim: 0.95 },
  { name: 'deciding papers with a row', of: (all) => sum(all.map(({ row }) => row)), must: 0.8, aim: 0.92 },
  { name: 'judged rows on the topic', of: (all) => sum(all.map(({ onTopic }) => onTopic)), must: 0.85, aim: 0.92 },
  { name: 'finding decides: first', of: (all) => sum(all.map(({ first }) => first)), must: 0.5, aim: 0.65 },
  { name: 'finding decides: of two', of: (all) => sum(all.map(({ shown }) => shown)), must: 0.72, aim: 0.85 },
  { name: 'kind of statement right', of: (all) => sum(all.map(({ kind }) => kind)) },
  { name: 'stance: macro-F1', of: (all) => macroF1(stancesOf(all)), must: 0.47, aim: 0.55 },
  { name: 'stance: F1 of yes', of: (all) => classF1(stancesOf(all), 'yes') },
  { name: 'stance: F1 of no', of: (all) => classF1(stancesOf(all), 'no'), must: 0.2, aim: 0.35 },
  { name: 'stance: F1 of silent', of: (all) => classF1(stancesOf(all), 'silent') },
  { name: 'stance: sides taken, right', of: (all) => sidesRight(stancesOf(all)) },
  { name: 'stance: mixed, right', of: (all) => sum(all.map(({ mixed }) => mixed)) },
  { name: 'stance, rowless silent: macro-F1', of: (all) => macroF1(stancesOfAll(all)) },
  { name: 'stance, rowless silent: F1 of no', of: (all) => classF1(stancesOfAll(all), 'no') },
  { name: 'answer right', of: (all) => outcomes(answerable(all), 'right'), must: 6 / 13, aim: 11 / 13 },
  { name: 'answer of the opposite sign', of: (all) => outcomes(answerable(all), 'opposite'), must: 0, aim: 0, better: 'least' },
  { name: 'answer declined', of: (all) => outcomes(answerable(all), 'declined') },
  { name: 'list where one is asked', of: (all) => outcomes(lists(all), 'right') },
  { name: 'no answer where none is', of: (all) => outcomes(unanswerable(all), 'right'), must: 1, aim: 1 },
  { name: 'must-contain on first screen', of: (all) => sum(all.map(({ cited }) => cited)), must: 0.5, aim: 0.75 },
  { name: 'must-contain, sentence shown', of: (all) => sum(all.map(({ stated }) => stated)) },
  { name: 'claims decided or leaning', of: claimsSided, must: 0.25, aim: 0.4 },
  { name: 'claims decided', of: claimsFirm },
  { name: 'words before answer, most', of: mostWords, must: 0, aim: 0, better: 'least' },
  { name: 'seconds after search, median', of: (all) => median(secondsOf(all)), must: 20, aim: 8, better: 'least' },
  { name: 'seconds after search, most', of: (all) => Math.max(...secondsOf(all)), better: 'least' },
  { name: 'pairs scored, median', of: (all) => median(all.map(({ pairs }) => pairs)), better: 'least' },
  { name: 'works found, median', of: (all) => median(all.map(({ works }) => works)) },
];

/**
 * @param {Part | number | null} found
 * @returns {number | null}
 */
export function valueOf(found) {
  if (found === null || typeof found === 'number') return found;
  return found.of === 0 ? null : found.hit / found.of;
}

/**
 * The interval that holds 95 % of the values over questions drawn again with replacement (percentile bootstrap; Efron &
 * Tibshirani 1993, chapter 13).
 * @template T
 * @param {T[]} items one a question
 * @param {(items: T[]) => Part | number | null} measure
 * @returns {[number, number] | null} null where fewer than half of the draws can be measured
 */
export function interval(items, measure) {
  const random = randomFrom(SEED);
  const values = Array.from({ length: RESAMPLES }, () => {
    const drawn = items.map(() => items[Math.floor(random() * items.length)]);
    return valueOf(measure(drawn));
  });
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (sorted.length < RESAMPLES / 2) return null;
  const at = (/** @type {number} */ share) => sorted[Math.round(share * (sorted.length - 1))];
  return [at(0.025), at(0.975)];
}

/**
 * mulberry32, a small generator of numbers in 0 to 1.
 * @param {number} seed
 */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @typedef {'a' | 'b'} Half */

/**
 * The half of a question by its number: odd ones are half a, to fit on; even ones half b, to report.
 * @param {string} id that ends in a digit
 * @returns {Half}
 */
export const halfOf = (id) => (Number(id.at(-1)) % 2 === 1 ? 'a' : 'b');
