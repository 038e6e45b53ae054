/**
 * The files of the models: each is fetched once, whoever asks for it and however often, and kept in Cache Storage under
 * its hash, so that the next visit needs no network. A file is a blob: workers share it by reference, and whoever reads it
 * gets a copy of its own.
 */
import type { Depth } from '../../pkg/probatum.js';
import { named } from '../shared/failure';
import { cancelled, unlessAborted } from './abort';
import { sha256 } from './sha256';

/** Each model has a cache of its own: what is dropped beside one is never the other's. */
const CACHES: Record<Depth, string> = { small: 'probatum-models-1', deep: 'probatum-deep-1' };

/** One file, as the manifest names it. */
export interface NamedFile {
  url: URL;
  /** Which model it belongs to. */
  depth: Depth;
  /** In lower-case hexadecimal; a file without one is fetched anew every time. */
  sha256: string | undefined;
}

/** Told the bytes received so far, and `total` where the server said. */
export type Received = (received: number, total: number | undefined) => void;

const underWay = new Map<string, Download>();

/**
 * A file, from where it is kept or from its address. Files that are not what their hash says are handed out too, for the
 * model's own check to refuse by name, but are not kept.
 * @throws `ModelError` where it cannot be had; `CancelledError` when the signal aborts
 */
export async function fileAt(file: NamedFile, signal: AbortSignal, received?: Received): Promise<Blob> {
  return (await keptCopy(file)) ?? download(file).join(signal, received);
}

/**
 * A part of a file, likewise; nobody but this knows its hash, so that one that is not what its hash says is refused here.
 * @throws `ModelError` where it cannot be had, or is another; `CancelledError` when the signal aborts
 */
export async function partAt(part: NamedFile, signal: AbortSignal, received?: Received): Promise<Blob> {
  const kept = await keptCopy(part);
  if (kept) return kept;
  const fetched = download(part);
  const blob = await fetched.join(signal, received);
  // Without Web Crypto the module's check of the whole file must do.
  if (isSecureContext && !(await fetched.whole)) throw named('ModelError', `${part.url.href} is not the file that the manifest names`);
  return blob;
}

/** Whether the file is kept, after it was fetched where it was not. */
export async function keepFile(file: NamedFile): Promise<boolean> {
  if (await keptCopy(file)) return true;
  const fetched = download(file);
  await fetched.join(new AbortController().signal);
  return fetched.kept;
}

/** A file; a model of this site's own comes compressed from beside it, two thirds of the bytes, where the site has it so. */
async function fetchFile({ url, sha256: digest }: NamedFile, signal: AbortSignal, received: Received): Promise<Blob> {
  if (isOwn(url) && /\.onnx(\.\d+)?$/.test(url.pathname) && 'DecompressionStream' in globalThis) {
    const packed = new URL(url);
    packed.pathname += '.gz';
    const blob = await fetchBlob(packed, signal, received).then((blob) => unpack(blob, digest)).catch(() => undefined);
    if (signal.aborted) throw cancelled();
    if (blob) return blob;
  }
  return fetchBlob(url, signal, received);
}

/** Nothing where it is neither packed nor the file: some hosts answer with a page instead of "not found", others unpack it. */
async function unpack(blob: Blob, digest: string | undefined): Promise<Blob | undefined> {
  if (!(await isPacked(blob))) return (await sha256(await blob.arrayBuffer())) === digest ? blob : undefined;
  return new Response(blob.stream().pipeThrough(new DecompressionStream('gzip'))).blob();
}

/** Whether some bytes begin as gzip does (RFC 1952). */
async function isPacked(blob: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  return first === 0x1f && second === 0x8b;
}

/** Reads an answer to its end. */
export async function fetchBlob(url: URL, signal: AbortSignal, received?: Received): Promise<Blob> {
  try {
    const response = await fetch(url, { signal, credentials: 'same-origin', referrerPolicy: 'no-referrer' });
    if (!response.ok) throw named('ModelError', `${url.href} answered HTTP ${response.status}`);
    return await readAll(response, received);
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (error instanceof Error && error.name === 'ModelError') throw error;
    throw named('ModelError', `${url.href} could not be fetched (offline, wrong address, or its host sends no CORS header)`);
  }
}

/** A file on its way; it is given up when nobody waits for it any more. */
class Download {
  /** Settles last: whether the file is in Cache Storage now. */
  readonly kept: Promise<boolean>;
  /** Whether it is what its hash says; false where that cannot be told. */
  readonly whole: Promise<boolean>;
  readonly blob: Promise<Blob>;
  readonly #stop = new AbortController();
  readonly #waiting = new Set<Received>();
  #arrived = false;

  /** @param ended - called once nobody may join any more */
  constructor(
    file: NamedFile,
    private readonly ended: () => void,
  ) {
    this.blob = fetchFile(file, this.#stop.signal, (received, total) => {
      for (const tell of this.#waiting) tell(received, total);
    });
    this.whole = this.blob
      .then((blob) => {
        this.#arrived = true;
        return blob.arrayBuffer();
      })
      .then(async (bytes) => (await sha256(bytes)) === file.sha256)
      .catch(() => false);
    this.kept = this.whole.then(async (whole) => whole && (await keep(file, await this.blob))).catch(() => false);
    // Before anybody else hears of it: who asks again after a failure must not be given the same failure.
    this.blob.catch(ended);
    void this.kept.then(ended);
  }

  async join(signal: AbortSignal, received?: Received): Promise<Blob> {
    const tell: Received = (...count) => received?.(...count);
    this.#waiting.add(tell);
    try {
      return await unlessAborted(this.blob, signal);
    } finally {
      this.#waiting.delete(tell);
      if (this.#waiting.size === 0 && !this.#arrived) {
        this.ended();
        this.#stop.abort();
      }
    }
  }
}

function download(file: NamedFile): Download {
  const key = address(file) ?? file.url.href;
  const joined = underWay.get(key);
  if (joined) return joined;
  const started: Download = new Download(file, () => {
    if (underWay.get(key) === started) underWay.delete(key);
  });
  underWay.set(key, started);
  return started;
}

async function readAll(response: Response, received: Received | undefined): Promise<Blob> {
  if (!received || !response.body) return response.blob();
  // A compressed transfer tells its compressed length, which says nothing of the bytes that arrive here.
  const declared = response.headers.has('content-encoding') ? null : response.headers.get('content-length');
  const total = declared === null ? undefined : Number(declared);
  const parts: Uint8Array<ArrayBuffer>[] = [];
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
 */
export async function dropOthers(files: readonly NamedFile[]): Promise<void> {
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

async function keptCopy(file: NamedFile): Promise<Blob | undefined> {
  const key = address(file);
  if (key === undefined) return undefined;
  try {
    return await (await (await caches.open(CACHES[file.depth])).match(key))?.blob();
  } catch {
    // Without Cache Storage (a file, a private window) nothing is kept.
    return undefined;
  }
}

/** False where it was not kept: no hash, no Cache Storage, or no room. */
async function keep(file: NamedFile, blob: Blob): Promise<boolean> {
  const key = address(file);
  if (key === undefined) return false;
  await (await caches.open(CACHES[file.depth])).put(key, new Response(blob));
  return true;
}

const isOwn = (url: URL) => url.origin === globalThis.location.origin;

/** Under which a file is kept; nothing is ever fetched from there. */
function address({ url, sha256 }: NamedFile): string | undefined {
  if (sha256 === undefined) return undefined;
  const key = new URL(url);
  key.searchParams.set('sha256', sha256);
  return key.href;
}
