/** The rivals written in Rust, built as the project itself is, once. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asError } from '../../pkg/errors.mjs';
import { isFresh } from '../../scripts/freshness.mjs';
import { ROOT } from '../../scripts/terminal.mjs';
import { CARGO_OUT, buildForWasm, quietly } from './crates.mjs';

const SOURCES = join('tests', 'bench', 'rivals');
const BUILT = join(CARGO_OUT, 'bench', 'rivals');
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
  if (context.options.build && !isFresh(module, [join(ROOT, SOURCES)])) {
    const built = await buildForWasm(join(SOURCES, 'Cargo.toml'), `${name}-rival`);
    await quietly('cargo', ['run', '--quiet', '--release', '-p', 'bindgen', '--', built, BUILT]);
  }
  if (!existsSync(module)) throw new Error('it was not built; leave --no-build out');
  const address = `/bench/rivals/${name}`;
  context.serve(`${address}.js`, readFileSync(script));
  context.serve(`${address}_bg.wasm`, readFileSync(module));
  return address;
}
