/** The pipeline's module at its address. The same build serves every worker of a tab: it is fetched and compiled once. */
import { asError, engineError } from '../errors.mjs';
import { addressIn, builds } from '../simd.mjs';

/**
 * The two builds, each written out so that bundlers find it.
 * @type {Record<import('../simd.mjs').Build, URL>}
 */
const MODULES = {
  'relaxed-simd': new URL('../probatum_relaxed_bg.wasm', import.meta.url),
  simd128: new URL('../probatum_bg.wasm', import.meta.url),
};

/**
 * Fetches and compiles the build that is the fastest in this browser; where it cannot be had, as offline where only the
 * other was kept, the other. Rejects with an `EngineError`.
 * @param {string} [wasmUrl] absolute address of the module, or of the folder that holds both builds and ends in a slash
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compile(wasmUrl) {
  const addresses = builds().map((build) => (wasmUrl === undefined ? MODULES[build] : addressIn(wasmUrl, build)));
  if (addresses.length === 0) throw engineError('WebAssembly SIMD is missing here: use a newer browser');
  const failures = [];
  for (const url of addresses) {
    try {
      return await compileAt(url);
    } catch (error) {
      failures.push(engineError(`${url.href} cannot be used: ${asError(error).message}`));
    }
  }
  throw failures[0];
}

/**
 * Compiles while it streams. Any static host must do, also one that does not know the type of a wasm file.
 * @param {URL} url
 */
async function compileAt(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`it answered HTTP ${response.status}`);
  return response.headers.get('content-type')?.startsWith('application/wasm')
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}
