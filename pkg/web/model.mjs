/** A model at its address: `manifest.json`, and the files that it names. */
import { modelError } from '../errors.mjs';
import { MANIFEST, filesNamed } from '../manifest.mjs';
import { dropOthers, fetchBlob, fileAt, keepFile, partAt } from './files.mjs';

/**
 * @typedef {import('../messages.mjs').ModelPlace} ModelPlace
 * @typedef {import('../manifest.mjs').ManifestFile} ManifestFile
 * @typedef {import('./files.mjs').NamedFile} NamedFile
 * @typedef {import('./files.mjs').Received} Received
 * @typedef {Pick<NamedFile, 'depth' | 'packed'>} Kind which model it is, and how its files lie there
 */

/**
 * Fetches a model's manifest. Rejects with a `ModelError` or a `CancelledError`.
 * @param {ModelPlace} place
 * @param {AbortSignal} signal
 * @returns {Promise<Uint8Array>}
 */
export async function fetchManifest(place, signal) {
  const blob = await fetchBlob(addressOf(MANIFEST, place), signal);
  return new Uint8Array(await blob.arrayBuffer());
}

/**
 * Fetches the files that the manifest names, and drops what is kept of models in their place. Rejects with a `ModelError`
 * or a `CancelledError`.
 * @param {ModelPlace} place
 * @param {Uint8Array} manifest
 * @param {Kind} kind
 * @param {AbortSignal} signal
 * @param {Received} received told of the model's file only: the others are small
 * @returns {Promise<import('../messages.mjs').ModelFiles>}
 */
export async function fetchFiles(place, manifest, kind, signal, received) {
  const { tokenizer, model, inParts } = filesAt(place, manifest, kind);
  const [words, weights] = await Promise.all([
    fileAt(tokenizer, signal),
    inParts ? fetchParts(model, signal, received) : fileAt(model[0], signal, received),
  ]);
  void dropOthers([tokenizer, ...model]);
  return { manifest, model: weights, tokenizer: words };
}

/**
 * Keeps a model for use without a network. Never fails.
 * @param {ModelPlace} place
 * @param {Kind} kind
 * @returns {Promise<boolean>} whether all of it is kept
 */
export async function keepModel(place, kind) {
  if (!('caches' in globalThis)) return false;
  try {
    const manifest = await fetchManifest(place, new AbortController().signal);
    const { tokenizer, model } = filesAt(place, manifest, kind);
    const files = [tokenizer, ...model];
    const kept = await Promise.all(files.map(keepFile));
    void dropOthers(files);
    return kept.every(Boolean);
  } catch {
    return false;
  }
}

/**
 * Parts come one after the other: of a download that breaks off, those that came need not come again.
 * @param {NamedFile[]} parts
 * @param {AbortSignal} signal
 * @param {Received} received
 */
async function fetchParts(parts, signal, received) {
  const total = parts.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
  /** @type {Blob[]} */
  const blobs = [];
  let before = 0;
  for (const part of parts) {
    const { bytes = 0 } = part;
    const start = before;
    blobs.push(
      await partAt(part, signal, (got, of) => {
        // Compressed bytes count for as many as they stand for.
        received(start + Math.round(of === undefined ? Math.min(got, bytes) : (bytes * got) / of), total);
      }),
    );
    before += bytes;
    received(before, total);
  }
  return new Blob(blobs);
}

/**
 * @param {ModelPlace} place
 * @param {Uint8Array} manifest
 * @param {Kind} kind
 */
function filesAt(place, manifest, kind) {
  const { tokenizer, model, inParts } = filesNamed(manifest, addressOf(MANIFEST, place).href);
  /**
   * @param {ManifestFile} file
   * @returns {NamedFile}
   */
  const located = ({ path, sha256, bytes }) => ({ url: addressOf(path, place), sha256, bytes, ...kind });
  return { tokenizer: located(tokenizer), model: model.map(located), inParts };
}

/**
 * @param {string} path as the manifest has it
 * @param {ModelPlace} place
 * @returns {URL}
 */
function addressOf(path, place) {
  if (typeof place === 'string') return new URL(path, place);
  if (place[path] === undefined) throw modelError(`the model's manifest names ${path}, whose address was not given`);
  return new URL(place[path]);
}
