/** Judged questions and PubMedQA's, put to the whole product one after another. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scorePubmedqa } from './pubmedqa.mjs';
import { notTaken } from './questions-input.mjs';
import { score } from './questions-score.mjs';
import { sidedClaims, viewOf } from './questions-view.mjs';

/** @typedef {import('./questions-score.mjs').Run} Run */
/** @typedef {import('./questions-input.mjs').Overrides} Overrides */

/**
 * @typedef {object} Asking
 * @property {import('./product.mjs').Product} product
 * @property {Overrides} overrides
 * @property {string} [keep] folder where the reports are written
 * @property {(line: string) => void} tell
 */

/**
 * @param {import('./questions-measures.mjs').Question[]} questions
 * @param {Asking} asking
 */
export const evaluateQuestions = (questions, asking) =>
  each(questions, asking, (question) => question.id, (question, run) => score(question, viewOf(run.report), run));

/**
 * @param {import('./questions-input.mjs').Pubmedqa[]} questions
 * @param {Asking} asking
 */
export const evaluatePubmedqa = (questions, asking) =>
  each(questions, asking, ({ pmid }) => `pm${pmid}`, (question, run) => scorePubmedqa(question, viewOf(run.report), run));

/**
 * @template {{ question: string }} Q
 * @template S
 * @param {Q[]} questions
 * @param {Asking} asking
 * @param {(question: Q) => string} idOf
 * @param {(question: Q, run: Run) => S} scored
 * @returns {Promise<S[]>}
 */
async function each(questions, { product, overrides, keep, tell }, idOf, scored) {
  const found = [];
  const claims = [];
  for (const question of questions) {
    const id = idOf(question);
    const run = await product.run(question.question, overrides);
    if (keep !== undefined) await write(keep, id, run);
    claims.push(...sidedClaims(run.report).map((claim) => ({ question: id, ...claim })));
    found.push(scored(question, run));
    const done = `${run.pairs} pairs, ${run.seconds.toFixed(1)} s after the search`;
    tell(`${id}: ${run.failed ?? done} (${found.length} of ${questions.length})`);
    if (found.length === 1) tellIgnored(notTaken(run.report, overrides), tell);
  }
  if (keep !== undefined) await writeLines(join(keep, 'claims.jsonl'), claims);
  return found;
}

/**
 * @param {string[]} names of constants
 * @param {(line: string) => void} tell
 */
function tellIgnored(names, tell) {
  if (names.length > 0) tell(`The report does not name ${names.join(', ')}: this build may take no such constant.`);
}

/**
 * @param {string} folder
 * @param {string} id
 * @param {Run} run
 */
async function write(folder, id, { report, markdown }) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${id}.json`), `${JSON.stringify(report, null, 1)}\n`);
  await writeFile(join(folder, `${id}.md`), markdown);
}

/**
 * @param {string} file
 * @param {object[]} lines
 */
const writeLines = (file, lines) => writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
