/** Ten thousand claims: rows of JSON in, one row of JSON out for each, in their order. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { once } from 'node:events';
import process from 'node:process';
import { asError, asFailure, named, usageError } from '../errors.mjs';
import { linesOf } from './lines.mjs';

/** Bytes of a row, at most: a claim is a sentence. */
const MOST_ROW = 1e6;
/** Of a row of results: its sentences may come from long texts. */
const MOST_RESULT = 64e6;

/**
 * A claim to check.
 * @typedef {object} ClaimRow
 * @property {string} id
 * @property {string} claim
 * @property {string} [own] id of the text that it was taken from
 */

/**
 * What a row comes to: a verdict, or why there is none.
 * @typedef {object} ResultRow
 * @property {number} line of the input
 * @property {string} [id] nothing where the row has none
 * @property {string} [input] what tells this row, the texts and the limits from others
 * @property {string} model
 * @property {string} version
 * @property {import('../errors.mjs').Failure} [error]
 */

/**
 * What is the same for all rows.
 * @typedef {object} Run
 * @property {string} model name of the model and the beginning of its file's sha256
 * @property {string} version of Probatum
 * @property {string} digest of the texts and the limits
 * @property {Shard} [shard]
 */

/**
 * The rows of one machine of several: number `at` of `of`, from 1.
 * @typedef {{ at: number, of: number }} Shard
 */

/**
 * @param {string} value such as "2/4"
 * @returns {Shard}
 */
export function shardOf(value) {
  const [, at, of] = (/^(\d{1,6})\/(\d{1,6})$/.exec(value) ?? []).map(Number);
  if (!(at >= 1 && at <= of)) throw usageError(`--shard "${value}" is none: write it as 2/4, the second of four`);
  return { at, of };
}

/**
 * Whether a row is of this shard: by a hash of its id, so that no shard need know of the others.
 * @param {string} id
 * @param {Shard | undefined} shard
 */
export function isOf(id, shard) {
  return shard === undefined || createHash('sha256').update(id).digest().readUInt32BE(0) % shard.of === shard.at - 1;
}

/**
 * The rows of a file that are to be checked, and those that cannot be, each with its place.
 * @param {string} path
 * @param {Run} run
 * @returns {AsyncGenerator<{ row: ClaimRow, result: ResultRow } | { row: undefined, result: ResultRow }>}
 */
export async function* rowsOf(path, { model, version, digest, shard }) {
  /** Where an id was met first. @type {Map<string, number>} */
  const met = new Map();
  for await (const { number: line, text } of linesOf(path, MOST_ROW)) {
    const { row, problem } = read(text);
    const id = row?.id ?? String(line);
    if (!isOf(id, shard)) continue;
    const first = row && met.get(row.id);
    if (row && first === undefined) {
      met.set(row.id, line);
      const input = createHash('sha256').update(JSON.stringify([row.claim, row.own ?? null, digest])).digest('hex').slice(0, 16);
      yield { row, result: { line, id, input, model, version } };
    } else {
      const message = first === undefined ? problem : `its id "${id}" is that of line ${first} too`;
      yield { row: undefined, result: { line, ...(row && { id }), model, version, error: asFailure(named('RowError', `line ${line}: ${message}`)) } };
    }
  }
}

/**
 * @param {string | undefined} text
 * @returns {{ row: ClaimRow, problem?: undefined } | { row?: undefined, problem: string }}
 */
function read(text) {
  if (text === undefined) return { problem: `it is longer than ${MOST_ROW / 1e6} MB` };
  let row;
  try {
    row = JSON.parse(text);
  } catch (error) {
    return { problem: `it is not JSON: ${asError(error).message}` };
  }
  const { id, claim, own } = row ?? {};
  if (typeof id !== 'string' && typeof id !== 'number') return { problem: 'it has no "id"' };
  if (typeof claim !== 'string') return { problem: 'it has no "claim"' };
  if (own !== undefined && typeof own !== 'string') return { problem: '"own" is no id of a text' };
  return { row: { id: String(id), claim, own } };
}

/**
 * What is already done of a run that was broken off, for `--resume`: the results in `path` that are whole and of the rows
 * of `claims` as they are now, by this model and version. All else is taken out of the file.
 * @param {string} path of results
 * @param {string} claims
 * @param {Run} run
 * @returns {Promise<Set<string>>} ids
 */
export async function keepDone(path, claims, run) {
  /** By id what a result of the row begins with. @type {Map<string, string>} */
  const wanted = new Map();
  for await (const { row, result } of rowsOf(claims, run)) if (row) wanted.set(row.id, beginning(result));
  /** @type {Set<string>} */
  const done = new Set();
  const kept = new Output(`${path}.kept`);
  if (await exists(path)) {
    for await (const { text } of linesOf(path, MOST_RESULT)) {
      const result = parsed(text);
      if (result?.id === undefined || result.error || done.has(result.id) || wanted.get(result.id) !== beginning(result)) continue;
      done.add(result.id);
      await kept.write(/** @type {string} */ (text));
    }
  }
  await kept.end();
  await rename(kept.path, path);
  return done;
}

/** @param {ResultRow} result */
const beginning = ({ line, input, model, version }) => JSON.stringify([line, input, model, version]);

/** @param {string} path */
async function exists(path) {
  const file = createReadStream(path);
  try {
    await once(file, 'open');
    return true;
  } catch {
    return false;
  } finally {
    file.destroy();
  }
}

/** @param {string | undefined} text nothing, or half of a row, where the run was ended while writing */
function parsed(text) {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Lines written one after the other; each waits until there is room, and fails where it cannot be written. */
export class Output {
  /** @type {import('node:stream').Writable} */
  #stream;
  /** @type {Error | undefined} */
  #failure;

  /**
   * @param {string | undefined} path standard output where not given
   * @param {boolean} [append] to what is there
   */
  constructor(path, append = false) {
    this.path = path ?? 'standard output';
    this.#stream = path === undefined ? process.stdout : createWriteStream(path, { flags: append ? 'a' : 'w' });
    this.#stream.on('error', (error) => {
      this.#failure = error;
    });
  }

  /** @param {string} line */
  async write(line) {
    if (!this.#failure && !this.#stream.write(`${line}\n`)) {
      await Promise.race([once(this.#stream, 'drain'), once(this.#stream, 'close')]).catch(() => {});
    }
    this.#check();
  }

  /** Waits until all is written. */
  async end() {
    if (this.#stream !== process.stdout) {
      this.#stream.end();
      await finished(this.#stream).catch((error) => {
        this.#failure = error;
      });
    }
    this.#check();
  }

  #check() {
    if (this.#failure) throw named('OutputError', `${this.path} cannot be written: ${this.#failure.message}. What is there is whole rows; go on with --resume`);
  }
}

/**
 * Puts the results of shards together: the rows of all files in the order of the input, whatever the order of the files.
 * Rejects with a `UsageError` where a line has two results.
 * @param {string[]} paths
 * @param {Output} output
 */
export async function merge(paths, output) {
  /** @type {Map<number, string>} */
  const rows = new Map();
  for (const path of paths) {
    for await (const { number, text } of linesOf(path, MOST_RESULT)) {
      const line = parsed(text)?.line;
      if (!Number.isInteger(line)) throw usageError(`${path}, line ${number} is no result of probatum verify`);
      if (rows.has(line) && rows.get(line) !== text) throw usageError(`${path}, line ${number}: line ${line} of the input has another result already`);
      rows.set(line, /** @type {string} */ (text));
    }
  }
  for (const line of [...rows.keys()].sort((a, b) => a - b)) await output.write(/** @type {string} */ (rows.get(line)));
}
