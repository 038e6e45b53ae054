/** The texts that claims are checked against, from a file or a folder. */
import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { usageError } from '../errors.mjs';
import { MOST_TEXT, lineOf } from '../texts.mjs';
import { Files } from './at-hand.mjs';
import { linesOf } from './lines.mjs';

/** @typedef {import('../probatum.js').GivenText} GivenText */

const ROWS = /\.jsonl(\.gz)?$/;
/** Texts and papers; lists of works, which may lie beside them, are none. */
const PAPER = /\.(pdf|nxml|xml|html?|tex|gz|tgz|docx|txt|md)$/;

/**
 * Texts, and what tells them from others.
 * @typedef {object} Library
 * @property {GivenText[]} texts
 * @property {string} digest sha256 of all of them, its first 16 hexadecimal digits
 */

/**
 * Reads texts: of a file of JSON Lines, or of a folder its papers (PDF, JATS, HTML, TeX and arXiv's packages of
 * it, DOCX), `.txt`, `.md` and `.jsonl` files in the order of their names. A row has an `id` (or `doc_id`), a `title` and
 * a `text` or `abstract`, which may be a list of sentences. Rejects with a `UsageError` that names the file and the line.
 * @param {string} path
 * @param {string} [draft] a file that is none of them, such as a draft that lies in the folder
 * @returns {Promise<Library>}
 */
export async function readLibrary(path, draft) {
  const texts = [];
  const files = new Files();
  try {
    for (const file of (await filesAt(path)).filter((file) => draft === undefined || resolve(file) !== resolve(draft))) {
      if (ROWS.test(file)) for await (const text of textsOf(file)) texts.push(text);
      else texts.push(...((await files.read(file, nameOf(file, path))).texts ?? []));
    }
  } finally {
    files.end();
  }
  if (texts.length === 0) throw usageError(`${path} holds no text: .pdf, .nxml, .html, .tex, .tar.gz, .docx, .txt, .md or .jsonl files are needed`);
  const digest = createHash('sha256');
  for (const { id, title, text, retracted } of texts) digest.update(JSON.stringify([id, title, text, retracted]));
  return { texts, digest: digest.digest('hex').slice(0, 16) };
}

/**
 * The papers of a folder, or one of them, as they are. Rejects with a `UsageError` where there is none.
 * @param {string} path
 * @returns {Promise<import('../probatum.js').OwnFile[]>}
 */
export async function ownPapers(path) {
  const papers = (await filesAt(path)).filter((file) => PAPER.test(file));
  if (papers.length === 0) throw usageError(`${path} holds no paper: .pdf, .nxml, .html, .tex, .tar.gz, .docx, .txt or .md files are needed`);
  return Promise.all(papers.map(async (file) => ({ name: basename(file), bytes: new Uint8Array(await readFile(file)) })));
}

/** @param {string} path */
async function filesAt(path) {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw usageError(`${path} does not exist`);
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => [ROWS, PAPER].some((kind) => kind.test(name))).sort();
  return names.map((name) => join(path, name));
}

/**
 * The name of a file within its folder.
 * @param {string} file
 * @param {string} folder
 */
const nameOf = (file, folder) => (file === folder ? file : file.slice(folder.length).replace(/^[/\\]+/, ''));

/** @param {string} file */
async function* textsOf(file) {
  for await (const { number, text } of linesOf(file, MOST_TEXT)) {
    const wrong = (/** @type {string} */ reason) => usageError(`${file}, line ${number}: ${reason}`);
    if (text === undefined) throw wrong(`it is longer than ${MOST_TEXT / 1e6} MB`);
    yield lineOf(text, wrong);
  }
}
