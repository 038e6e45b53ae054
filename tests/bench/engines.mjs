/** Who is compared in a browser, and with which of our modules. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/terminal.mjs';
import { asError } from '../../pkg/errors.mjs';
import { LabEngine } from './lab.mjs';

/** @typedef {import('./browsers/chromium.mjs').Driver} Driver */
/** @typedef {{ name: string, engine: string, wasm?: string }} Choice `engine` is a file of `lab/engines` */

const PLAIN = '/pkg/probatum_bg.wasm';
const RELAXED = '/pkg/probatum_relaxed_bg.wasm';
/** A function of one `i8x16.relaxed_swizzle`. */
const RELAXED_PROBE =
  '0,97,115,109,1,0,0,0,1,5,1,96,0,1,123,3,2,1,0,10,15,1,13,0,65,1,253,15,65,2,253,15,253,128,2,11';

/** The name of ours in every table: the module that a reader of the page would get. */
export const OURS = 'ours';
/** The module without relaxed SIMD, where the reader would get the other. */
export const OURS_PLAIN = 'ours-simd128';
export const ORT_WEB = 'onnxruntime-web';

/** @type {Choice[]} */
export const RIVALS = [ORT_WEB, 'transformers'].map((engine) => ({ name: engine, engine }));

/**
 * Ours: the module that the page would take in this browser, and the plain one beside it where that is another.
 * @param {Driver} driver
 * @returns {Promise<Choice[]>}
 */
export async function ourBuilds(driver) {
  const relaxed = await driver.evaluate(`WebAssembly.validate(Uint8Array.of(${RELAXED_PROBE}))`);
  if (!relaxed || !existsSync(join(ROOT, RELAXED))) return [{ name: OURS, engine: 'ours', wasm: PLAIN }];
  return [
    { name: OURS, engine: 'ours', wasm: RELAXED },
    { name: OURS_PLAIN, engine: 'ours', wasm: PLAIN },
  ];
}

/**
 * Opens engines with one model. One that cannot be opened is reported and left out.
 * @param {Driver} driver
 * @param {Choice[]} choices
 * @param {string} folder address of the model
 * @param {(name: string, error: Error) => void} failed
 * @returns {Promise<Map<string, LabEngine>>}
 */
export async function openAll(driver, choices, folder, failed) {
  /** @type {Map<string, LabEngine>} */
  const open = new Map();
  for (const { name, engine, wasm } of choices) {
    try {
      open.set(name, await LabEngine.open(driver, engine, { folder, wasm }));
    } catch (error) {
      failed(name, asError(error));
    }
  }
  return open;
}
