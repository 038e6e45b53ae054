/** The pipeline's module on disk. */
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { asError, engineError } from '../errors.mjs';
import { initSync } from '../probatum.js';
import { addressIn, builds } from '../simd.mjs';

/**
 * The two builds.
 * @type {Record<import('../simd.mjs').Build, URL>}
 */
export const FILES = {
  'relaxed-simd': new URL('../probatum_relaxed_bg.wasm', import.meta.url),
  simd128: new URL('../probatum_bg.wasm', import.meta.url),
};

/** @type {Promise<WebAssembly.Module> | undefined} */
let loading;

/**
 * The build that this Node runs. Throws an `EngineError` where it has no SIMD.
 * @returns {import('../simd.mjs').Build}
 */
export function build() {
  // Node 20 keeps relaxed SIMD behind a flag, and for a reason: its engine compiles some of it wrongly.
  const [chosen] = builds();
  if (!chosen) throw engineError(`WebAssembly SIMD is missing from Node ${process.version} on this processor (${process.arch})`);
  return chosen;
}

/**
 * Compiles the module.
 * @param {string} [wasmUrl] `file:` address of the module, or of the folder that holds both builds and ends in a slash
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compile(wasmUrl) {
  const file = wasmUrl === undefined ? FILES[build()] : addressIn(wasmUrl, build());
  try {
    return await WebAssembly.compile(await readFile(file));
  } catch (error) {
    throw engineError(`${fileURLToPath(file)} cannot be used: ${asError(error).message}`);
  }
}

/**
 * Compiles the module and instantiates it in this thread, the first time only: for whoever uses its bindings by
 * themselves.
 * @returns {Promise<WebAssembly.Module>}
 */
export function load() {
  loading ??= compile().then((module) => {
    initSync({ module });
    return module;
  });
  return loading;
}
