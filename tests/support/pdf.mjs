/** How well a PDF was read, against its known text. */

/** Words a sentence has at least: what is shorter is a run-in heading ("Training.") or a label. */
const LEAST_WORDS = 4;

/**
 * Letters and digits alone, in lower case, ligatures and raised digits undressed: blanks, hyphens and marks are the layout's.
 * @param {string} text
 */
export const letters = (text) => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * The words of a text, each by its letters.
 * @param {string} text
 * @returns {string[]}
 */
export const wordsOf = (text) => text.split(/[\s[\]^]+/).map(letters).filter((word) => word !== '');

/**
 * Share of the words known that were read, and of the words read that are known; each word as often as it stands there.
 * @param {string} known
 * @param {string} read
 */
export function wordShares(known, read) {
  const [wanted, found] = [wordsOf(known), wordsOf(read)];
  /** @type {Map<string, number>} */
  const left = new Map();
  for (const word of wanted) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of found) {
    const count = left.get(word) ?? 0;
    if (count > 0) shared += 1;
    left.set(word, count - 1);
  }
  return { recall: shared / wanted.length, precision: shared / found.length };
}

/**
 * Shares of the known sentences that stand whole in what was read, that do so in their order (the longest ascending sequence
 * of their places), and that are one of its sentences exactly.
 * @param {string[]} known sentences in their order
 * @param {string} read
 * @param {string[]} [sentences] of what was read
 */
export function sentenceShares(known, read, sentences = []) {
  const wanted = known.filter((sentence) => wordsOf(sentence).length >= LEAST_WORDS).map(letters);
  const text = letters(read);
  const exact = new Set(sentences.map(letters));
  const places = wanted.map((sentence) => text.indexOf(sentence)).filter((place) => place >= 0);
  const share = (/** @type {number} */ count) => count / wanted.length;
  return {
    sentences: wanted.length,
    whole: share(places.length),
    inOrder: share(longestAscent(places)),
    exact: share(wanted.filter((sentence) => exact.has(sentence)).length),
    missing: known.filter((sentence) => wordsOf(sentence).length >= LEAST_WORDS && !text.includes(letters(sentence))),
  };
}

/**
 * Length of the longest ascending subsequence (Fredman 1975).
 * @param {number[]} numbers
 */
function longestAscent(numbers) {
  /** @type {number[]} the least last number of an ascent of each length */
  const ends = [];
  for (const number of numbers) {
    const at = ends.findIndex((end) => end > number);
    ends[at < 0 ? ends.length : at] = number;
  }
  return ends.length;
}

/**
 * The paragraphs of a paper as S2ORC has them, made by GROBID: abstract, body and appendix, in order. What has no section is
 * what GROBID found of footnotes.
 * @param {any} record
 * @returns {string[]}
 */
export function knownParagraphs({ pdf_parse: { abstract, body_text: body, back_matter: back } }) {
  const isBody = (/** @type {{ section: string | null }} */ { section }) => Boolean(section);
  const isAppendix = (/** @type {{ section: string | null }} */ { section }) => section === 'annex';
  return [...abstract, ...body.filter(isBody), ...back.filter(isAppendix)].map(({ text }) => text);
}

/**
 * A text without what stands in round brackets with a year: GROBID loses some citations, whole or in part.
 * @param {string} text
 */
export const withoutCitations = (text) => text.replace(/\([^()]*(?:(?:19|20)\d\d[a-z]?|[,;] ?)\)/g, '');

/**
 * The paragraphs of a Markdown text: no headings, tables or captions.
 * @param {string} markdown
 * @returns {string[]}
 */
export function markdownParagraphs(markdown) {
  const isProse = (/** @type {string} */ part) => part !== '' && !/^(#|\||!|<!--|(Table|Fig\.|Figure) ?\d+\.)/.test(part);
  return markdown.split(/\n\s*\n|\n(?=- )|(?<=\.)(?=## )/).map((part) => part.trim()).filter(isProse).map((part) => part.replace(/^- /, ''));
}

/**
 * What pdf.js gives without any layout: its texts in the order of the page, a word broken at a line's end joined.
 * @param {import('../../pkg/pdf-runs.mjs').PdfRuns} runs
 */
export function rawText({ pages }) {
  const lines = pages.flatMap(({ runs }) => runs).reduce((/** @type {{ y: number, text: string }[]} */ lines, run) => {
    const last = lines.at(-1);
    if (last && Math.abs(last.y - run.y) < run.size / 2) last.text += ` ${run.text}`;
    else lines.push({ y: run.y, text: run.text });
    return lines;
  }, []);
  return dehyphenated(lines.map(({ text }) => text).join('\n'));
}

/** @param {string} text */
export const dehyphenated = (text) => text.replace(/(\p{L})[-\u00ad]\n(?=\p{Ll})/gu, '$1');
