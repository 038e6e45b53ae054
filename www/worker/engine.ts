import initialise, { version } from '../../pkg/probatum.js';
import { named } from '../shared/failure';

/** The wasm module, compiled once and posted to every inference worker. */
export interface Engine {
  module: WebAssembly.Module;
  version: string;
}

/** Fetches, compiles and starts the wasm module. */
export async function startEngine(): Promise<Engine> {
  const module = await compile(new URL('../../pkg/probatum_bg.wasm', import.meta.url));
  await initialise({ module_or_path: module });
  return { module, version: version() };
}

async function compile(url: URL): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  if (!response.ok) throw named('EngineError', `${url.href} answered HTTP ${response.status}`);
  // Any static host must do, also one that does not know the type of a wasm file.
  return response.headers.get('content-type')?.startsWith('application/wasm')
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}
