/** No engine: int8 multiply-adds on registers alone, the most that the processor can do in this browser. */
import { bytesOf } from './fetch.mjs';

/** Some milliseconds. */
const ITERATIONS = 4_000_000;

/** @type {any} */
let kernel;

/** @param {import('../runner.mjs').Source} source */
export const fetchFiles = async ({ wasm = '' }) => ({ wasm: await bytesOf(wasm) });

/** @param {{ wasm: Uint8Array<ArrayBuffer> }} files */
export async function start({ wasm }) {
  kernel = (await WebAssembly.instantiate(wasm)).instance.exports;
}

/** @returns {import('../runner.mjs').Session} */
export function load() {
  return {
    prepare: () => ITERATIONS,
    run: (iterations) => {
      kernel.peak_dot(iterations);
      // In place of logits: how many multiply-adds that was.
      return [[iterations * kernel.peak_products()]];
    },
  };
}
