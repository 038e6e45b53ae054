/** Lines of files that may be larger than memory, and of rows that may be malformed. */
import { createReadStream } from 'node:fs';
import process from 'node:process';
import { createGunzip } from 'node:zlib';
import { asError, usageError } from '../errors.mjs';
import { decoded } from '../files.mjs';

const NEWLINE = 10;

/**
 * A line of a file.
 * @typedef {object} Line
 * @property {number} number from 1
 * @property {string | undefined} text nothing where the line is too long
 */

/**
 * The lines of a file, compressed where its name ends in `.gz`; `-` is standard input. It is in UTF-8, or in UTF-16 where a
 * byte-order mark says so. Empty ones are left out. Of a line of more than `most` bytes nothing is kept. Rejects with a `UsageError` where the file cannot be read.
 * @param {string} path
 * @param {number} most
 * @returns {AsyncGenerator<Line>}
 */
export async function* linesOf(path, most) {
  try {
    for await (const line of split(inUtf8(path === '-' ? process.stdin : bytesOf(path)), most)) {
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

/** Bytes of the longest byte-order mark, that of UTF-8. */
const MARK = 3;

/**
 * What tools of Windows write, without its byte-order mark and in UTF-8.
 * @param {AsyncIterable<Uint8Array>} chunks
 * @returns {AsyncGenerator<Uint8Array>}
 */
async function* inUtf8(chunks) {
  /** @type {Uint8Array | undefined} the first bytes, until there are enough to tell */
  let first = new Uint8Array();
  /** @type {TextDecoder | undefined} */
  let wide;
  const told = (/** @type {Uint8Array} */ bytes) => (wide ? Buffer.from(wide.decode(bytes, { stream: true })) : bytes);
  for await (const chunk of chunks) {
    if (!first) {
      yield told(chunk);
      continue;
    }
    first = Buffer.concat([first, chunk]);
    if (first.length < MARK) continue;
    const [a, b, c] = first;
    if (a === 0xff && b === 0xfe) wide = new TextDecoder('utf-16le');
    if (a === 0xfe && b === 0xff) wide = new TextDecoder('utf-16be');
    yield told(a === 0xef && b === 0xbb && c === 0xbf ? first.subarray(MARK) : first);
    first = undefined;
  }
  if (first) yield first;
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
    const text = length <= most ? decoded(Buffer.concat(parts)) : undefined;
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
