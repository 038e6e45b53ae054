/** What `npm run eval` prints for a person, and what for a program. */
import { beaten } from './pairs.mjs';

/** @typedef {import('./pairs.mjs').FileResult} FileResult */
/** @typedef {Awaited<ReturnType<typeof import('./scifact.mjs').evaluateScifact>>} ScifactResult */

/** @param {number} value */
const four = (value) => Number(value.toFixed(4));

/** @param {number | null} value */
const shown = (value) => (value === null ? 'none' : value.toFixed(3));

/**
 * @template {object} T
 * @param {T} numbers
 * @returns {T} with four decimals
 */
export const rounded = (numbers) =>
  JSON.parse(JSON.stringify(numbers, (_, value) => (typeof value === 'number' ? four(value) : value)));

/**
 * @param {FileResult} result
 * @returns {string}
 */
export function pairsTable(result) {
  const { file, n, of, baselines } = result;
  const lost = beaten(result);
  return [
    `${file}: ${n} pairs${n < of ? `, spread evenly over ${of}` : ''}, ${result.classes === 2 ? 'two-way' : 'three-way'}`,
    '                    accuracy  macro-F1    ECE  Brier  AUROC  pairs/s',
    `  model             ${cells([result.accuracy, result.macroF1, result.ece, result.brier, result.auroc])}  ${result.pairsPerSecond.toFixed(1)}`,
    `  majority class       ${shown(baselines.majority)}`,
    `  word overlap                                        ${shown(baselines.overlapAuroc)}`,
    `  BM25                                                ${shown(baselines.bm25Auroc)}`,
    lost.length === 0 ? '  The model beats every baseline.' : `  NOT BEATEN by the model: ${lost.join(', ')}.`,
    '',
  ].join('\n');
}

/** @param {(number | null)[]} values */
const cells = ([accuracy, f1, ece, brier, auroc]) =>
  [shown(accuracy).padStart(8), shown(f1).padStart(9), shown(ece).padStart(6), shown(brier).padStart(6), shown(auroc).padStart(6)].join(' ');

/**
 * @param {ScifactResult} result
 * @returns {string}
 */
export function scifactTable(result) {
  const percent = (/** @type {number} */ share) => (share * 100).toFixed(1).padStart(6);
  const row = (/** @type {string} */ name, /** @type {import('./scifact-measures.mjs').F1} */ { precision, recall, f1 }) =>
    `  ${name.padEnd(32)} ${percent(precision)}  ${percent(recall)}  ${percent(f1)}`;
  return [
    `${result.folder}: ${result.claims} claims${result.claims < result.of ? `, spread evenly over ${result.of}` : ''}, ${result.abstracts} abstracts`,
    `  gold abstracts found among the first 3: ${percent(result.recallAt3).trim()} %, among the first 10: ${percent(result.recallAt10).trim()} %`,
    `  ${''.padEnd(32)} ${'P'.padStart(6)}  ${'R'.padStart(6)}  ${'F1'.padStart(6)}`,
    row('abstract, label only', result.abstractLabelOnly),
    row('abstract, label and rationale', result.abstractLabelRationale),
    row('sentence, selection', result.sentenceSelection),
    row('sentence, selection and label', result.sentenceSelectionLabel),
    '',
  ].join('\n');
}
