/** What is said of a draft's sentences, in the terminal, in the page and in what it exports: one table of the words. */

/**
 * @typedef {import('./probatum.js').CheckedSentence} CheckedSentence
 * @typedef {import('./probatum.js').CheckedQuotation} CheckedQuotation
 * @typedef {import('./probatum.js').DraftVerdict} DraftVerdict
 */

/** What a verdict is called. @type {Readonly<Record<DraftVerdict, string>>} */
export const DRAFT_VERDICTS = Object.freeze({
  supported: 'supported',
  'leans-supported': 'leans to supported',
  partly: 'partly',
  contested: 'contested',
  'leans-contradicted': 'leans to contradicted',
  contradicted: 'contradicted',
  'not-found': 'not found in what was read',
  'not-checkable': 'not checkable',
});

/**
 * What is wrong with a sentence's citations, its numbers and its quotations, and how else it differs from its sources, a line each.
 * @param {Pick<CheckedSentence, 'troubles' | 'numbers' | 'quotations' | 'drifts'>} sentence
 * @returns {string[]}
 */
export function faultsOf({ troubles, numbers, quotations, drifts }) {
  return [
    ...troubles.map(({ reason, remedy }) => `${reason}. ${remedy}`),
    ...(numbers.length > 0 ? [`no cited text has ${numbers.map((number) => `“${number}”`).join(', ')}`] : []),
    ...quotations.filter(({ isCited }) => !isCited).map(({ text, standsIn }) => `“${text}” stands ${elsewhere(standsIn)}`),
    ...drifts.map(({ reason, quote }) => (quote === '' ? reason : `${reason} “${quote}”`)),
  ];
}

/**
 * What is to be known of the texts that a sentence was checked against, and is no fault of it, a line each.
 * @param {{ remarks?: CheckedSentence['remarks'] }} sentence none has any where it was checked by an earlier version
 * @returns {string[]}
 */
export const remarksOf = ({ remarks = [] }) => remarks.map(({ reason, remedy }) => `${reason}. ${remedy}`);

/**
 * What each part of a sentence comes to, a line each; none of a sentence that is one.
 * @param {{ parts?: CheckedSentence['parts'] }} sentence has none either where it was checked by an earlier version
 * @returns {string[]}
 */
export const partsOf = ({ parts = [] }) => parts.map(({ text, verdict }) => `${DRAFT_VERDICTS[verdict]}: “${text}”`);

/**
 * The words of a sentence that no cited text has, in a line; nothing where there are none.
 * @param {{ uncovered?: CheckedSentence['uncovered'] }} sentence
 * @param {string} draft that it stands in
 * @returns {string[]}
 */
export function uncoveredOf({ uncovered = [] }, draft) {
  const words = [...new Set(uncovered.map(({ start, end }) => `“${draft.slice(start, end)}”`))];
  return words.length === 0 ? [] : [`no cited text has the words ${words.join(', ')}`];
}

/** @param {string | undefined} text */
const elsewhere = (text) => (text === undefined ? 'in none of the texts' : `in “${text}”, which it does not cite`);
