/** Crates beside the project's own, compiled to WebAssembly with all that Chromium has. */
import { join } from 'node:path';
import process from 'node:process';
import { asError } from '../../pkg/errors.mjs';
import { ROOT, StepError, runProgram, say } from '../../scripts/terminal.mjs';

const TARGET = 'wasm32-unknown-unknown';
const RUSTFLAGS = '-C target-feature=+simd128,+relaxed-simd';

/** Where cargo puts what it builds. */
export const CARGO_OUT = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target');

/**
 * @param {string} manifest of the crate or its workspace, from the root
 * @param {string} name of the crate
 * @returns {Promise<string>} path of the module
 */
export async function buildForWasm(manifest, name) {
  say(`→ ${name} for WebAssembly; the first time may take some minutes`);
  const args = ['build', '--release', '--manifest-path', join(ROOT, manifest), '-p', name, '--target', TARGET];
  await quietly('cargo', [...args, '--target-dir', CARGO_OUT], { RUSTFLAGS });
  return join(CARGO_OUT, TARGET, 'release', `${name.replaceAll('-', '_')}.wasm`);
}

/**
 * Shows nothing, unless it fails: then its first error.
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
export async function quietly(program, args, env = {}) {
  let printed = '';
  try {
    await runProgram(program, args, { env, output: (chunk) => void (printed += chunk) });
  } catch (error) {
    const first = printed.split('\n').find((line) => line.startsWith('error')) ?? '';
    throw new StepError(`${asError(error).message} ${first}`.trimEnd());
  }
}
