/** Fetches a model's files once, and keeps the inference workers that hold it. */
import { named } from '../shared/failure';
import type { ModelFiles, ModelState } from '../shared/messages';
import { cancelled } from './abort';
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
  files?: { model?: { path?: unknown }; tokenizer?: { path?: unknown } };
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
  const manifest = await fetchBytes(new URL('manifest.json', url), signal);
  const pool = open(url, manifest, engine, signal, report);
  const model: Model = { url, manifest, pool };
  held = model;
  // A model that could not be loaded, or whose download was cancelled, is fetched anew by the next run.
  pool.catch(() => {
    if (held === model) held = undefined;
  });
  return model;
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

async function fetchFiles(
  url: string,
  manifest: Uint8Array,
  signal: AbortSignal,
  report: (state: ModelState) => void,
): Promise<ModelFiles> {
  const paths = filePaths(manifest, url);
  const tokenizer = await fetchBytes(new URL(paths.tokenizer, url), signal);
  const model = await fetchBytes(new URL(paths.model, url), signal, (received, total) => {
    report({ state: 'downloading', received, ...(total === undefined ? {} : { total }) });
  });
  return { manifest, model, tokenizer };
}

function filePaths(manifest: Uint8Array, url: string): { model: string; tokenizer: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(manifest));
  } catch {
    throw named('ModelError', `${url}manifest.json is not JSON: is this the folder of a model?`);
  }
  const { files } = (parsed ?? {}) as ManifestFiles;
  return { model: pathOf(files?.model, 'model', url), tokenizer: pathOf(files?.tokenizer, 'tokenizer', url) };
}

function pathOf(file: { path?: unknown } | undefined, name: string, url: string): string {
  if (typeof file?.path === 'string') return file.path;
  throw named('ModelError', `${url}manifest.json does not name its ${name} file under files.${name}.path`);
}

async function fetchBytes(
  url: URL,
  signal: AbortSignal,
  progress?: (received: number, total: number | undefined) => void,
): Promise<Uint8Array> {
  try {
    const response = await fetch(url, { signal, credentials: 'same-origin', referrerPolicy: 'no-referrer' });
    if (!response.ok) throw named('ModelError', `${url.href} answered HTTP ${response.status}`);
    return await readAll(response, progress);
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (error instanceof Error && error.name === 'ModelError') throw error;
    throw named('ModelError', `${url.href} could not be fetched (offline, wrong address, or its host sends no CORS header)`);
  }
}

async function readAll(
  response: Response,
  progress: ((received: number, total: number | undefined) => void) | undefined,
): Promise<Uint8Array> {
  if (!progress || !response.body) return new Uint8Array(await response.arrayBuffer());
  // A compressed transfer tells its compressed length, which says nothing of the bytes that arrive here.
  const declared = response.headers.has('content-encoding') ? null : response.headers.get('content-length');
  const total = declared === null ? undefined : Number(declared);
  const parts: Uint8Array[] = [];
  let received = 0;
  const reader = response.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    parts.push(read.value);
    received += read.value.length;
    progress(received, total !== undefined && received <= total ? total : undefined);
  }
  const bytes = new Uint8Array(received);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
