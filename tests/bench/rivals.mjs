/** The rivals written in Rust, compiled to WebAssembly as the project itself is, once. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { isFresh } from '../../scripts/freshness.mjs';
import { ROOT, runProgram, say } from '../../scripts/terminal.mjs';

const TARGET = 'wasm32-unknown-unknown';
const SOURCES = join(ROOT, 'tests', 'bench', 'rivals');
const CARGO_OUT = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target');
const BUILT = join(CARGO_OUT, 'bench', 'rivals');
const CRATES = ['tract', 'rten'];
/** With all that Chromium has; ours is built with it too. */
const RUSTFLAGS = '-C target-feature=+simd128,+relaxed-simd';

/**
 * @param {import('./context.mjs').Context} context serves what was built
 * @returns {Promise<import('./engines.mjs').Choice[]>} those that could be built
 */
export async function rustRivals(context) {
  const choices = [];
  for (const name of CRATES) {
    const built = join(BUILT, `${name}_rival_bg.wasm`);
    try {
      if (context.options.build && !isFresh(built, [SOURCES])) await buildRival(name);
      if (!existsSync(built)) throw new Error('it was not built; leave --no-build out');
    } catch (error) {
      context.skip(name, error instanceof Error ? error.message : String(error));
      continue;
    }
    const address = `/bench/rivals/${name}_rival`;
    for (const end of ['.js', '_bg.wasm']) {
      context.serve(`${address}${end}`, readFileSync(join(BUILT, `${name}_rival${end}`)));
    }
    choices.push({ name, engine: 'rival', wasm: address });
  }
  return choices;
}

/** @param {string} name */
async function buildRival(name) {
  say(`→ ${name} for WebAssembly; the first time takes some minutes`);
  let printed = '';
  const output = (/** @type {string} */ chunk) => void (printed += chunk);
  const manifest = join(SOURCES, 'Cargo.toml');
  const args = ['build', '--release', '--locked', '--manifest-path', manifest, '-p', `${name}-rival`, '--target', TARGET];
  try {
    await runProgram('cargo', [...args, '--target-dir', CARGO_OUT], { output, env: { RUSTFLAGS } });
    const module = join(CARGO_OUT, TARGET, 'release', `${name}_rival.wasm`);
    const bindgen = ['run', '--quiet', '--release', '-p', 'bindgen', '--', module, BUILT];
    await runProgram('cargo', bindgen, { output });
  } catch (error) {
    const lines = printed.split('\n').filter((line) => line.startsWith('error'));
    throw new Error(`${error instanceof Error ? error.message : error} ${lines[0] ?? ''}`.trimEnd());
  }
}
