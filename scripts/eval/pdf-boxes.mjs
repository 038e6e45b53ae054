/**
 * `node scripts/eval/pdf-boxes.mjs [SENTENCES]`: whether the places of sentences on the pages of `../shared/fixtures/pdf` hold their
 * words and no others, by what poppler finds in the same files (`pdftotext -bbox`, an extraction that shares nothing with ours).
 * So many sentences a document, spread evenly; 100 where not given.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { startPdf } from '../../pkg/node/platform.mjs';
import { PdfReader } from '../../pkg/pdf.mjs';
import { letters, sampledSentences } from '../../tests/support/pdf.mjs';
import { ROOT, StepError, main, say } from '../terminal.mjs';

const PDFS = join(ROOT, '..', 'shared', 'fixtures', 'pdf');
const NATIVE = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), 'debug', 'examples', 'pdf');
const SENTENCES = 100;
/** Letters that may differ where the two read one glyph in two ways: the share of a sentence's. */
const TOLERANCE = 0.02;

/**
 * @typedef {object} Word
 * @property {string} text
 * @property {number} x middle, in points from the left
 * @property {number} y middle, in points from the top
 */

/**
 * What poppler finds, page by page.
 * @param {string} path
 * @returns {Word[][]}
 */
function wordsOf(path) {
  let html;
  try {
    html = execFileSync('pdftotext', ['-bbox', path, '-'], { encoding: 'utf8', maxBuffer: 1e9 });
  } catch {
    throw new StepError('poppler is not here: install poppler-utils');
  }
  const word = /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/g;
  const plain = (/** @type {string} */ text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;|&#39;/g, "'").replace(/&amp;/g, '&');
  return html.split('<page ').slice(1).map((page) =>
    [...page.matchAll(word)].map(([, x0, y0, x1, y1, text]) => ({ text: plain(text), x: (Number(x0) + Number(x1)) / 2, y: (Number(y0) + Number(y1)) / 2 })),
  );
}

/**
 * Letters of the words whose middle lies in one of the places, in their order.
 * @param {Word[][]} pages
 * @param {import('../../tests/support/pdf.mjs').Box[]} boxes
 */
function within(pages, boxes) {
  const inside = boxes.map(({ page, x, y, width, height }) =>
    pages[page].filter((word) => word.x >= x && word.x <= x + width && word.y >= y && word.y <= y + height).sort((a, b) => a.x - b.x),
  );
  return letters(inside.flat().map(({ text }) => text).join(''));
}

/**
 * How many letters one text has more than the other, each as often as it stands there.
 * @param {string} one
 * @param {string} other
 */
function beyond(one, other) {
  /** @type {Map<string, number>} */
  const left = new Map();
  for (const letter of other) left.set(letter, (left.get(letter) ?? 0) + 1);
  let more = 0;
  for (const letter of one) {
    const count = left.get(letter) ?? 0;
    if (count === 0) more += 1;
    else left.set(letter, count - 1);
  }
  return more;
}

await main(async () => {
  const count = Number(process.argv[2] ?? SENTENCES);
  const reader = new PdfReader(startPdf);
  let [all, exact, near] = [0, 0, 0];
  for (const name of readdirSync(PDFS).filter((name) => name.endsWith('.pdf'))) {
    const path = join(PDFS, name);
    const pages = wordsOf(path);
    const document = JSON.parse(execFileSync(NATIVE, { input: JSON.stringify(await reader.read(readFileSync(path))), encoding: 'utf8', maxBuffer: 1e9 }));
    const measured = sampledSentences(document, count).map(({ text, span, boxes }) => {
      const wanted = letters(Buffer.from(text).subarray(span.start, span.end).toString());
      const found = within(pages, boxes);
      return { wanted, found, missing: beyond(wanted, found), foreign: beyond(found, wanted) };
    });
    const right = measured.filter(({ wanted, found }) => wanted === found).length;
    const fits = measured.filter(({ wanted, missing, foreign }) => Math.max(missing, foreign) <= TOLERANCE * wanted.length);
    const letterCount = measured.reduce((sum, { wanted }) => sum + wanted.length, 0);
    const share = (/** @type {'missing' | 'foreign'} */ what) => (measured.reduce((sum, one) => sum + one[what], 0) / letterCount).toFixed(4);
    say(`${name}: ${right} of ${measured.length} letter by letter, ${fits.length} within ${TOLERANCE * 100} %; letters missing ${share('missing')}, of others ${share('foreign')}`);
    if (process.argv.includes('--show')) for (const one of measured.filter((one) => !fits.includes(one))) say(`  wanted ${one.wanted}\n  found  ${one.found}`);
    [all, exact, near] = [all + measured.length, exact + right, near + fits.length];
  }
  reader.end();
  say(`all: ${(exact / all).toFixed(3)} letter by letter, ${(near / all).toFixed(3)} within ${TOLERANCE * 100} %, of ${all} sentences`);
});
