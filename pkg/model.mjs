/** A model in a folder: `manifest.json`, and the files that it names. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asError, modelError } from './errors.mjs';

/**
 * @typedef {object} ModelFiles
 * @property {Uint8Array} manifest
 * @property {Uint8Array} model in shared memory
 * @property {Uint8Array} tokenizer
 */

/**
 * A file, or a part of one, as a manifest names it.
 * @typedef {object} NamedFile
 * @property {string} path
 * @property {number} [bytes] its length; parts have it
 * @property {string} [sha256] in lower-case hexadecimal; parts have it
 */

const MANIFEST = 'manifest.json';

/** @returns {string} the folder of the model that ships */
export function defaultModel() {
  const folders = foldersOf('probatum-nli-1');
  return folders.find(isModel) ?? folders[0];
}

/** @returns {string | undefined} the folder of the larger model, where one ships */
export const defaultDeepModel = () => foldersOf('probatum-nli-2').find(isModel);

/**
 * The package carries its models; a checkout that was not built yet has them under `www/`.
 * @param {string} name
 */
const foldersOf = (name) =>
  [`models/${name}`, `../www/models/${name}`].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));

/** @param {string} folder */
const isModel = (folder) => existsSync(join(folder, MANIFEST));

/**
 * Reads a model. Whether a whole file is what the manifest promises is for the module to say; a part that is not is
 * refused here, by its name.
 * @param {string} folder
 * @returns {Promise<ModelFiles>}
 */
export async function readModel(folder) {
  const manifest = await readManifest(folder);
  const { model, tokenizer } = filesNamed(manifest, join(folder, MANIFEST));
  const [joined, words] = await Promise.all([readShared(folder, model), read(join(folder, tokenizer))]);
  return { manifest, model: joined, tokenizer: words };
}

/**
 * Reads a model's manifest only.
 * @param {string} folder
 * @returns {Promise<Uint8Array>}
 */
export const readManifest = (folder) => read(join(folder, MANIFEST));

/**
 * Reads files, joined, into memory that all threads share: posted to a worker, it is not copied.
 * @param {string} folder
 * @param {NamedFile[]} files in their order
 * @returns {Promise<Uint8Array>}
 */
async function readShared(folder, files) {
  const sizes = await Promise.all(files.map((file) => sizeOf(join(folder, file.path), file.bytes)));
  const joined = new Uint8Array(new SharedArrayBuffer(sizes.reduce((sum, size) => sum + size, 0)));
  let start = 0;
  for (const [n, { path, sha256 }] of files.entries()) {
    const place = joined.subarray(start, start + sizes[n]);
    await readInto(place, join(folder, path));
    if (sha256 !== undefined && createHash('sha256').update(place).digest('hex') !== sha256) {
      throw modelError(`${join(folder, path)} is not the file that the manifest names: its sha256 is another`);
    }
    start += sizes[n];
  }
  return joined;
}

/**
 * @param {string} path
 * @param {number | undefined} promised bytes, where the manifest says
 */
async function sizeOf(path, promised) {
  const { size } = await stat(path).catch((error) => {
    throw unreadable(path, error);
  });
  if (size !== (promised ?? size)) throw modelError(`${path} has ${size} bytes, the manifest says ${promised}`);
  return size;
}

/**
 * @param {Uint8Array} place as long as the file
 * @param {string} path
 */
async function readInto(place, path) {
  try {
    const file = await open(path);
    const { bytesRead } = await file.read(place, 0, place.length, 0).finally(() => file.close());
    if (bytesRead !== place.length) throw new Error(`it ends after ${bytesRead} of ${place.length} bytes`);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * @param {string} path
 * @returns {Promise<Uint8Array>}
 */
async function read(path) {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * @param {string} path
 * @param {unknown} error
 */
const unreadable = (path, error) => modelError(`${path} cannot be read: ${asError(error).message}`);

/**
 * @param {Uint8Array} manifest
 * @param {string} path
 * @returns {{ model: NamedFile[], tokenizer: string }} the model's parts, or the one file that it is
 */
function filesNamed(manifest, path) {
  let parsed;
  try {
    parsed = JSON.parse(new TextDecoder().decode(manifest));
  } catch (error) {
    throw modelError(`${path} is not JSON: ${asError(error).message}`);
  }
  const { model, tokenizer } = parsed?.files ?? {};
  if (typeof model?.path !== 'string' || typeof tokenizer?.path !== 'string') {
    throw modelError(`${path} names no files.model.path and files.tokenizer.path`);
  }
  const { parts = [] } = model;
  if (!Array.isArray(parts) || !parts.every(isPart)) {
    throw modelError(`${path} has files.model.parts that are not a list of path, bytes and sha256`);
  }
  return { model: parts.length > 0 ? parts : [{ path: model.path }], tokenizer: tokenizer.path };
}

/** @param {any} part */
const isPart = (part) => typeof part?.path === 'string' && typeof part.sha256 === 'string' && Number.isInteger(part.bytes);
