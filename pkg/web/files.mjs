/**
 * The files of the models: each is fetched once, whoever asks for it and however often, and kept in Cache Storage under
 * its hash, so that the next visit needs no network. A file is a blob: workers share it by reference, and whoever reads it
 * gets a copy of its own.
 */
import { Shared } from '../abort.mjs';
import { cancelledError, modelError } from '../errors.mjs';
import { sha256 } from '../sha256.mjs';

/**
 * Each model has a cache of its own: what is dropped beside one is never the other's.
 * @type {Record<import('../probatum.js').Depth, string>}
 */
const CACHES = { small: 'probatum-models-1', deep: 'probatum-deep-1' };

/**
 * One file, as the manifest names it.
 * @typedef {object} NamedFile
 * @property {URL} url
 * @property {import('../probatum.js').Depth} depth which model it belongs to
 * @property {string | undefined} sha256 in lower-case hexadecimal; a file without one is fetched anew every time
 * @property {number | undefined} bytes its length, where the manifest says
 * @property {boolean} packed whether it lies on this site compressed too, as NAME.gz
 */

/**
 * Told the bytes received so far, and `total` where the server said.
 * @callback Received
 * @param {number} received
 * @param {number | undefined} total
 * @returns {void}
 */

/** @type {Map<string, Download>} */
const underWay = new Map();

/**
 * A file, from where it is kept or from its address. Files that are not what their hash says are handed out too, for the
 * model's own check to refuse by name, but are not kept. Rejects with a `ModelError` where it cannot be had, or with a
 * `CancelledError` when the signal aborts.
 * @param {NamedFile} file
 * @param {AbortSignal} signal
 * @param {Received} [received]
 * @returns {Promise<Blob>}
 */
export async function fileAt(file, signal, received) {
  return (await keptCopy(file)) ?? download(file).fetched.join(signal, received);
}

/**
 * A part of a file, likewise; nobody but this knows its hash, so that one that is not what its hash says is refused here.
 * @param {NamedFile} part
 * @param {AbortSignal} signal
 * @param {Received} [received]
 * @returns {Promise<Blob>}
 */
export async function partAt(part, signal, received) {
  const kept = await keptCopy(part);
  if (kept) return kept;
  const { fetched, whole } = download(part);
  const blob = await fetched.join(signal, received);
  // Without Web Crypto the module's check of the whole file must do.
  if (isSecureContext && !(await whole)) throw modelError(`${part.url.href} is not the file that the manifest names`);
  return blob;
}

/**
 * Keeps a file, fetched where it is not kept yet.
 * @param {NamedFile} file
 * @returns {Promise<boolean>} whether it is kept now
 */
export async function keepFile(file) {
  if (await keptCopy(file)) return true;
  const { fetched, kept } = download(file);
  await fetched.join(new AbortController().signal);
  return kept;
}

/**
 * A file; where it lies compressed beside itself it comes so, two thirds of the bytes.
 * @param {NamedFile} file
 * @param {AbortSignal} signal
 * @param {Received} received
 */
async function fetchFile({ url, sha256: digest, packed }, signal, received) {
  if (packed && isOwn(url) && /\.onnx(\.\d+)?$/.test(url.pathname) && 'DecompressionStream' in globalThis) {
    const compressed = new URL(url);
    compressed.pathname += '.gz';
    const blob = await fetchBlob(compressed, signal, received).then((blob) => unpack(blob, digest)).catch(() => undefined);
    if (signal.aborted) throw cancelledError();
    if (blob) return blob;
  }
  return fetchBlob(url, signal, received);
}

/**
 * Nothing where it is neither packed nor the file: some hosts answer with a page instead of "not found", others unpack it.
 * @param {Blob} blob
 * @param {string | undefined} digest
 * @returns {Promise<Blob | undefined>}
 */
async function unpack(blob, digest) {
  if (!(await isPacked(blob))) return (await sha256(await blob.arrayBuffer())) === digest ? blob : undefined;
  return new Response(blob.stream().pipeThrough(new DecompressionStream('gzip'))).blob();
}

/**
 * Whether some bytes begin as gzip does (RFC 1952).
 * @param {Blob} blob
 */
async function isPacked(blob) {
  const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  return first === 0x1f && second === 0x8b;
}

/**
 * Reads an answer to its end. Rejects with a `ModelError`, or with a `CancelledError` when the signal aborts.
 * @param {URL} url
 * @param {AbortSignal} signal
 * @param {Received} [received]
 * @returns {Promise<Blob>}
 */
export async function fetchBlob(url, signal, received) {
  try {
    const response = await fetch(url, { signal, credentials: 'same-origin', referrerPolicy: 'no-referrer' });
    if (!response.ok) throw modelError(`${url.href} answered HTTP ${response.status}`);
    return await readAll(response, received);
  } catch (error) {
    if (signal.aborted) throw cancelledError();
    if (error instanceof Error && error.name === 'ModelError') throw error;
    throw modelError(`${url.href} could not be fetched (offline, wrong address, or its host sends no CORS header)`);
  }
}

/** A file on its way. */
class Download {
  /**
   * @param {NamedFile} file
   * @param {() => void} ended called once nobody may join any more
   */
  constructor(file, ended) {
    /** @type {Shared<Blob, [number, number | undefined]>} Given up when nobody waits for it any more. */
    this.fetched = new Shared((signal, tell) => fetchFile(file, signal, tell), ended);
    const blob = this.fetched.work;
    /** @type {Promise<boolean>} Whether it is what its hash says; false where that cannot be told. */
    this.whole = blob
      .then((blob) => blob.arrayBuffer())
      .then(async (bytes) => (await sha256(bytes)) === file.sha256)
      .catch(() => false);
    /** @type {Promise<boolean>} Settles last: whether the file is in Cache Storage now. */
    this.kept = this.whole.then(async (whole) => whole && keep(file, await blob)).catch(() => false);
    void this.kept.then(ended);
  }
}

/**
 * The file's download under way, or one begun.
 * @param {NamedFile} file
 * @returns {Download}
 */
function download(file) {
  const key = address(file) ?? file.url.href;
  const joined = underWay.get(key);
  if (joined) return joined;
  /** @type {Download} */
  const started = new Download(file, () => {
    if (underWay.get(key) === started) underWay.delete(key);
  });
  underWay.set(key, started);
  return started;
}

/**
 * @param {Response} response
 * @param {Received | undefined} received
 */
async function readAll(response, received) {
  if (!received || !response.body) return response.blob();
  // A compressed transfer tells its compressed length, which says nothing of the bytes that arrive here.
  const declared = response.headers.has('content-encoding') ? null : response.headers.get('content-length');
  const total = declared === null ? undefined : Number(declared);
  /** @type {BlobPart[]} */
  const parts = [];
  let length = 0;
  const reader = response.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    parts.push(read.value);
    length += read.value.length;
    received(length, total !== undefined && length <= total ? total : undefined);
  }
  return new Blob(parts);
}

/**
 * Drops what is kept beside these files, which are all of a model: its other versions, and other models in its place. One
 * of the page's own and one from elsewhere are enough. Never fails.
 * @param {readonly NamedFile[]} files
 */
export async function dropOthers(files) {
  const [first] = files;
  if (!first) return;
  const keys = new Set(files.map(address));
  try {
    const cache = await caches.open(CACHES[first.depth]);
    for (const { url } of await cache.keys()) {
      if (isOwn(new URL(url)) === isOwn(first.url) && !keys.has(url)) await cache.delete(url);
    }
  } catch {
    // Without Cache Storage there is nothing to drop.
  }
}

/**
 * @param {NamedFile} file
 * @returns {Promise<Blob | undefined>}
 */
async function keptCopy(file) {
  const key = address(file);
  if (key === undefined) return undefined;
  try {
    return await (await (await caches.open(CACHES[file.depth])).match(key))?.blob();
  } catch {
    // Without Cache Storage (a file, a private window) nothing is kept.
    return undefined;
  }
}

/**
 * False where it was not kept: no hash, no Cache Storage, or no room.
 * @param {NamedFile} file
 * @param {Blob} blob
 */
async function keep(file, blob) {
  const key = address(file);
  if (key === undefined) return false;
  await (await caches.open(CACHES[file.depth])).put(key, new Response(blob));
  return true;
}

/** @param {URL} url */
const isOwn = (url) => url.origin === globalThis.location.origin;

/**
 * Under which a file is kept; nothing is ever fetched from there.
 * @param {NamedFile} file
 * @returns {string | undefined}
 */
function address({ url, sha256 }) {
  if (sha256 === undefined) return undefined;
  const key = new URL(url);
  key.searchParams.set('sha256', sha256);
  return key.href;
}
