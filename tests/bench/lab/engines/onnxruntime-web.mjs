/** onnxruntime-web's WebAssembly backend, one thread, everything else as it comes. */
import { bytesOf } from './fetch.mjs';
import { encoded, rows } from './tensors.mjs';

const DIST = '/tests/bench/node_modules/onnxruntime-web/dist/';
/** A model of one `Identity`: creating its session starts the runtime, and nothing else. */
const SMALLEST = 'CAgSADo3ChAKAXgSAXkiCElkZW50aXR5EgFnWg8KAXgSCgoICAESBAoCCAFiDwoBeRIKCggIARIECgIIAUIECgAQDQ==';

/** @type {any} */
let ort;
/** @type {WebAssembly.Memory[]} it creates its memory itself and does not show it */
const memories = [];
const Memory = WebAssembly.Memory;
WebAssembly.Memory = class extends Memory {
  /** @param {WebAssembly.MemoryDescriptor} descriptor */
  constructor(descriptor) {
    super(descriptor);
    memories.push(this);
  }
};

/** @param {import('../runner.mjs').Source} source */
export async function fetchFiles({ folder }) {
  ort = await import(`${DIST}ort.wasm.min.mjs`);
  const [wasm, model] = await Promise.all([
    bytesOf(`${DIST}ort-wasm-simd-threaded.wasm`),
    bytesOf(`${folder}/model.onnx`),
  ]);
  return { wasm, model };
}

/** @param {{ wasm: Uint8Array }} files */
export async function start({ wasm }) {
  Object.assign(ort.env.wasm, { numThreads: 1, wasmPaths: DIST, wasmBinary: wasm });
  await ort.InferenceSession.create(Uint8Array.from(atob(SMALLEST), (letter) => letter.charCodeAt(0)));
}

/**
 * @param {{ model: Uint8Array }} files
 * @returns {Promise<import('../runner.mjs').Session>}
 */
export async function load({ model }) {
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] });
  return {
    prepare: (batch) =>
      encoded(batch, session.inputNames, (values, shape) => new ort.Tensor('int64', values, shape)),
    run: async (feeds) => rows((await session.run(feeds))[session.outputNames[0]]),
    memoryBytes: () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
  };
}
