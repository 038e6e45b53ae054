/** `@huggingface/transformers` as a page uses it: its own onnxruntime-web, its default for the device "wasm". */
import { encoded, rows } from './tensors.mjs';

const PACKAGE = '/tests/bench/node_modules/@huggingface/transformers';
/** The files that it would take from a content network: of the release of onnxruntime-web that it pins. */
const RUNTIME = `${PACKAGE}/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify`;

/** @type {any} */
let transformers;

/** @param {import('../runner.mjs').Source} source */
export async function fetchFiles({ folder }) {
  transformers = await import(`${PACKAGE}/dist/transformers.min.js`);
  return { folder };
}

/** @param {{ folder: string }} files */
export async function start({ folder }) {
  const { env } = transformers;
  const localModelPath = folder.slice(0, folder.lastIndexOf('/') + 1);
  Object.assign(env, { allowRemoteModels: false, allowLocalModels: true, localModelPath, useBrowserCache: false });
  const wasmPaths = { mjs: `${RUNTIME}.mjs`, wasm: `${RUNTIME}.wasm` };
  Object.assign(env.backends.onnx.wasm, { numThreads: 1, wasmPaths });
}

/**
 * @param {{ folder: string }} files
 * @returns {Promise<import('../runner.mjs').Session>}
 */
export async function load({ folder }) {
  const { AutoModelForSequenceClassification, Tensor } = transformers;
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  // "fp32" names the file model.onnx as it is, whatever its weights are.
  const options = { device: 'wasm', dtype: 'fp32', local_files_only: true };
  const model = await AutoModelForSequenceClassification.from_pretrained(name, options);
  const { inputNames } = model.sessions.model;
  return {
    prepare: (batch) => encoded(batch, inputNames, (values, shape) => new Tensor('int64', values, shape)),
    run: async (feeds) => rows((await model(feeds)).logits),
  };
}
