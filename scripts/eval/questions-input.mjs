/** Reading judged questions and what is varied. What is wrong with a file is a usage error that names it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asError, usageError } from '../../pkg/errors.mjs';
import { decoded, readLines, spread } from './input.mjs';
import { halfOf } from './questions-score.mjs';

/** @typedef {import('./questions-measures.mjs').Question} Question */
/** @typedef {{ pmid: string, question: string, answer: 'yes' | 'no' | 'maybe' }} Pubmedqa */
/** @typedef {Record<string, unknown>} Overrides constants by name */

/** @typedef {{ half?: 'a' | 'b' | 'all', only?: string[], most?: number }} Choice */

/**
 * @param {string} folder with `dev.jsonl`
 * @param {Choice} choice
 * @returns {Promise<{ questions: Question[], of: number }>} the chosen ones, and how many there are
 */
export async function readQuestions(folder, { half = 'all', only, most }) {
  const file = join(folder, 'dev.jsonl');
  const all = await readLines(file, question);
  const unknown = only?.find((id) => !all.some((other) => other.id === id));
  if (unknown !== undefined) throw usageError(`--only: ${file} has no question "${unknown}"`);
  const chosen = all.filter(({ id }) => (half === 'all' || halfOf(id) === half) && (only?.includes(id) ?? true));
  if (chosen.length === 0) throw usageError(`--only: none of the questions is in half ${half}`);
  return { questions: spread(chosen, most), of: all.length };
}

/**
 * @param {any} row
 * @returns {Question}
 */
function question(row) {
  for (const field of ['id', 'question', 'answer_label']) {
    if (typeof row?.[field] !== 'string') throw new TypeError(`it has no text "${field}"`);
  }
  for (const field of ['must_contain', 'judgements']) {
    if (!Array.isArray(row[field])) throw new TypeError(`it has no list "${field}"`);
  }
  return row;
}

/**
 * @param {string} folder with `pubmedqa/dev.jsonl`
 * @param {number} most questions, evenly spread
 * @param {'a' | 'b' | 'all'} [half] by the last digit of the PMID
 * @returns {Promise<{ questions: Pubmedqa[], of: number }>}
 */
export async function readPubmedqa(folder, most, half = 'a') {
  const all = await readLines(join(folder, 'pubmedqa', 'dev.jsonl'), pubmedqa);
  const chosen = all.filter(({ pmid }) => half === 'all' || halfOf(pmid) === half);
  return { questions: spread(chosen, most), of: chosen.length };
}

/**
 * @param {any} row
 * @returns {Pubmedqa}
 */
function pubmedqa(row) {
  if (typeof row?.pmid !== 'string' || typeof row.question !== 'string' || !['yes', 'no', 'maybe'].includes(row.answer)) {
    throw new TypeError('it is no question of PubMedQA: "pmid", "question" and "answer" (yes, no, maybe) are needed');
  }
  return row;
}

/**
 * @param {string | undefined} path of an object: constant → value; none for the product as it ships
 * @returns {Promise<Overrides>}
 */
export const readParams = async (path) => (path === undefined ? {} : readObject(path));

/**
 * The variants of an ablation, the product with `params` alone first.
 * @param {string} path of an object: name → overrides
 * @param {Overrides} params that every variant has
 * @returns {Promise<{ name: string, overrides: Overrides }[]>}
 */
export async function readVariants(path, params) {
  const variants = Object.entries(await readObject(path));
  const bad = variants.find(([, overrides]) => !isObject(overrides));
  if (bad) throw usageError(`${path}: "${bad[0]}" is no object of constants`);
  return [['as it is', {}], ...variants].map(([name, overrides]) => ({
    name: String(name),
    overrides: { ...params, .../** @type {Overrides} */ (overrides) },
  }));
}

/**
 * @param {string} path
 * @returns {Promise<Overrides>}
 */
async function readObject(path) {
  let value;
  try {
    value = JSON.parse(decoded(path, await readFile(path)));
  } catch (error) {
    throw usageError(`${path} cannot be read as JSON: ${asError(error).message}`);
  }
  if (!isObject(value)) throw usageError(`${path} is no object`);
  return value;
}

/** @param {unknown} value */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Overrides that a report's provenance does not name: this build takes them for nothing.
 * @param {any} report
 * @param {Overrides} overrides
 */
export function notTaken({ provenance }, overrides) {
  const said = JSON.stringify(provenance ?? {});
  return Object.keys(overrides).filter((name) => !said.includes(`${JSON.stringify(name)}:`));
}
