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
 * As the page's inference worker does it, the digest included.
 * @param {Files} files
 * @returns {Promise<import('../runner.mjs').Session>}
 */
export async function load({ manifest, model, tokenizer }) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', model));
  const nli = new Nli(manifest, model, tokenizer, Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''));
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
