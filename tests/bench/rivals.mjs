/** The rivals written in Rust, built as the project itself is, once, with all that Chromium has. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { asError } from '../../pkg/errors.mjs';
import { isFresh } from '../../scripts/freshness.mjs';
import { ROOT, StepError, runProgram, say } from '../../scripts/terminal.mjs';

const TARGET = 'wasm32-unknown-unknown';
const RUSTFLAGS = '-C target-feature=+simd128,+relaxed-simd';
const SOURCES = join(ROOT, 'tests', 'bench', 'rivals');
const CARGO_OUT = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), 'rivals');
const BUILT = join(CARGO_OUT, 'bindings');
const RIVALS = ['tract', 'rten'];

/**
 * @param {import('./context.mjs').Context} context serves what was built
 * @returns {Promise<import('./engines.mjs').Choice[]>} those that could be built
 */
export async function rustRivals(context) {
  const choices = [];
  for (const name of RIVALS) {
    try {
      choices.push({ name, engine: 'rival', wasm: await served(context, name) });
    } catch (error) {
      context.skip(name, asError(error).message);
    }
  }
  return choices;
}

/**
 * @param {import('./context.mjs').Context} context
 * @param {string} name
 * @returns {Promise<string>} address of its two files, without what they end in
 */
async function served(context, name) {
  const [script, module] = ['.js', '_bg.wasm'].map((end) => join(BUILT, `${name}_rival${end}`));
  if (context.options.build && !isFresh(module, [SOURCES])) await build(name);
  if (!existsSync(module)) throw new Error('it was not built; leave --no-build out');
  const address = `/bench/rivals/${name}`;
  context.serve(`${address}.js`, readFileSync(script));
  context.serve(`${address}_bg.wasm`, readFileSync(module));
  return address;
}

/** @param {string} name */
async function build(name) {
  say(`→ ${name} for WebAssembly; the first time takes some minutes`);
  const args = ['build', '--release', '--locked', '--manifest-path', join(SOURCES, 'Cargo.toml'), '-p', `${name}-rival`];
  await quietly('cargo', [...args, '--target', TARGET, '--target-dir', CARGO_OUT], { RUSTFLAGS });
  const module = join(CARGO_OUT, TARGET, 'release', `${name}_rival.wasm`);
  await quietly('cargo', ['run', '--quiet', '--release', '-p', 'bindgen', '--', module, BUILT]);
}

/**
 * Shows nothing, unless it fails: then its first error.
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
async function quietly(program, args, env = {}) {
  let printed = '';
  try {
    await runProgram(program, args, { env, output: (chunk) => void (printed += chunk) });
  } catch (error) {
    const first = printed.split('\n').find((line) => line.startsWith('error')) ?? '';
    throw new StepError(`${asError(error).message} ${first}`.trimEnd());
  }
}
