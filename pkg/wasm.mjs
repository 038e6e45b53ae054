/** The pipeline's module, compiled once a process; every inference worker gets it posted and instantiates its own. */
import { readFile } from 'node:fs/promises';
import { initSync } from './probatum.js';

const FILE = new URL('probatum_bg.wasm', import.meta.url);

/** @type {Promise<WebAssembly.Module> | undefined} */
let loading;

/**
 * Compiles the module and instantiates it in this thread, the first time only.
 * @returns {Promise<WebAssembly.Module>}
 */
export function load() {
  loading ??= readFile(FILE)
    .then((bytes) => WebAssembly.compile(bytes))
    .then((module) => {
      initSync({ module });
      return module;
    });
  return loading;
}
