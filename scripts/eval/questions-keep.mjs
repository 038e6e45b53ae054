/** The figures of whole runs, kept by day beside the bench's: `tests/bench/results/<date>.questions.json`. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { isDeepStrictEqual } from 'node:util';
import { today } from '../../pkg/defaults.mjs';
import { FILES, build } from '../../pkg/node/wasm.mjs';
import { FOLDER, digits, machine } from '../../tests/bench/results.mjs';

/**
 * @typedef {object} Kept
 * @property {'questions' | 'pubmedqa' | 'ablation'} what
 * @property {number} asked questions
 * @property {import('./questions-input.mjs').Overrides} params
 * @property {Uint8Array} manifest of the model
 * @property {Uint8Array} [deepManifest] of the larger model, where it read too
 * @property {object} figures numbers, ids and labels; no text of a paper or of a data set
 */

/**
 * Adds a run to the day's file, in the place of one of as many questions with the same module, models and constants.
 * @param {Kept} run
 * @param {string} [folder]
 * @returns {string} the file's name
 */
export function keepRun({ what, asked, params, manifest, deepManifest, figures }, folder = FOLDER) {
  const small = identity(manifest);
  const deep = deepManifest && identity(deepManifest);
  const of = {
    what,
    asked,
    versions: {
      node: process.versions.node,
      module: moduleHash(),
      model: small.name,
      modelSha256: small.sha256,
      ...(deep && { deep: deep.name, deepSha256: deep.sha256 }),
    },
    params,
  };
  const file = join(folder, `${today()}.questions.json`);
  const earlier = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).runs : [];
  const same = (/** @type {any} */ run) => isDeepStrictEqual({ ...run, ...of }, run);
  // What else the machine did makes seconds longer, and nothing else.
  const run = { ...of, load: loadavg()[0], ...figures };
  const kept = { date: today(), machine: machine(), runs: [...earlier.filter((/** @type {any} */ run) => !same(run)), run] };
  writeFileSync(file, `${layout(JSON.parse(JSON.stringify(kept, digits)))}\n`);
  return file;
}

/** Hexadecimal digits that tell two files apart. */
const HASH = 12;

/**
 * Which model it is, by its name and its file's bytes.
 * @param {Uint8Array} manifest
 * @returns {{ name: string, sha256: string }}
 */
function identity(manifest) {
  const { name, files } = JSON.parse(new TextDecoder().decode(manifest));
  return { name, sha256: files.model.sha256.slice(0, HASH) };
}

/** The module that ran, by its bytes: a checkout may be newer than what was built of it. */
const moduleHash = () => createHash('sha256').update(readFileSync(FILES[build()])).digest('hex').slice(0, HASH);

/**
 * JSON with a line for every item of a list of objects, a question a line, and for whatever has such a list in it.
 * @param {unknown} value plain data
 * @param {string} [indent]
 * @returns {string}
 */
function layout(value, indent = '') {
  if (!hasObjects(value)) return JSON.stringify(value);
  const inner = `${indent} `;
  if (Array.isArray(value)) return `[\n${value.map((item) => inner + layout(item, inner)).join(',\n')}\n${indent}]`;
  const entries = Object.entries(/** @type {object} */ (value));
  const fields = entries.map(([name, of]) => `${inner}${JSON.stringify(name)}: ${layout(of, inner)}`);
  return `{\n${fields.join(',\n')}\n${indent}}`;
}

/**
 * @param {unknown} value
 * @returns {boolean} whether it is a list of objects, or has one in it
 */
function hasObjects(value) {
  if (typeof value !== 'object' || value === null) return false;
  const items = Object.values(value);
  const isObject = (/** @type {unknown} */ item) => typeof item === 'object' && item !== null && !Array.isArray(item);
  return (Array.isArray(value) && items.some(isObject)) || items.some(hasObjects);
}
