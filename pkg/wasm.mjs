/** The pipeline's module, compiled once a process; every inference worker gets it posted and instantiates its own. */
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import v8 from 'node:v8';
import { initSync } from './probatum.js';
import { chooseBuild } from './simd.mjs';

/**
 * The two builds.
 * @type {Record<import('./simd.mjs').Build, URL>}
 */
export const FILES = {
  'relaxed-simd': new URL('probatum_relaxed_bg.wasm', import.meta.url),
  simd128: new URL('probatum_bg.wasm', import.meta.url),
};

/** @type {Promise<WebAssembly.Module> | undefined} */
let loading;

/**
 * The build that {@link load} takes.
 * @returns {import('./simd.mjs').Build}
 */
export function build() {
  if (chooseBuild() !== 'relaxed-simd') {
    // Node 20 knows relaxed SIMD, but keeps it behind a flag; in time for every module that is compiled from here on.
    v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
  }
  const chosen = chooseBuild();
  if (!chosen) throw new Error(`WebAssembly SIMD is missing from Node ${process.version} on this processor (${process.arch})`);
  return chosen;
}

/**
 * Compiles the module and instantiates it in this thread, the first time only.
 * @returns {Promise<WebAssembly.Module>}
 */
export function load() {
  loading ??= start();
  return loading;
}

async function start() {
  const module = await WebAssembly.compile(await readFile(FILES[build()]));
  initSync({ module });
  return module;
}
