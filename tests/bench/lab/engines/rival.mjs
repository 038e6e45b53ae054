/** A crate of `rivals/`, compiled to WebAssembly. */
import { bytesOf } from './fetch.mjs';

/** @typedef {{ ids: Int32Array, pairs: number, firstSegment: number }} Batch */

/** @type {any} */
let rival;

/** @param {import('../runner.mjs').Source} source */
export async function fetchFiles({ folder, wasm }) {
  rival = await import(`${wasm}.js`);
  const [module, model] = await Promise.all([bytesOf(`${wasm}_bg.wasm`), bytesOf(`${folder}/model.onnx`)]);
  return { wasm: module, model };
}

/** @param {{ wasm: Uint8Array<ArrayBuffer> }} files */
export async function start({ wasm }) {
  await rival.default({ module_or_path: await WebAssembly.compile(wasm) });
}

/**
 * @param {{ model: Uint8Array }} files
 * @returns {import('../runner.mjs').Session}
 */
export function load({ model }) {
  const session = new rival.Rival(model);
  return {
    prepare: (batch) => ({
      ids: Int32Array.from(batch.flatMap(({ ids }) => ids)),
      pairs: batch.length,
      firstSegment: batch[0].firstSegment,
    }),
    run: (/** @type {Batch} */ { ids, pairs, firstSegment }) => {
      const logits = [...session.logits(ids, pairs, firstSegment)];
      return Array.from({ length: pairs }, (_, pair) => logits.slice(pair * 3, pair * 3 + 3));
    },
  };
}
