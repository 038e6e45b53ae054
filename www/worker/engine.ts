import initialise, { version } from '../../pkg/probatum.js';
import { chooseBuild, type Build } from '../../pkg/simd.mjs';
import { named } from '../shared/failure';

/** The builds of the module. The same one serves every worker of a tab: it is fetched and compiled once. */
const MODULES: Record<Build, URL> = {
  'relaxed-simd': new URL('../../pkg/probatum_relaxed_bg.wasm', import.meta.url),
  simd128: new URL('../../pkg/probatum_bg.wasm', import.meta.url),
};

/** The wasm module, compiled once and posted to every inference worker. */
export interface Engine {
  module: WebAssembly.Module;
  version: string;
}

/** Fetches, compiles and starts the build of the wasm module that suits this browser. */
export async function startEngine(): Promise<Engine> {
  const build = chooseBuild();
  if (!build) throw named('EngineError', 'WebAssembly SIMD is missing here: use a newer browser');
  const module = await compile(MODULES[build]);
  await initialise({ module_or_path: module });
  return { module, version: version() };
}

/** Compiles while it streams. Any static host must do, also one that does not know the type of a wasm file. */
async function compile(url: URL): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  if (!response.ok) throw named('EngineError', `${url.href} answered HTTP ${response.status}`);
  return response.headers.get('content-type')?.startsWith('application/wasm')
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}
