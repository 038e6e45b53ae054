/** Which of the module's two builds an engine can run, found out by asking it to validate a tiny module for each. */

/** @typedef {'relaxed-simd' | 'simd128'} Build */

/**
 * The file of each build, by its name in the package.
 * @type {Readonly<Record<Build, string>>}
 */
export const MODULE_NAMES = Object.freeze({ 'relaxed-simd': 'probatum_relaxed_bg.wasm', simd128: 'probatum_bg.wasm' });

/**
 * Where a caller's own copy of the module lies.
 * @param {string} wasmUrl absolute address of the module, or of the folder that holds both builds and ends in a slash
 * @param {Build} build
 * @returns {URL}
 */
export const addressIn = (wasmUrl, build) => new URL(wasmUrl.endsWith('/') ? MODULE_NAMES[build] : '', wasmUrl);

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]; // magic, version
const FUNCTION = [0x03, 0x02, 0x01, 0x00]; // functions: one, of type 0

/** A module with one function of v128 that counts bits in each byte: one of the last instructions of fixed-width SIMD. */
const SIMD128 = [
  ...HEADER,
  ...[0x01, 0x06, 0x01, 0x60, 0x01, 0x7b, 0x01, 0x7b], // types: (v128) → v128
  ...FUNCTION,
  ...[0x0a, 0x08, 0x01, 0x06, 0x00], // code: no locals
  ...[0x20, 0x00, 0xfd, 0x62, 0x0b], // local.get 0, i8x16.popcnt, end
];

/** The same with the dot product of four bytes that the model's kernels are made of. */
const RELAXED_SIMD = [
  ...HEADER,
  ...[0x01, 0x08, 0x01, 0x60, 0x03, 0x7b, 0x7b, 0x7b, 0x01, 0x7b], // types: (v128, v128, v128) → v128
  ...FUNCTION,
  ...[0x0a, 0x0d, 0x01, 0x0b, 0x00], // code: no locals
  ...[0x20, 0x00, 0x20, 0x01, 0x20, 0x02], // local.get 0, 1, 2
  ...[0xfd, 0x93, 0x02, 0x0b], // i32x4.relaxed_dot_i8x16_i7x16_add_s, end
];

/**
 * The fastest build that runs here.
 * @param {(module: Uint8Array<ArrayBuffer>) => boolean} [validates] whether the engine takes a module; asks the one at hand where not given
 * @returns {Build | undefined} nothing where there is no WebAssembly, or one without SIMD
 */
export function chooseBuild(validates = validatesHere) {
  if (validates(Uint8Array.from(RELAXED_SIMD))) return 'relaxed-simd';
  return validates(Uint8Array.from(SIMD128)) ? 'simd128' : undefined;
}

/** @param {Uint8Array<ArrayBuffer>} module */
function validatesHere(module) {
  return typeof WebAssembly === 'object' && WebAssembly.validate(module);
}
