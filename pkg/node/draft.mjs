/** `probatum check`: a draft from a file, and what is said of it in the terminal, in SARIF and as JSON. */
import { readFile } from 'node:fs/promises';
import { buffer as bytesOf } from 'node:stream/consumers';
import process from 'node:process';
import { DRAFT_VERDICTS as WORDS, faultsOf, partsOf, remarksOf, uncoveredOf } from '../draft-words.mjs';
import { asError, usageError } from '../errors.mjs';
import { decoded, listFormat } from '../files.mjs';
import { Files } from './at-hand.mjs';

/**
 * @typedef {import('../probatum.js').GivenDraft} GivenDraft
 * @typedef {import('../probatum.js').CheckedSentence} CheckedSentence
 * @typedef {import('../messages.mjs').DraftChecked} DraftChecked
 */

/**
 * Reads a draft and the lists beside it. Rejects with a `UsageError`.
 * @param {string} path `-` for standard input
 * @param {string[]} lists
 * @returns {Promise<GivenDraft>}
 */
export async function readDraft(path, lists) {
  return {
    ...(await words(path)),
    lists: await Promise.all(lists.map(async (list) => ({ format: formatOf(list), text: await read(list) }))),
  };
}

/** @param {string} path */
async function words(path) {
  if (path === '-') return { format: /** @type {const} */ ('plain'), text: await read(path) };
  const files = new Files();
  try {
    const { draft: format, text } = await files.read(path);
    if (format === undefined) throw usageError(`${path} is no draft: .tex, .md, .docx, .pdf or plain text is needed`);
    return { format, text };
  } finally {
    files.end();
  }
}

/** @param {string} list */
function formatOf(list) {
  const format = listFormat(list);
  if (format === undefined) throw usageError(`${list} is no list of works: .bib, .ris, .json (CSL) or .txt (as printed) is needed`);
  return format;
}

/** @param {string} path */
async function read(path) {
  try {
    return decoded(path === '-' ? await bytesOf(process.stdin) : await readFile(path));
  } catch (error) {
    throw usageError(`${path} cannot be read: ${asError(error).message}`);
  }
}

/**
 * The sentences that their author should look at, and how many there are of each kind.
 * @param {GivenDraft} draft
 * @param {DraftChecked} checked
 * @returns {string}
 */
export function draftLines(draft, { works, sentences }) {
  const lineOf = linesOf(draft.text);
  const flagged = sentences.filter((sentence) => sentence.flagged);
  const counts = Object.entries(WORDS).map(([verdict, words]) => [sentences.filter((one) => one.verdict === verdict).length, words]);
  const told = flagged.flatMap((sentence) => [
    `${lineOf(sentence.place.start)}: ${WORDS[sentence.verdict]}: ${sentence.text}`,
    ...reasonsFor(sentence, draft).map((reason) => `    ${reason}`),
    '',
  ]);
  const missing = works.filter(({ text }) => text === undefined).length;
  return [
    ...told,
    `${sentences.length} sentences cite: ${counts.filter(([count]) => Number(count) > 0).map((pair) => pair.join(' ')).join(', ') || 'none'}.`,
    `${works.length} works in the lists, ${works.length - missing} of them at hand. ${flagged.length} sentences to look at.`,
    ...(works.length === 0 && sentences.length > 0 ? ['No list of works was found in it: give one with --bib.'] : []),
    '',
  ].join('\n');
}

/**
 * Why a sentence is to be looked at.
 * @param {CheckedSentence} sentence
 * @param {GivenDraft} draft
 * @returns {string[]}
 */
function reasonsFor(sentence, draft) {
  return [...partsOf(sentence), ...faultsOf(sentence), ...uncoveredOf(sentence, draft.text), ...remarksOf(sentence), ...(sentence.checked?.against ?? []).map(({ text, quote }) => `${text} says: “${quote}”`)];
}

/**
 * The flagged sentences in SARIF 2.1.0 (OASIS), as editors and code hosts show it.
 * @param {string} path of the draft
 * @param {GivenDraft} draft
 * @param {DraftChecked} checked
 * @param {string} version
 * @returns {string}
 */
export function sarif(path, draft, { sentences }, version) {
  const lineOf = linesOf(draft.text);
  const results = sentences.filter(({ flagged }) => flagged).map((sentence) => ({
    ruleId: sentence.verdict,
    level: sentence.verdict === 'contradicted' ? 'error' : 'warning',
    message: { text: [`${WORDS[sentence.verdict]}: ${sentence.text}`, ...reasonsFor(sentence, draft)].join('\n') },
    locations: [{
      physicalLocation: {
        artifactLocation: { uri: path },
        region: {
          startLine: lineOf(sentence.place.start),
          charOffset: sentence.place.start,
          charLength: sentence.place.end - sentence.place.start,
        },
      },
    }],
  }));
  const rules = Object.entries(WORDS).map(([id, words]) => ({ id, shortDescription: { text: words } }));
  const driver = { name: 'probatum', version, rules };
  return `${JSON.stringify({ version: '2.1.0', $schema: 'https://json.schemastore.org/sarif-2.1.0.json', runs: [{ tool: { driver }, results }] }, null, 2)}\n`;
}

/**
 * @param {string} text
 * @returns {(at: number) => number} the line, from 1, of a place in it
 */
function linesOf(text) {
  const ends = [...text.matchAll(/\n/g)].map(({ index }) => index);
  return (at) => ends.filter((end) => end < at).length + 1;
}
