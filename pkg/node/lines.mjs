/** Lines of files that may be larger than memory, and of rows that may be malformed. */
import { createReadStream } from 'node:fs';
import process from 'node:process';
import { createGunzip } from 'node:zlib';
import { asError, usageError } from '../errors.mjs';

const NEWLINE = 10;

/**
 * A line of a file.
 * @typedef {object} Line
 * @property {number} number from 1
 * @property {string | undefined} text nothing where the line is too long
 */

/**
 * The lines of a file, compressed where its name ends in `.gz`; `-` is standard input. Empty ones are left out. Of a line
 * of more than `most` bytes nothing is kept. Rejects with a `UsageError` where the file cannot be read.
 * @param {string} path
 * @param {number} most
 * @returns {AsyncGenerator<Line>}
 */
export async function* linesOf(path, most) {
  try {
    for await (const line of split(path === '-' ? process.stdin : bytesOf(path), most)) {
      if (line.text?.trim() !== '') yield line;
    }
  } catch (error) {
    throw usageError(`${path} cannot be read: ${asError(error).message}`);
  }
}

/** @param {string} path */
function bytesOf(path) {
  const file = createReadStream(path);
  if (!path.endsWith('.gz')) return file;
  const unpacked = createGunzip();
  file.on('error', (error) => unpacked.destroy(error));
  return file.pipe(unpacked);
}

/**
 * @param {AsyncIterable<Uint8Array>} chunks
 * @param {number} most
 * @returns {AsyncGenerator<Line>}
 */
async function* split(chunks, most) {
  let number = 0;
  let length = 0;
  /** @type {Uint8Array[]} */
  let parts = [];
  const take = (/** @type {Uint8Array} */ bytes) => {
    length += bytes.length;
    if (length <= most) parts.push(bytes);
    else parts = [];
  };
  const line = () => {
    number += 1;
    const text = length <= most ? Buffer.concat(parts).toString('utf8') : undefined;
    [length, parts] = [0, []];
    return { number, text };
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      take(chunk.subarray(start, end));
      yield line();
      start = end + 1;
    }
    take(chunk.subarray(start));
  }
  if (length > 0) yield line();
}
