/** What a model's manifest says of its files; the rest of it is read by the wasm module. */
import { asError, modelError } from './errors.mjs';

/**
 * A file, or a part of one, as a manifest names it.
 * @typedef {object} ManifestFile
 * @property {string} path relative to the manifest
 * @property {string | undefined} sha256 in lower-case hexadecimal; parts have it
 * @property {number | undefined} bytes its length; parts have it
 */

/**
 * @typedef {object} Files
 * @property {ManifestFile} tokenizer
 * @property {ManifestFile[]} model its parts, in their order, or the one file that it is
 * @property {boolean} inParts
 */

export const MANIFEST = 'manifest.json';

/**
 * The files that a manifest names. Throws a `ModelError`, naming the manifest, where it names none.
 * @param {Uint8Array} manifest
 * @param {string} where it lies, for a reader
 * @returns {Files}
 */
export function filesNamed(manifest, where) {
  let parsed;
  try {
    parsed = JSON.parse(new TextDecoder().decode(manifest));
  } catch (error) {
    throw modelError(`${where} is not JSON: ${asError(error).message}`);
  }
  const { model, tokenizer } = parsed?.files ?? {};
  if (typeof model?.path !== 'string' || typeof tokenizer?.path !== 'string') {
    throw modelError(`${where} names no files.model.path and files.tokenizer.path`);
  }
  const { parts = [] } = model;
  if (!Array.isArray(parts) || !parts.every(isPart)) {
    throw modelError(`${where} has files.model.parts that are not a list of path, bytes and sha256`);
  }
  const inParts = parts.length > 0;
  return { tokenizer: file(tokenizer), model: (inParts ? parts : [model]).map(file), inParts };
}

/** @param {any} part */
const isPart = (part) => typeof part?.path === 'string' && typeof part.sha256 === 'string' && Number.isInteger(part.bytes);

/**
 * @param {any} named
 * @returns {ManifestFile}
 */
const file = ({ path, sha256, bytes }) => ({
  path,
  sha256: typeof sha256 === 'string' ? sha256 : undefined,
  bytes: Number.isInteger(bytes) ? bytes : undefined,
});
