/** What is said of a draft's sentences, in the terminal, in the page and in what it exports: one table of the words. */
import { VERDICTS, count, inQuotes, isDecided, isOfTable, probability } from './elements/words.mjs';

export { inQuotes };

/**
 * @typedef {import('./probatum.js').CheckedSentence} CheckedSentence
 * @typedef {import('./probatum.js').CheckedQuotation} CheckedQuotation
 * @typedef {import('./probatum.js').DraftVerdict} DraftVerdict
 * @typedef {import('./probatum.js').Label} Label
 * @typedef {import('./probatum.js').Checked} Checked
 * @typedef {import('./probatum.js').CitedWork} CitedWork
 * @typedef {import('./probatum.js').FoundSentence} FoundSentence
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

/**
 * Which way a verdict points: it decides the sign, the line under the sentence and the colour.
 * @typedef {'for' | 'leans-for' | 'partly' | 'mixed' | 'leans-against' | 'against' | 'open' | 'unread'} Tone
 */

/** Of every verdict that there is, in the order in which a reader wants to see them. @type {Readonly<Record<DraftVerdict | Label, Tone>>} */
export const TONES = Object.freeze({
  supported: 'for',
  'leans-supported': 'leans-for',
  partly: 'partly',
  contested: 'mixed',
  'leans-contradicted': 'leans-against',
  'leans-refuted': 'leans-against',
  contradicted: 'against',
  refuted: 'against',
  'not-found': 'open',
  'not-enough-info': 'open',
  untested: 'open',
  'not-checkable': 'unread',
});

/** Signs before the words: not one of them hangs on a colour. @type {Readonly<Record<Tone, string>>} */
export const SIGNS = Object.freeze({ for: '✓', 'leans-for': '✓', partly: '≈', mixed: '±', 'leans-against': '✗', against: '✗', open: '○', unread: '?' });

/** @type {Readonly<Record<string, string>>} */
const CALLED = { ...VERDICTS, ...DRAFT_VERDICTS, 'not-checkable': 'could not be checked' };

/**
 * A verdict in words, with a capital; the same words for a claim as for a draft where they are the same.
 * @param {DraftVerdict | Label} verdict
 * @returns {{ words: string, tone: Tone }}
 */
export const shown = (verdict) => ({ words: capital(CALLED[verdict] ?? verdict), tone: TONES[verdict] });

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * A clause as a sentence, with capital and stop.
 * @param {string} text
 */
export const asSentence = (text) => `${capital(text)}${/[.!?]$/.test(text) ? '' : '.'}`;

/**
 * The probability of a verdict, where it is one of the model's that decides.
 * @param {{ verdict: DraftVerdict | Label, checked?: Checked | undefined }} sentence
 * @returns {number | undefined} in `0..=1`
 */
export const sureness = ({ verdict, checked }) => (checked && verdict !== 'partly' && isDecided(checked.label) ? checked.probability : undefined);

/**
 * How a work is called: "Okafor and others, 2021".
 * @param {Pick<CitedWork, 'key' | 'title' | 'authors' | 'year'>} work
 */
export function workName({ key, title, authors, year }) {
  const who = authors.length > 2 ? `${authors[0] ?? ''} and others` : authors.join(' and ');
  const when = year === undefined ? '' : String(year);
  return [who, when].filter(Boolean).join(', ') || title || key || 'a work without a name';
}

/**
 * Whether a work was read, and if not why and what to do; what is to be known of its text.
 * @param {Pick<CitedWork, 'trouble' | 'remark'>} work
 */
export function workState({ trouble, remark }) {
  if (trouble) return `Not read: ${trouble.reason}. ${trouble.remedy}`;
  return remark ? `Read: ${remark.reason}` : 'Read';
}

/**
 * How many works a draft names, and how many of them were read.
 * @param {readonly Pick<CitedWork, 'text'>[]} works
 */
export const worksCounted = (works) => `Works: ${works.length} named, ${works.filter(({ text }) => text !== undefined).length} of them read`;

/**
 * What a draft comes to, in one sentence.
 * @param {readonly { flagged: boolean }[]} sentences
 * @param {number} citing how many cite; more than there are where it was ended early
 */
export function draftHeadline(sentences, citing) {
  if (sentences.length === 0) return 'No sentence of this text cites a work';
  const flagged = sentences.filter((sentence) => sentence.flagged).length;
  const look = flagged === 0 ? 'none needs a look' : `${flagged} to look at`;
  const all = sentences.length === 1 ? '1 sentence cites' : `${sentences.length} sentences cite`;
  return `${citing > sentences.length ? `${sentences.length} of ${count('citing sentence', citing)} checked` : all}: ${look}`;
}

/** What holds of every verdict. */
export const CAVEAT = 'A verdict is a small language model’s reading of single sentences: read the papers.';

/** On which side a sentence of a text stands. @typedef {'for' | 'against' | 'neither'} Side */

/** @type {Readonly<Record<Side, [string, string]>>} */
const SIDES = { for: ['+ For', 'entails it'], against: ['− Against', 'contradicts it'], neither: ['○ Nearest', ''] };

/**
 * What a side is called, and how a sentence of a text stands to what was checked.
 * @param {FoundSentence} found
 * @param {Side} side
 * @returns {{ name: string, how: string }}
 */
export function sided(found, side) {
  const { probability: { entailment, contradiction }, strength } = found;
  const [name, says] = SIDES[side];
  const from = isOfTable(found) ? 'read from a table · ' : '';
  if (side === 'neither') return { name, how: `${from}entails it ${probability(entailment)}, contradicts it ${probability(contradiction)}` };
  return { name, how: `${from}${strength === 'leaning' ? 'leans: ' : ''}${says} ${probability(side === 'for' ? entailment : contradiction)}` };
}

/**
 * What is said where no sentence of the texts decides.
 * @param {Pick<Checked, 'tested'>} checked
 */
export const noneDecides = ({ tested }) => `${count('sentence', tested)} of the cited texts read; none decides it`;
