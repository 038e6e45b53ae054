/** The model of a run: its files, and the inference workers that hold it. */
import { named } from '../shared/failure';
import type { ModelFiles, ModelState } from '../shared/messages';
import { fetchBlob, fileAt, keepFile, type NamedFile } from './files';
import { Pool } from './pool';
import { scorerCount, startScorer } from './scorer';

/** A model on its way: the manifest is there, its workers may still be loading. */
export interface Model {
  url: string;
  manifest: Uint8Array;
  pool: Promise<Pool>;
}

/** What the manifest says of its files; the rest of it is read by the wasm module. */
interface ManifestFiles {
  files?: { model?: ManifestFile; tokenizer?: ManifestFile };
}

interface ManifestFile {
  path?: unknown;
  sha256?: unknown;
}

let held: Model | undefined;

/**
 * The model in the folder at `url`, fetched unless it is the one already held.
 * @param report - told how far it is
 * @throws `ModelError` where the manifest cannot be had; the rest fails in {@link Model.pool}
 */
export async function modelAt(
  url: string,
  engine: { module: WebAssembly.Module; version: string },
  signal: AbortSignal,
  report: (state: ModelState) => void,
): Promise<Model> {
  if (held?.url === url) return held;
  await release();
  const manifest = await fetchManifest(url, signal);
  const pool = open(url, manifest, engine, signal, report);
  const model: Model = { url, manifest, pool };
  held = model;
  // A model that could not be loaded, or whose download was cancelled, is fetched anew by the next run.
  pool.catch(() => {
    if (held === model) held = undefined;
  });
  return model;
}

/**
 * Keeps the model in the folder at `url` for use without a network.
 * @returns whether all of it is kept
 */
export async function keepModel(url: string): Promise<boolean> {
  if (!('caches' in globalThis)) return false;
  try {
    const { model, tokenizer } = namedFiles(await fetchManifest(url, new AbortController().signal), url);
    return (await Promise.all([keepFile(model), keepFile(tokenizer)])).every(Boolean);
  } catch {
    return false;
  }
}

async function release(): Promise<void> {
  const old = held;
  held = undefined;
  (await old?.pool)?.close();
}

async function open(
  url: string,
  manifest: Uint8Array,
  { module, version }: { module: WebAssembly.Module; version: string },
  signal: AbortSignal,
  report: (state: ModelState) => void,
): Promise<Pool> {
  const files = await fetchFiles(url, manifest, signal, report);
  const workers = scorerCount();
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

async function fetchManifest(url: string, signal: AbortSignal): Promise<Uint8Array> {
  const blob = await fetchBlob(new URL('manifest.json', url), signal);
  return new Uint8Array(await blob.arrayBuffer());
}

async function fetchFiles(
  url: string,
  manifest: Uint8Array,
  signal: AbortSignal,
  report: (state: ModelState) => void,
): Promise<ModelFiles> {
  const files = namedFiles(manifest, url);
  const [tokenizer, model] = await Promise.all([
    fileAt(files.tokenizer, signal),
    fileAt(files.model, signal, (received, total) => {
      report({ state: 'downloading', received, ...(total === undefined ? {} : { total }) });
    }),
  ]);
  return { manifest, model, tokenizer };
}

function namedFiles(manifest: Uint8Array, url: string): { model: NamedFile; tokenizer: NamedFile } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(manifest));
  } catch {
    throw named('ModelError', `${url}manifest.json is not JSON: is this the folder of a model?`);
  }
  const { files } = (parsed ?? {}) as ManifestFiles;
  return { model: namedFile(files?.model, 'model', url), tokenizer: namedFile(files?.tokenizer, 'tokenizer', url) };
}

function namedFile(file: ManifestFile | undefined, name: string, url: string): NamedFile {
  if (typeof file?.path !== 'string') {
    throw named('ModelError', `${url}manifest.json does not name its ${name} file under files.${name}.path`);
  }
  return { url: new URL(file.path, url), sha256: typeof file.sha256 === 'string' ? file.sha256 : undefined };
}
