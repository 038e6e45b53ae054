/**
 * Which of the module's two builds runs faster here, found out by running the inner loop of each for a moment.
 *
 * Why measured: an engine makes one instruction of the relaxed dot product where the processor has one (AVX-VNNI, the dot
 * products of ARM), and several where it has not; then the plain build is the faster one. No page can ask a processor what it has.
 */

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

/** Rows that a tile of the kernels computes together; it has two registers of columns (`nli/kernel/integer.rs`). */
const ROWS = 4;
const COLUMNS = 2;
const SUMS = ROWS * COLUMNS;

/** Tiles of a round: a third to a whole millisecond on processors of 2023. */
const TILES = 200_000;
/** Rounds of each build, of which the quickest counts: whatever else runs on a core does so in slices longer than one. */
const TURNS = 5;

/**
 * A module that exports `f(tiles)`: the inner loop of one build's integer product, over four inputs of each row, on zeros.
 * @param {Build} build
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function probe(build) {
  const relaxed = build === 'relaxed-simd';
  const [LEFT, ADDRESS, FIRST_SUM] = [0, 1, 2];
  const [WEIGHTS, INPUTS] = [FIRST_SUM + SUMS, FIRST_SUM + SUMS + COLUMNS];
  const get = (/** @type {number} */ local) => [0x20, local];
  const set = (/** @type {number} */ local) => [0x21, local];
  // v128.load, or v128.load8x8_s: the plain build takes weights two by two, widened.
  const load = (/** @type {number} */ offset) => [...get(ADDRESS), 0xfd, relaxed ? 0x00 : 0x01, 0x00, ...unsigned(offset)];
  const splat = (/** @type {number} */ offset) => [...get(ADDRESS), 0xfd, 0x09, 0x00, ...unsigned(offset)]; // v128.load32_splat
  const product = (/** @type {number} */ sum, /** @type {number} */ column) =>
    relaxed
      ? [...get(WEIGHTS + column), ...get(INPUTS), ...get(sum), 0xfd, 0x93, 0x02, ...set(sum)] // i32x4.relaxed_dot_i8x16_i7x16_add_s
      : [...get(sum), ...get(WEIGHTS + column), ...get(INPUTS), 0xfd, 0xba, 0x01, 0xfd, 0xae, 0x01, ...set(sum)]; // i32x4.dot_i16x8_s, i32x4.add
  const columns = [...Array(COLUMNS).keys()];
  const step = (/** @type {number} */ group) => [
    ...columns.flatMap((column) => [...load((group * COLUMNS + column) * (relaxed ? 16 : 8)), ...set(WEIGHTS + column)]),
    ...[...Array(ROWS).keys()].flatMap((row) => [
      ...splat(row * 64 + group * 4),
      ...set(INPUTS),
      ...columns.flatMap((column) => product(FIRST_SUM + row * COLUMNS + column, column)),
    ]),
  ];
  const code = [
    ...[0x02, 0x01, 0x7f, SUMS + COLUMNS + 1, 0x7b], // locals: an i32, and v128
    ...[0x03, 0x40], // loop
    ...[...get(LEFT), 0x41, 0x3f, 0x71, 0x41, 0x05, 0x74, ...set(ADDRESS)], // address = (left & 63) << 5
    ...step(0),
    ...(relaxed ? [] : step(1)),
    ...[...get(LEFT), 0x41, 0x01, 0x6b, 0x22, LEFT, 0x0d, 0x00, 0x0b], // while (left -= 1)
    ...get(FIRST_SUM),
    ...[...Array(SUMS - 1).keys()].flatMap((sum) => [...get(FIRST_SUM + 1 + sum), 0xfd, 0xae, 0x01]), // i32x4.add
    ...[0xfd, 0x1b, 0x00, 0x0b], // i32x4.extract_lane 0, end
  ];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic, version
    ...section(1, [0x01, 0x60, 0x01, 0x7f, 0x01, 0x7f]), // types: (i32) → i32
    ...section(3, [0x01, 0x00]), // functions: one, of type 0
    ...section(5, [0x01, 0x00, 0x01]), // memory: one page
    ...section(7, [0x01, 0x01, 0x66, 0x00, 0x00]), // exports: "f", function 0
    ...section(10, [0x01, ...unsigned(code.length), ...code]),
  ]);
}

/**
 * @param {number} id
 * @param {number[]} bytes
 */
const section = (id, bytes) => [id, ...unsigned(bytes.length), ...bytes];

/** LEB128. @param {number} value below 2^14 */
const unsigned = (value) => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, value >> 7]);

/** @type {Build[] | undefined} of this thread: measured once */
let here;

/**
 * The builds that run here, the fastest first; none where there is no WebAssembly, or one without SIMD.
 * @returns {Build[]}
 */
export function builds() {
  here ??= typeof WebAssembly === 'object' ? order((module) => WebAssembly.validate(module), time) : [];
  return here;
}

/**
 * @param {(module: Uint8Array<ArrayBuffer>) => boolean} validates whether the engine takes a module
 * @param {(build: Build) => number} time of a round of a build's probe
 * @returns {Build[]} where the two are equal, as on a clock too coarse to tell, the relaxed build first
 */
export function order(validates, time) {
  const able = /** @type {Build[]} */ (['relaxed-simd', 'simd128']).filter((build) => validates(probe(build)));
  if (able.length < 2) return able;
  const quickest = able.map(() => Infinity);
  for (let turn = 0; turn < TURNS; turn += 1) {
    able.forEach((build, at) => void (quickest[at] = Math.min(quickest[at], time(build))));
  }
  return quickest[1] < quickest[0] ? able.reverse() : able;
}

/** @type {Map<Build, (tiles: number) => number>} */
const running = new Map();

/**
 * @param {Build} build
 * @returns {number} milliseconds
 */
function time(build) {
  const run = running.get(build) ?? /** @type {(tiles: number) => number} */ (new WebAssembly.Instance(new WebAssembly.Module(probe(build))).exports.f);
  running.set(build, run);
  const start = performance.now();
  run(TILES);
  return performance.now() - start;
}
