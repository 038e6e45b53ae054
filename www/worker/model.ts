/** The models of a run: their files, and the inference workers that hold them. */
import type { Depth } from '../../pkg/probatum.js';
import { named } from '../shared/failure';
import type { ModelFiles, ModelState } from '../shared/messages';
import type { Engine } from './engine';
import { dropOthers, fetchBlob, fileAt, keepFile, partAt, type NamedFile, type Received } from './files';
import { Pool } from './pool';
import { scorerCount, startScorer } from './scorer';

/** What the manifest says of its files; the rest of it is read by the wasm module. */
interface ManifestFiles {
  files?: { model?: ManifestFile & { parts?: unknown }; tokenizer?: ManifestFile };
}

interface ManifestFile {
  path?: unknown;
  sha256?: unknown;
  bytes?: unknown;
}

/** A part of the model's file. */
interface Part extends NamedFile {
  bytes: number;
}

/** The files that a manifest names. */
interface Files {
  tokenizer: NamedFile;
  /** The model's file; where it has parts, only they are there. */
  model: NamedFile;
  parts: readonly Part[];
}

/** The models held, from one run to the next. */
const held: Record<Depth, Model | undefined> = { small: undefined, deep: undefined };

/** A model whose manifest is there. Its files are fetched, and its workers started, when they are first asked for. */
export class Model {
  readonly #stop = new AbortController();
  #pool: Promise<Pool> | undefined;

  constructor(
    readonly depth: Depth,
    readonly url: string,
    readonly manifest: Uint8Array,
    private readonly files: Files,
  ) {}

  /**
   * Its workers. A download that is cancelled by the signal of whoever asked first, or fails, is begun anew by the next run.
   * @param report - told how far it is
   * @throws `ModelError` where it cannot be had or loaded; `CancelledError`
   */
  pool(engine: Engine, signal: AbortSignal, report: (state: ModelState) => void): Promise<Pool> {
    this.#pool ??= this.#open(engine, signal, report).catch((error: unknown) => {
      if (held[this.depth] === this) held[this.depth] = undefined;
      throw error;
    });
    return this.#pool;
  }

  /** Ends its download and its workers. */
  close(): void {
    this.#stop.abort();
    this.#pool?.then(
      (pool) => {
        pool.close();
      },
      () => undefined,
    );
  }

  async #open({ module, version }: Engine, signal: AbortSignal, report: (state: ModelState) => void): Promise<Pool> {
    const stop = () => {
      this.#stop.abort();
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    const files = await this.#fetch(report);
    const workers = scorerCount(this.depth);
    report({ state: 'loading', workers });
    const pool = new Pool(workers, async () => {
      const scorer = await startScorer(module, files, version);
      report({ state: 'ready', workers, memoryBytes: scorer.memoryBytes });
      return scorer;
    });
    try {
      await pool.ready;
    } catch (error) {
      pool.close();
      throw error;
    }
    return pool;
  }

  async #fetch(report: (state: ModelState) => void): Promise<ModelFiles> {
    const { signal } = this.#stop;
    const [tokenizer, model] = await Promise.all([
      fileAt(this.files.tokenizer, signal),
      fetchModel(this.files, signal, (received, total) => {
        report({ state: 'downloading', received, ...(total === undefined ? {} : { total }) });
      }),
    ]);
    void dropOthers(allOf(this.files));
    return { manifest: this.manifest, model, tokenizer };
  }
}

/**
 * The model in the folder at `url`, its manifest fetched unless it is the one already held.
 * @throws `ModelError` where its manifest cannot be had, or names no files; `CancelledError`
 */
export async function modelAt(depth: Depth, url: string, signal: AbortSignal): Promise<Model> {
  const before = held[depth];
  if (before?.url === url) return before;
  release(depth);
  const manifest = await fetchManifest(url, signal);
  const model = new Model(depth, url, manifest, namedFiles(manifest, url, depth));
  held[depth] = model;
  return model;
}

/** Lets go of a model that is held: what it has fetched stays kept, the rest is not fetched. */
export function release(depth: Depth): void {
  held[depth]?.close();
  held[depth] = undefined;
}

/**
 * Keeps the small model in the folder at `url` for use without a network. The larger one is kept as it is fetched.
 * @returns whether all of it is kept
 */
export async function keepModel(url: string): Promise<boolean> {
  if (!('caches' in globalThis)) return false;
  try {
    const files = allOf(namedFiles(await fetchManifest(url, new AbortController().signal), url, 'small'));
    const kept = await Promise.all(files.map(keepFile));
    void dropOthers(files);
    return kept.every(Boolean);
  } catch {
    return false;
  }
}

async function fetchManifest(url: string, signal: AbortSignal): Promise<Uint8Array> {
  const blob = await fetchBlob(new URL('manifest.json', url), signal);
  return new Uint8Array(await blob.arrayBuffer());
}

/** The model's file. Parts come one after the other: of a download that breaks off, those that came need not come again. */
async function fetchModel({ model, parts }: Files, signal: AbortSignal, received: Received): Promise<Blob> {
  if (parts.length === 0) return fileAt(model, signal, received);
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  const blobs: Blob[] = [];
  let before = 0;
  for (const part of parts) {
    const start = before;
    const tell: Received = (got, of) => {
      // Compressed bytes count for as many as they stand for.
      received(start + Math.round(of === undefined ? Math.min(got, part.bytes) : (part.bytes * got) / of), total);
    };
    blobs.push(await partAt(part, signal, tell));
    before += part.bytes;
    received(before, total);
  }
  return new Blob(blobs);
}

const allOf = ({ tokenizer, model, parts }: Files): NamedFile[] => [tokenizer, ...(parts.length === 0 ? [model] : parts)];

function namedFiles(manifest: Uint8Array, url: string, depth: Depth): Files {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(manifest));
  } catch {
    throw named('ModelError', `${url}manifest.json is not JSON: is this the folder of a model?`);
  }
  const { files } = (parsed ?? {}) as ManifestFiles;
  return {
    tokenizer: namedFile(files?.tokenizer, 'tokenizer', url, depth),
    model: namedFile(files?.model, 'model', url, depth),
    parts: namedParts(files?.model?.parts ?? [], url, depth),
  };
}

function namedFile(file: ManifestFile | undefined, name: string, url: string, depth: Depth): NamedFile {
  if (typeof file?.path !== 'string') {
    throw named('ModelError', `${url}manifest.json does not name its ${name} file under files.${name}.path`);
  }
  return { url: new URL(file.path, url), depth, sha256: typeof file.sha256 === 'string' ? file.sha256 : undefined };
}

function namedParts(parts: unknown, url: string, depth: Depth): Part[] {
  const wrong = named('ModelError', `${url}manifest.json has files.model.parts that are not a list of path, bytes and sha256`);
  if (!Array.isArray(parts)) throw wrong;
  return parts.map((part: ManifestFile | undefined) => {
    const { bytes } = part ?? {};
    if (typeof bytes !== 'number' || typeof part?.sha256 !== 'string') throw wrong;
    return { ...namedFile(part, 'model', url, depth), bytes };
  });
}
