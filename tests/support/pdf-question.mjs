/** A question whose only work has its full text as a PDF at arXiv alone: a replay folder of its own. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePdf, paragraph } from './make-pdf.mjs';

export const QUESTION = 'Do naps improve memory in adults?';
export const TITLE = 'Naps and memory in adults: a trial';
export const PDF = 'https://arxiv.org/pdf/2101.00001';
/** What stands on the second page of the PDF and in no abstract. */
export const SAID = 'We found that naps improved memory for words in older adults.';

const ABSTRACT = 'We asked whether naps change the memory of forty adults in two centres. They slept for twenty minutes after lunch.';

/** The work as a PDF of two pages. */
export const paper = () =>
  makePdf([
    [
      { text: TITLE, x: 60, y: 80, size: 18, bold: true },
      { text: 'Abstract', x: 60, y: 120, size: 12, bold: true },
      ...paragraph(ABSTRACT, { x: 60, y: 140, letters: 80 }),
    ],
    [
      { text: 'Conclusion', x: 60, y: 80, size: 12, bold: true },
      ...paragraph(`${SAID} Those who had been awake recalled half of what they had learned in the morning. The difference was gone after a week.`, { x: 60, y: 100, letters: 80 }),
    ],
  ]);

/**
 * Writes the folder.
 * @param {string} folder
 * @param {Uint8Array} pdf what arXiv has
 */
export function writeReplay(folder, pdf) {
  /** @type {Record<string, number[]>} */
  const words = {};
  for (const [at, word] of ABSTRACT.split(' ').entries()) (words[word] ??= []).push(at);
  const record = {
    id: 'https://openalex.org/W1',
    doi: 'https://doi.org/10.5555/naps',
    display_name: TITLE,
    publication_year: 2021,
    locations: [{ landing_page_url: 'http://arxiv.org/abs/2101.00001', pdf_url: 'https://example.org/naps.pdf' }],
    abstract_inverted_index: words,
  };
  writeFileSync(join(folder, 'found.json'), JSON.stringify({ meta: { count: 1 }, results: [record] }));
  writeFileSync(join(folder, 'paper.pdf'), pdf);
  const rules = [{ match: 'https://api.openalex.org/', file: 'found.json' }, { match: PDF, file: 'paper.pdf' }];
  writeFileSync(join(folder, 'replay.json'), JSON.stringify({ rules }));
}
