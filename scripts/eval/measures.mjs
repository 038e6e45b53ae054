/** The measures of `npm run eval`, on plain numbers. */

/** @typedef {'entailment' | 'neutral' | 'contradiction' | 'not_entailment'} Label */
/** @typedef {import('../../pkg/probatum.js').Probability} Probability */

/** @type {readonly Label[]} */
export const LABELS = ['entailment', 'neutral', 'contradiction', 'not_entailment'];

const THREE_WAY = /** @type {const} */ (['entailment', 'neutral', 'contradiction']);
const TWO_WAY = /** @type {const} */ (['entailment', 'not_entailment']);
/** Of the expected calibration error; Guo et al. 2017 use 15 of equal width. */
const BINS = 15;

/**
 * @typedef {object} Measures
 * @property {number} n pairs
 * @property {2 | 3} classes that the file distinguishes
 * @property {number} accuracy share of pairs whose most probable class is their label, in 0 to 1, as are the next four
 * @property {number} macroF1 mean F1 of the classes that occur among the labels
 * @property {number} ece expected calibration error of the most probable class; lower is better
 * @property {number} brier sum over classes of the squared error of the probability, in 0 to 2; lower is better
 * @property {number | null} auroc of the probability of entailment; null where all or none are entailed
 */

/**
 * Whether a file tells apart entailment and one other label: `not_entailment`, or neutral or contradiction alone, as the
 * two-class sets of EQUATE do (Ravichander et al. 2019).
 * @param {Label[]} labels
 */
export function isTwoWay(labels) {
  const others = new Set(labels.filter((label) => label !== 'entailment'));
  return others.has('not_entailment') || (labels.includes('entailment') && others.size === 1);
}

/**
 * Labels and probabilities in the classes that a file distinguishes: in two-way files neutral and contradiction are one.
 * @param {Probability[]} probabilities
 * @param {Label[]} labels
 * @param {boolean} twoWay
 */
export function classed(probabilities, labels, twoWay) {
  if (!twoWay) {
    const rows = probabilities.map(({ entailment, neutral, contradiction }) => [entailment, neutral, contradiction]);
    return { classes: /** @type {readonly Label[]} */ (THREE_WAY), rows, truth: labels };
  }
  const rows = probabilities.map(({ entailment, neutral, contradiction }) => [entailment, neutral + contradiction]);
  const truth = labels.map((label) => (label === 'entailment' ? label : 'not_entailment'));
  return { classes: /** @type {readonly Label[]} */ (TWO_WAY), rows, truth: /** @type {Label[]} */ (truth) };
}

/**
 * @param {Probability[]} probabilities one a pair
 * @param {Label[]} labels one a pair, at least one
 * @param {boolean} [twoWay] of the whole file, where these are a part of it
 * @returns {Measures}
 */
export function measure(probabilities, labels, twoWay = isTwoWay(labels)) {
  const { classes, rows, truth } = classed(probabilities, labels, twoWay);
  const found = rows.map((row) => classes[row.indexOf(Math.max(...row))]);
  const right = found.map((label, i) => label === truth[i]);
  const confidence = rows.map((row) => Math.max(...row));
  return {
    n: labels.length,
    classes: /** @type {2 | 3} */ (classes.length),
    accuracy: mean(right.map(Number)),
    macroF1: macroF1(found, truth),
    ece: calibrationError(confidence, right),
    brier: brier(classes, rows, truth),
    auroc: auroc(probabilities.map(({ entailment }) => entailment), labels.map((label) => label === 'entailment')),
  };
}

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * @template L
 * @param {L[]} found
 * @param {L[]} truth
 * @returns {number} mean F1 of the classes that occur in `truth`
 */
export function macroF1(found, truth) {
  const scores = [...new Set(truth)].map((label) => {
    const hits = found.filter((said, i) => said === label && truth[i] === label).length;
    const said = found.filter((other) => other === label).length;
    const there = truth.filter((other) => other === label).length;
    return (2 * hits) / (said + there);
  });
  return mean(scores);
}

/**
 * Expected calibration error: |accuracy - confidence| by bin of confidence, weighted by the bin's share (Naeini et al.
 * 2015; Guo et al. 2017).
 * @param {number[]} confidence in 0 to 1
 * @param {boolean[]} right
 * @param {number} [bins] of equal width
 */
export function calibrationError(confidence, right, bins = BINS) {
  const gaps = new Float64Array(bins);
  confidence.forEach((value, i) => {
    gaps[Math.min(bins - 1, Math.floor(value * bins))] += Number(right[i]) - value;
  });
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / confidence.length;
}

/**
 * The multi-class score of Brier 1950.
 * @param {readonly string[]} classes
 * @param {number[][]} rows
 * @param {string[]} truth
 */
function brier(classes, rows, truth) {
  const error = (/** @type {number[]} */ row, /** @type {string} */ label) =>
    row.reduce((sum, p, c) => sum + (p - Number(classes[c] === label)) ** 2, 0);
  return mean(rows.map((row, i) => error(row, truth[i])));
}

/**
 * Area under the ROC curve, ties counted half (Mann & Whitney 1947).
 * @param {number[]} scores
 * @param {boolean[]} positive
 * @returns {number | null} null where one of the two classes is empty
 */
export function auroc(scores, positive) {
  const order = scores.map((_, i) => i).sort((a, b) => scores[a] - scores[b]);
  const good = positive.filter(Boolean).length;
  const bad = scores.length - good;
  if (good === 0 || bad === 0) return null;
  let rankSum = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && scores[order[end]] === scores[order[start]]) end += 1;
    const rank = (start + 1 + end) / 2;
    for (const i of order.slice(start, end)) if (positive[i]) rankSum += rank;
    start = end;
  }
  return (rankSum - (good * (good + 1)) / 2) / (good * bad);
}

/**
 * Share of the most frequent class, in the classes that the file distinguishes: what guessing it always would get.
 * @param {Label[]} labels
 * @param {boolean} [twoWay] of the whole file, where these are a part of it
 */
export function majority(labels, twoWay = isTwoWay(labels)) {
  const { truth } = classed([], labels, twoWay);
  const counts = [...new Set(truth)].map((label) => truth.filter((other) => other === label).length);
  return Math.max(...counts) / truth.length;
}
