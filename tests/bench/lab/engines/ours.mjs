/** Ours. A batch is run pair by pair: no padding, and the weights stay in the cache. */
import init, { Nli } from '../../../../pkg/probatum.js';
import { bytesOf } from './fetch.mjs';

/** @typedef {Record<'wasm' | 'manifest' | 'model' | 'tokenizer', Uint8Array<ArrayBuffer>>} Files */

/** @param {import('../runner.mjs').Source} source */
export async function fetchFiles({ folder, wasm = '/pkg/probatum_bg.wasm' }) {
  const addresses = [wasm, ...['manifest.json', 'model.onnx', 'tokenizer.json'].map((name) => `${folder}/${name}`)];
  const [module, manifest, model, tokenizer] = await Promise.all(addresses.map(bytesOf));
  return { wasm: module, manifest, model, tokenizer };
}

/** @param {Files} files */
export async function start({ wasm }) {
  await init({ module_or_path: await WebAssembly.compile(wasm) });
}

/**
 * @param {Files} files
 * @returns {import('../runner.mjs').Session}
 */
export function load({ manifest, model, tokenizer }) {
  const nli = new Nli(manifest, model, tokenizer);
  // A build from before the profile has none.
  const profile = /** @type {any} */ (nli).profile?.bind(nli);
  return {
    prepare: (batch) => batch.map(({ ids, firstSegment }) => ({ ids: Uint32Array.from(ids), firstSegment })),
    run: (/** @type {{ ids: Uint32Array, firstSegment: number }[]} */ batch) =>
      batch.map(({ ids, firstSegment }) => [...nli.logits(ids, firstSegment)]),
    memoryBytes: () => nli.memoryBytes(),
    profile,
  };
}
