/** Texts that claims are checked against, from what files hold; the same in a browser and in Node. */
import { asError } from './errors.mjs';

/** @typedef {import('./probatum.js').GivenText} GivenText */

/** Bytes of one text, at most: a long book. */
export const MOST_TEXT = 8e6;

/**
 * A file that is one text; its title is a heading in its first line.
 * @param {string} id
 * @param {string} whole
 * @returns {GivenText & { id: string, text: string }}
 */
export function headed(id, whole) {
  const [, title] = /^\uFEFF?# +(.+)/.exec(whole) ?? [];
  return title === undefined ? { id, text: whole } : { id, title: title.trim(), text: whole.slice(whole.indexOf('\n') + 1) };
}

/**
 * A line of JSON Lines: see {@link rowOf}.
 * @param {string} line
 * @param {(reason: string) => Error} wrong makes what is thrown
 */
export function lineOf(line, wrong) {
  try {
    return rowOf(JSON.parse(line), wrong);
  } catch (error) {
    throw error instanceof SyntaxError ? wrong(`it is not JSON: ${asError(error).message}`) : error;
  }
}

/**
 * A row that is a text: an `id` (or `doc_id`), a `title` and a `text` or `abstract`, which may be a list of sentences.
 * @param {any} row
 * @param {(reason: string) => Error} wrong makes what is thrown
 * @returns {Required<GivenText>}
 */
export function rowOf(row, wrong) {
  const id = row?.id ?? row?.doc_id;
  const text = row?.text ?? row?.abstract;
  const whole = Array.isArray(text) ? text.join(' ') : text;
  if ((typeof id !== 'string' && typeof id !== 'number') || typeof whole !== 'string') {
    throw wrong('it has no "id" and "text" (or "abstract")');
  }
  const title = typeof row.title === 'string' ? row.title : '';
  return { id: String(id), title, text: whole, retracted: row.retracted === true };
}
