/** The pipeline's module at its address. The same build serves every worker of a tab: it is fetched and compiled once. */
import { asError, engineError } from '../errors.mjs';
import { addressIn, chooseBuild } from '../simd.mjs';

/**
 * The two builds, each written out so that bundlers find it.
 * @type {Record<import('../simd.mjs').Build, URL>}
 */
const MODULES = {
  'relaxed-simd': new URL('../probatum_relaxed_bg.wasm', import.meta.url),
  simd128: new URL('../probatum_bg.wasm', import.meta.url),
};

/**
 * Fetches and compiles the build that suits this browser. Rejects with an `EngineError`.
 * @param {string} [wasmUrl] absolute address of the module, or of the folder that holds both builds and ends in a slash
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compile(wasmUrl) {
  const build = chooseBuild();
  if (!build) throw engineError('WebAssembly SIMD is missing here: use a newer browser');
  const url = wasmUrl === undefined ? MODULES[build] : addressIn(wasmUrl, build);
  try {
    return await compileAt(url);
  } catch (error) {
    throw engineError(`${url.href} cannot be used: ${asError(error).message}`);
  }
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
