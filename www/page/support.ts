/** A module with one function that returns a 128-bit vector: it is valid only where SIMD is known. */
const VECTOR_MODULE = [
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic, version
  ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b], // types: () -> v128
  ...[0x03, 0x02, 0x01, 0x00], // functions: one, of that type
  ...[0x0a, 0x16, 0x01, 0x14, 0x00, 0xfd, 0x0c, ...new Array<number>(16).fill(0), 0x0b], // code: v128.const 0
];

/** Whether this browser can run the engine: WebAssembly with 128-bit SIMD, and workers. */
export function canRun(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(new Uint8Array(VECTOR_MODULE)) && typeof Worker === 'function';
}
