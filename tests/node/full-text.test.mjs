/** Full texts as PDFs within a question: read in a thread of their own, and passed over with their cause. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inFolder, reported } from '../support/command.mjs';
import { makePdf } from '../support/make-pdf.mjs';
import { PDF, QUESTION, SAID, paper, writeReplay } from '../support/pdf-question.mjs';
import { assertQuotesStand, assertSchema } from '../support/report.mjs';

/** @param {Uint8Array} pdf */
const asked = (pdf) =>
  inFolder((folder) => {
    writeReplay(folder, pdf);
    return reported([QUESTION, '--replay', folder, '--source', 'openalex']);
  });

test('a PDF is read where a work has nothing better, and what is quoted leads to its page', async () => {
  const { report, html } = await asked(paper());
  assert.equal(report.references[0].reading, 'full-text');
  assert.ok(JSON.stringify(report).includes(SAID), 'a sentence of the second page is told');
  assert.ok(report.places.some((/** @type {any} */ { url }) => url === `${PDF}#page=2`), JSON.stringify(report.places));
  assert.ok(html.includes(`${PDF}#page=2`));
  assertSchema(report);
  assertQuotesStand(report);
});

/** @type {[string, Uint8Array, RegExp][]} */
const FAULTS = [
  ['needs a password', makePdf([[]], { encrypted: true }), /PDF: the PDF is encrypted: save a copy without a password/],
  ['is a scan', makePdf([[], []]), /PDF: the 2 pages of the PDF are pictures without text/],
  ['is cut off', paper().slice(0, -300), /PDF: the PDF is cut off: its end mark %%EOF is missing/],
  ['is larger than any paper', new Uint8Array(20_000_001).fill(37), /PDF: it has 20000001 bytes, more than the 20000000 that are read/],
  ['is a page to log in', new TextEncoder().encode('<!doctype html><title>Sign in</title>'), /PDF: it cannot be read as PDF: its mark %PDF- is missing/],
];

for (const [what, bytes, cause] of FAULTS) {
  test(`a PDF that ${what}: the abstract is read, and the report says why`, async () => {
    const { report } = await asked(bytes);
    assert.equal(report.references[0].reading, 'abstract');
    const said = report.warnings.map((/** @type {any} */ { message }) => message).join('\n');
    assert.match(said, cause);
    assert.match(said, /example\.org has none that a page may read/);
  });
}
