/** How well a PDF was read, against its known text. */

import { createHash } from 'node:crypto';

/** @typedef {{ text: string, ordered: boolean }} Known a paragraph, and whether its place among the others is known */

/** Words a sentence has at least: what is shorter is a run-in heading ("Training.") or a label. */
const LEAST_WORDS = 4;

/**
 * Letters and digits alone, in lower case, ligatures and raised digits undressed: blanks, hyphens and marks are the layout's.
 * @param {string} text
 */
export const letters = (text) => text.normalize('NFKC').toLowerCase().replace(/œ/g, 'oe').replace(/[^\p{L}\p{N}]+/gu, '');

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
 * The paragraphs of a paper as S2ORC has them, made by GROBID: abstract and body in order, then the appendix, whose place among
 * them is not known. What has no section is what GROBID found of footnotes.
 * @param {any} record
 * @returns {Known[]}
 */
export function knownParagraphs({ pdf_parse: { abstract, body_text: body, back_matter: back } }) {
  const inBody = [...abstract, ...body.filter((/** @type {{ section: string | null }} */ { section }) => Boolean(section))];
  const annex = back.filter((/** @type {{ section: string | null }} */ { section }) => section === 'annex');
  const known = (/** @type {boolean} */ ordered) => (/** @type {{ text: string }} */ { text }) => ({ text, ordered });
  return [...inBody.map(known(true)), ...annex.map(known(false))];
}

/**
 * Sentences of the known texts that are no sentence of the paper's running text, by the first ten digits of the sha256 of their
 * letters, each looked up in the paper: GROBID takes footnotes, captions, cells and displayed formulas for body text, glues them
 * to its sentences, and loses citations out of them. Half of them stand whole nowhere in the file. Measures are told with and
 * without these.
 * @type {Record<string, string[]>}
 */
export const NOT_BODY = {
  'N18-3011': [
    '634b6f7d01', '1240926515', 'd2201b5c3f', 'dda07299c2', '9dd45b4e07', 'cf4041036a', 'eb898f6b10', '325a48a8cb',
    '9d9afc8c6f', 'd829542c29', '1170abc321', '263ac17af3', '0c2c960a2b', '265d2f2df1', 'c01e6afc49', 'd69d3cda0a',
  ],
  '2020.acl-main.207': [
    'baab65b918', 'c5b03c776e', '7248ee8e5d', '87df20fe76', '216b0ab9d1', '201fcdf0ae', 'f05db1d1ba', 'dea7add132',
    '9edd7e304c', '086b13b48f', '96d63bf315', 'a186346743', '55fa5a035f', '2ffeb0cdd4', 'bd12e6c777',
    '236aadbbfd', 'a70b392ae5', '739f6ef9f0', 'ac71d2732e', 'de02e2370f', '0645836bfb', '8802f870c2', 'af90f97e40',
    'aec3b64335',
  ],
};

/** @param {string} name */
const isBodyOf = (/** @type {string} */ name) => (/** @type {string} */ sentence) => !NOT_BODY[name]?.includes(digest(sentence));

/** @param {string} sentence */
export const digest = (sentence) => createHash('sha256').update(letters(sentence)).digest('hex').slice(0, 10);

/**
 * What is known of a document's sentences: `printed` as they are known, in order; `sentences`, those of them that are body text;
 * `body`, the same with the appendix; `all`, whatever is known.
 * @param {Known[]} paragraphs
 * @param {string[][]} split the sentences of each
 * @param {string} name
 */
export function knownSentences(paragraphs, split, name) {
  const printed = split.filter((_, at) => paragraphs[at].ordered).flat();
  const isBody = isBodyOf(name);
  return { printed, sentences: printed.filter(isBody), body: split.flat().filter(isBody), all: paragraphs.map(({ text }) => text) };
}

/**
 * A text without what stands in round brackets with a year: GROBID loses some citations, whole or in part.
 * @param {string} text
 */
export const withoutCitations = (text) => text.replace(/\([^()]*(?:(?:19|20)\d\d[a-z]?|[,;] ?)\)/g, '');

/**
 * The paragraphs of a Markdown text: no headings, tables or captions.
 * @param {string} markdown
 * @returns {Known[]}
 */
export function markdownParagraphs(markdown) {
  const isProse = (/** @type {string} */ part) => part !== '' && !/^(#|\||!|<!--|(Table|Fig\.|Figure) ?\d+\.)/.test(part);
  return markdown.split(/\n\s*\n|\n(?=- )|(?<=\.)(?=## )/).map((part) => part.trim()).filter(isProse).map((part) => ({ text: part.replace(/^- /, ''), ordered: true }));
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

/**
 * Share of some sentences, spread evenly over a document, whose places hold their letters and no others: of every run on the
 * page those of its characters whose middle lies in one of the places, in reading order.
 * @param {import('../../pkg/pdf-runs.mjs').PdfRuns} runs
 * @param {any} document as read
 * @param {number} count of sentences
 */
export function boxShares({ pages, fonts }, document, count) {
  const sampled = sampledSentences(document, count);
  const right = sampled.filter((/** @type {{ text: string, span: Span, boxes: Box[] }} */ { text, span, boxes }) => {
    const wanted = letters(Buffer.from(text).subarray(span.start, span.end).toString());
    return letters(boxes.map((/** @type {Box} */ box) => within(pages[box.page].runs, fonts, box)).join('')) === wanted;
  });
  return right.length / sampled.length;
}

/**
 * Some sentences, spread evenly over a document, with their places.
 * @param {any} document as read
 * @param {number} count
 * @returns {{ text: string, span: Span, boxes: Box[] }[]}
 */
export function sampledSentences({ sections }, count) {
  const all = sections.flatMap((/** @type {any} */ section) => section.passages).flatMap((/** @type {any} */ { text, sentences, places = [] }) =>
    sentences.map((/** @type {Span} */ span) => ({ text, span, boxes: places.filter((/** @type {Box} */ { span: part }) => part.start < span.end && span.start < part.end) })),
  );
  const step = Math.max(1, Math.floor(all.length / count));
  return all.filter((/** @type {unknown} */ _, /** @type {number} */ at) => at % step === 0).slice(0, count);
}

/**
 * @typedef {{ start: number, end: number }} Span
 * @typedef {{ span: Span, page: number, x: number, y: number, width: number, height: number }} Box
 */

/**
 * What of some runs stands in a box, from left to right.
 * @param {import('../../pkg/pdf-runs.mjs').PdfRun[]} runs
 * @param {import('../../pkg/pdf-runs.mjs').PdfFont[]} fonts
 * @param {Box} box
 */
function within(runs, fonts, { x, y, width, height }) {
  const near = runs.filter((run) => run.y > y && run.y < y + height && Math.abs(run.angle) < 1).sort((a, b) => a.x - b.x);
  return near.map((run) => {
    const characters = [...run.text];
    const advances = characters.map((character) => ((fonts[run.font].widths[character] ?? 500) * run.size) / 1000);
    const blanks = characters.filter((character) => character === ' ').length;
    const ink = advances.filter((_, at) => characters[at] !== ' ').reduce((sum, advance) => sum + advance, 0);
    let at = run.x;
    const inside = characters.filter((character, index) => {
      const advance = character === ' ' ? (run.width - ink) / blanks : advances[index];
      const middle = at + advance / 2;
      at += advance;
      return middle > x && middle < x + width;
    });
    return inside.join('');
  }).join('');
}
