/** Where the recorded answers are. They are read by path and never committed; without them those tests are skipped. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const FIXTURES = fileURLToPath(new URL('../../../shared/fixtures/', import.meta.url));

/** A reason to skip, or false where the recorded answers are here. */
export const noFixtures = existsSync(FIXTURES) ? false : 'skipped: ../shared/fixtures is not here';

/**
 * @typedef {object} ArxivRecord
 * @property {string} id
 * @property {string[]} categories
 * @property {string[]} authors
 * @property {string} title
 * @property {string} summary
 */

/**
 * @param {string} name of a file under `arxiv_corpus/`
 * @returns {ArxivRecord[]}
 */
export function arxivRecords(name) {
  const lines = readFileSync(`${FIXTURES}arxiv_corpus/${name}`, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}
