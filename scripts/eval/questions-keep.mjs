/** The figures of whole runs, kept by day beside the bench's: `tests/bench/results/<date>.questions.json`. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { today } from '../../pkg/defaults.mjs';
import { FILES, build } from '../../pkg/wasm.mjs';
import { FOLDER, digits, machine } from '../../tests/bench/results.mjs';

/**
 * @typedef {object} Kept
 * @property {'questions' | 'pubmedqa' | 'ablation'} what
 * @property {import('./questions-input.mjs').Overrides} params
 * @property {Uint8Array} manifest of the model
 * @property {object} figures numbers, ids and labels; no text of a paper or of a data set
 */

/**
 * Adds a run to the day's file, in the place of one of the same kind with the same module, model and constants.
 * @param {Kept} run
 * @param {string} [folder]
 * @returns {string} the file's name
 */
export function keepRun({ what, params, manifest, figures }, folder = FOLDER) {
  const { name, files } = JSON.parse(new TextDecoder().decode(manifest));
  const of = {
    what,
    versions: { node: process.versions.node, module: moduleHash(), model: name, modelSha256: files.model.sha256.slice(0, HASH) },
    params,
  };
  const file = join(folder, `${today()}.questions.json`);
  const earlier = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).runs : [];
  const same = (/** @type {any} */ run) => JSON.stringify({ what: run.what, versions: run.versions, params: run.params }) === JSON.stringify(of);
  // What else the machine did makes seconds longer, and nothing else.
  const run = { ...of, load: loadavg()[0], ...figures };
  const kept = { date: today(), machine: machine(), runs: [...earlier.filter((/** @type {any} */ run) => !same(run)), run] };
  writeFileSync(file, `${compact(JSON.stringify(kept, digits, 1))}\n`);
  return file;
}

/** Hexadecimal digits that tell two files apart. */
const HASH = 12;

/** The module that ran, by its bytes: a checkout may be newer than what was built of it. */
const moduleHash = () => createHash('sha256').update(readFileSync(FILES[build()])).digest('hex').slice(0, HASH);

/**
 * Indented JSON with each innermost object and list on one line: a question a line.
 * @param {string} json whose strings hold no brackets
 */
function compact(json) {
  const oneLine = (/** @type {string} */ all) => all.replace(/\n\s*/g, ' ');
  return json.replace(/\[[^[\]{}]*\]/g, oneLine).replace(/\{[^{}]*\}/g, oneLine).replace(/\{[^{}]*(?:\{[^{}]*\}[^{}]*)+\}/g, (all) =>
    all.includes('"id"') ? oneLine(all) : all,
  );
}
