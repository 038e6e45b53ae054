/** Values in words, as the page, the elements and the report (`src/report/shown.rs`, `src/report/words.rs`) have them. */

const whole = new Intl.NumberFormat('en-GB');

/**
 * `count("paper", 2)` is "2 papers".
 * @param {string} noun
 * @param {number} n
 */
export const count = (noun, n) => `${whole.format(n)} ${noun}${n === 1 ? '' : 's'}`;

/**
 * Bytes as megabytes (10⁶ bytes) with one decimal where not said otherwise, e.g. "23.1 MB".
 * @param {number} bytes
 * @param {number} [decimals]
 */
export const megabytes = (bytes, decimals = 1) => `${(bytes / 1e6).toFixed(decimals)} MB`;

/**
 * A probability with two decimals; never "1.00" or "0.00" for what is not certain.
 * @param {number} p in `0..=1`
 */
export function probability(p) {
  if (p >= 0.995 && p < 1) return '>0.99';
  if (p > 0 && p < 0.005) return '<0.01';
  return p.toFixed(2);
}

/**
 * How verdicts are called.
 * @type {Readonly<Record<import('../probatum.js').Label, string>>}
 */
export const VERDICTS = Object.freeze({
  supported: 'Supported',
  'leans-supported': 'Leans to supported',
  contested: 'Contested',
  'leans-refuted': 'Leans to refuted',
  refuted: 'Refuted',
  'not-enough-info': 'Not enough info',
  untested: 'Not tested',
});

/**
 * Whether a verdict decides its claim. For one that does not, the probability is that of the best evidence, which decided
 * nothing: beside the words it misleads.
 * @param {import('../probatum.js').Label} label
 */
export const isDecided = (label) => label !== 'not-enough-info' && label !== 'untested';

/**
 * Text from outside with what could deceive the eye made visible: characters that reorder or hide text become their code
 * point in brackets, other control characters and line breaks a space.
 * @param {string} text
 */
export function visible(text) {
  return text
    .replace(/[\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E007F}]/gu, (c) => `[U+${codePoint(c)}]`)
    .replace(/\p{Cc}/gu, ' ');
}

/** @param {string} character */
const codePoint = (character) => (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');

/**
 * Whether something found is no sentence of its text but what a table's cell says: it is never shown as a quotation.
 * @param {{ signals: readonly { name: string }[] }} found
 */
export const isOfTable = ({ signals }) => signals.some(({ name }) => name === 'table');

/**
 * Words found in a text: in quotation marks, but for those made of a table's cell.
 * @param {{ signals: readonly { name: string }[] }} found
 * @param {string} words
 */
export const inQuotes = (found, words) => (isOfTable(found) ? words : `“${words}”`);
