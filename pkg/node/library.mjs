/** The texts that claims are checked against, from a file or a folder. */
import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asError, usageError } from '../errors.mjs';
import { givenText } from '../probatum.js';
import { linesOf } from './lines.mjs';
import { load } from './wasm.mjs';

/** @typedef {import('../probatum.js').GivenText} GivenText */

/** Bytes of one text, at most: a long book. */
const MOST_TEXT = 8e6;
const ROWS = /\.jsonl(\.gz)?$/;
const TEXT = /\.(txt|md)$/;
/** Formats that the module reads: JATS, HTML by LaTeXML, TeX and arXiv's packages of it, DOCX. */
const PAPER = /\.(nxml|xml|html?|tex|gz|tgz|docx)$/;

/**
 * Texts, and what tells them from others.
 * @typedef {object} Library
 * @property {GivenText[]} texts
 * @property {string} digest sha256 of all of them, its first 16 hexadecimal digits
 */

/**
 * Reads texts: of a file of JSON Lines, or of a folder its papers (JATS, HTML by LaTeXML, TeX and arXiv's packages of
 * it, DOCX), `.txt`, `.md` and `.jsonl` files in the order of their names. A row has an `id` (or `doc_id`), a `title` and
 * a `text` or `abstract`, which may be a list of sentences. Rejects with a `UsageError` that names the file and the line.
 * @param {string} path
 * @returns {Promise<Library>}
 */
export async function readLibrary(path) {
  const texts = [];
  for (const file of await filesAt(path)) {
    if (ROWS.test(file)) for await (const text of textsOf(file)) texts.push(text);
    else texts.push(await (PAPER.test(file) ? paperFile : textFile)(file, path));
  }
  if (texts.length === 0) throw usageError(`${path} holds no text: .txt, .md, .jsonl, .nxml, .html, .tex, .tar.gz or .docx files are needed`);
  const digest = createHash('sha256');
  for (const { id, title, text, retracted } of texts) digest.update(JSON.stringify([id, title, text, retracted]));
  return { texts, digest: digest.digest('hex').slice(0, 16) };
}

/** @param {string} path */
async function filesAt(path) {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw usageError(`${path} does not exist`);
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => [TEXT, ROWS, PAPER].some((kind) => kind.test(name))).sort();
  return names.map((name) => join(path, name));
}

/**
 * A file that is one text; its title is a heading in its first line.
 * @param {string} file
 * @param {string} folder
 * @returns {Promise<GivenText>}
 */
async function textFile(file, folder) {
  const id = idOf(file, folder);
  const whole = new TextDecoder().decode(await bytesOf(file));
  const [, title] = /^# +(.+)/.exec(whole) ?? [];
  return title === undefined ? { id, text: whole } : { id, title: title.trim(), text: whole.slice(whole.indexOf('\n') + 1) };
}

/**
 * A paper in a format that the module reads.
 * @param {string} file
 * @param {string} folder
 * @returns {Promise<GivenText>}
 */
async function paperFile(file, folder) {
  const bytes = await bytesOf(file);
  await load();
  try {
    return { id: idOf(file, folder), ...givenText(file, bytes) };
  } catch (error) {
    throw usageError(`${file} cannot be read: ${asError(error).message}`);
  }
}

/**
 * @param {string} file
 * @param {string} folder
 */
const idOf = (file, folder) => (file === folder ? file : file.slice(folder.length).replace(/^[/\\]+/, ''));

/** @param {string} file */
async function bytesOf(file) {
  try {
    return await readFile(file);
  } catch (error) {
    throw usageError(`${file} cannot be read: ${asError(error).message}`);
  }
}

/** @param {string} file */
async function* textsOf(file) {
  for await (const { number, text } of linesOf(file, MOST_TEXT)) {
    const wrong = (/** @type {string} */ reason) => usageError(`${file}, line ${number}: ${reason}`);
    if (text === undefined) throw wrong(`it is longer than ${MOST_TEXT / 1e6} MB`);
    yield textOf(text, wrong);
  }
}

/**
 * @param {string} line
 * @param {(reason: string) => Error} wrong
 * @returns {GivenText}
 */
function textOf(line, wrong) {
  let row;
  try {
    row = JSON.parse(line);
  } catch (error) {
    throw wrong(`it is not JSON: ${asError(error).message}`);
  }
  const id = row?.id ?? row?.doc_id;
  const text = row?.text ?? row?.abstract;
  const whole = Array.isArray(text) ? text.join(' ') : text;
  if ((typeof id !== 'string' && typeof id !== 'number') || typeof whole !== 'string') {
    throw wrong('it has no "id" and "text" (or "abstract")');
  }
  const title = typeof row.title === 'string' ? row.title : '';
  return { id: String(id), title, text: whole, retracted: row.retracted === true };
}
