/** The engine's kernels by themselves, compiled for plain and for relaxed SIMD. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runProgram } from '../../scripts/terminal.mjs';

const TARGET = 'wasm32-unknown-unknown';
const FEATURES = { simd128: '+simd128', relaxed: '+simd128,+relaxed-simd' };

/** @typedef {keyof FEATURES} Build */

/** @type {Build[]} */
export const BUILDS = ['simd128', 'relaxed'];

/**
 * @typedef {object} Kernels what `tests/kernel` exports
 * @property {(seed: bigint, rounds: number) => number} differing_outputs
 * @property {() => number} float_error
 * @property {(seed: bigint) => bigint} fingerprint
 * @property {(iterations: number) => number} peak_dot
 * @property {() => number} peak_products
 */

/**
 * Compiles the kernels; seconds the first time.
 * @param {Build} build
 * @returns {Promise<Buffer>} the module: it imports nothing and exports {@link Kernels}
 */
export async function compileKernels(build) {
  const folder = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), `kernel-${build}`);
  const flags = `target.${TARGET}.rustflags=["-C","target-feature=${FEATURES[build]}"]`;
  const args = ['--release', '--quiet', '-p', 'kernel-test', '--lib', '--target', TARGET, '--target-dir', folder];
  await runProgram('cargo', ['rustc', ...args, '--crate-type', 'cdylib', '--config', flags]);
  return readFileSync(join(folder, TARGET, 'release', 'kernel_test.wasm'));
}
