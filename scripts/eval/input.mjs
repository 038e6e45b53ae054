/** Reading labelled files. What is wrong with one is a usage error that names the file and the line. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { asError, usageError } from '../../pkg/errors.mjs';
import { LABELS } from './measures.mjs';

/** @typedef {import('../../pkg/probatum.js').Pair & { label: import('./measures.mjs').Label }} Row */

/**
 * The objects of a file of JSON lines; compressed where its name ends in `.gz`. Empty lines are passed over.
 * @template T
 * @param {string} path
 * @param {(value: any) => T} check throws where the object is not what is wanted
 * @returns {Promise<T[]>}
 */
export async function readLines(path, check) {
  /** @type {T[]} */
  const found = [];
  for (const [i, line] of (await text(path)).split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      found.push(check(JSON.parse(line)));
    } catch (error) {
      throw usageError(`${path}, line ${i + 1}: ${asError(error).message}`);
    }
  }
  if (found.length === 0) throw usageError(`${path} is empty: it has no line to evaluate`);
  return found;
}

/** @param {string} path */
async function text(path) {
  let bytes;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (asError(error));
    throw usageError(code === 'ENOENT' ? `${path} does not exist` : `${path} cannot be read: ${message}`);
  }
  if (!path.endsWith('.gz')) return decoded(path, bytes);
  try {
    bytes = gunzipSync(bytes);
  } catch (error) {
    throw usageError(`${path} is no gzip file, or a damaged one: ${asError(error).message}`);
  }
  return decoded(path, bytes);
}

/** Byte-order marks of UTF-16, which tools of Windows write. */
const UTF_16 = /** @type {const} */ ([['utf-16le', 0xff, 0xfe], ['utf-16be', 0xfe, 0xff]]);

/**
 * The text of a file in UTF-8, with or without a byte-order mark, or in UTF-16 with one.
 * @param {string} path
 * @param {Uint8Array} bytes
 */
export function decoded(path, bytes) {
  const [encoding] = UTF_16.find(([, first, second]) => bytes[0] === first && bytes[1] === second) ?? ['utf-8'];
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw usageError(`${path} is not text in ${encoding.toUpperCase()}: save it in UTF-8`);
  }
}

/**
 * @param {string} path
 * @returns {Promise<Row[]>}
 */
export const readPairs = (path) => readLines(path, pair);

/**
 * @param {any} row
 * @returns {Row}
 */
function pair(row) {
  for (const field of ['premise', 'hypothesis']) {
    if (typeof row?.[field] !== 'string') throw new TypeError(`it has no text "${field}"`);
  }
  if (!LABELS.includes(row.label)) {
    throw new TypeError(`its label is ${JSON.stringify(row.label)}, and must be one of ${LABELS.join(', ')}`);
  }
  return { premise: row.premise, hypothesis: row.hypothesis, label: row.label };
}

/**
 * At most so many of the items, spread evenly over all of them.
 * @template T
 * @param {T[]} items
 * @param {number | undefined} most
 */
export function spread(items, most) {
  if (most === undefined || items.length <= most) return items;
  return Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)]);
}
