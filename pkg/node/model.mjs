/** A model in a folder: `manifest.json`, and the files that it names. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asError, modelError } from '../errors.mjs';
import { MANIFEST, filesNamed } from '../manifest.mjs';

/**
 * @typedef {object} ReadFiles
 * @property {Uint8Array} manifest
 * @property {Uint8Array} model in shared memory
 * @property {Uint8Array} tokenizer
 */

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
  [`../models/${name}`, `../../www/models/${name}`].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));

/** @param {string} folder */
const isModel = (folder) => existsSync(join(folder, MANIFEST));

/**
 * Reads a model. Whether a whole file is what the manifest promises is for the module to say; a part that is not is
 * refused here, by its name.
 * @param {string} folder
 * @returns {Promise<ReadFiles>}
 */
export async function readModel(folder) {
  const manifest = await readManifest(folder);
  const { model, tokenizer, inParts } = filesNamed(manifest, join(folder, MANIFEST));
  const [joined, words] = await Promise.all([readShared(folder, model, inParts), read(join(folder, tokenizer.path))]);
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
 * @param {import('../manifest.mjs').ManifestFile[]} files in their order
 * @param {boolean} check whether each is compared with what the manifest says of it
 * @returns {Promise<Uint8Array>}
 */
async function readShared(folder, files, check) {
  const sizes = await Promise.all(files.map((file) => sizeOf(join(folder, file.path), check ? file.bytes : undefined)));
  const joined = new Uint8Array(new SharedArrayBuffer(sizes.reduce((sum, size) => sum + size, 0)));
  let start = 0;
  for (const [n, { path, sha256 }] of files.entries()) {
    const place = joined.subarray(start, start + sizes[n]);
    await readInto(place, join(folder, path));
    if (check && createHash('sha256').update(place).digest('hex') !== sha256) {
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
