/** A model in a folder: `manifest.json`, and the two files that it names. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asError, modelError } from './errors.mjs';

/**
 * @typedef {object} ModelFiles
 * @property {Uint8Array} manifest
 * @property {Uint8Array} model in shared memory
 * @property {Uint8Array} tokenizer
 */

/** The package carries its model; a checkout that was not built yet has it under `www/`. */
const DEFAULT_FOLDERS = ['models/probatum-nli-1', '../www/models/probatum-nli-1'];

/** @returns {string} the folder of the model that ships */
export function defaultModel() {
  const folders = DEFAULT_FOLDERS.map((folder) => fileURLToPath(new URL(folder, import.meta.url)));
  return folders.find((folder) => existsSync(join(folder, 'manifest.json'))) ?? folders[0];
}

/**
 * Reads a model. Whether its bytes are what the manifest promises is for the module to say.
 * @param {string} folder
 * @returns {Promise<ModelFiles>}
 */
export async function readModel(folder) {
  const manifestPath = join(folder, 'manifest.json');
  const manifest = await read(manifestPath);
  const files = filesNamed(manifest, manifestPath);
  const [model, tokenizer] = await Promise.all([read(join(folder, files.model)), read(join(folder, files.tokenizer))]);
  return { manifest, model: shared(model), tokenizer };
}

/**
 * The same bytes in memory that all threads share: posted to a worker, they are not copied.
 * @param {Uint8Array} bytes
 */
function shared(bytes) {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

/**
 * @param {string} path
 * @returns {Promise<Uint8Array>}
 */
async function read(path) {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw modelError(`${path} cannot be read: ${asError(error).message}`);
  }
}

/**
 * @param {Uint8Array} manifest
 * @param {string} path
 * @returns {{ model: string, tokenizer: string }}
 */
function filesNamed(manifest, path) {
  let parsed;
  try {
    parsed = JSON.parse(new TextDecoder().decode(manifest));
  } catch (error) {
    throw modelError(`${path} is not JSON: ${asError(error).message}`);
  }
  const model = parsed?.files?.model?.path;
  const tokenizer = parsed?.files?.tokenizer?.path;
  if (typeof model !== 'string' || typeof tokenizer !== 'string') {
    throw modelError(`${path} names no files.model.path and files.tokenizer.path`);
  }
  return { model, tokenizer };
}
