/** Builds everything: the wasm module, its bindings, the npm package in `pkg/`, the page in `dist/`. */
import { cpSync, existsSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isFresh } from './freshness.mjs';
import { prepare } from './prerequisites.mjs';
import { ROOT, StepError, main, runProgram, say, secondsSince } from './terminal.mjs';

const TARGET = 'wasm32-unknown-unknown';
const CARGO_OUT = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target');
const MODULE = join(CARGO_OUT, TARGET, 'release', 'probatum.wasm');
const PKG = join(ROOT, 'pkg');
const DIST = join(ROOT, 'dist');

/** @typedef {(chunk: string) => void} Output */

/**
 * The module. The first time takes about six minutes: only whole-program optimisation inlines the model's kernels.
 * @param {Output} [output]
 */
export async function buildModule(output) {
  await step('wasm module', async () => {
    await runProgram('cargo', ['build', '--release', '-p', 'probatum', '--lib', '--target', TARGET], { output });
  });
}

/**
 * The bindings, and the model beside them: together the npm package.
 * @param {Output} [output]
 */
export async function buildPackage(output) {
  if (!isFresh(join(PKG, 'probatum_bg.wasm'), [MODULE, join(ROOT, 'bindgen')])) {
    await step('bindings', async () => {
      await runProgram('cargo', ['run', '--quiet', '--release', '-p', 'bindgen', '--', MODULE, PKG], { output });
    });
  }
  const [from, to] = [join(ROOT, 'www', 'models'), join(PKG, 'models')];
  if (isFresh(join(to, 'interim', 'manifest.json'), [from])) return;
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
  touch(join(to, 'interim', 'manifest.json'));
}

/** The page. */
export async function buildPage() {
  const names = ['www', 'pkg', 'webpack.config.js', 'tsconfig.json', 'package-lock.json'];
  const index = join(DIST, 'index.html');
  if (isFresh(index, names.map((name) => join(ROOT, name)))) return;
  await step('page', pack);
  touch(index);
}

/** @param {string} file copied files keep the time of their originals: this one says when */
const touch = (file) => utimesSync(file, new Date(), new Date());

async function pack() {
  const { default: webpack } = await import('webpack');
  const { default: config } = await import(pathToFileURL(join(ROOT, 'webpack.config.js')).href);
  const compiler = webpack(config);
  if (!compiler) throw new StepError('webpack.config.js gives no configuration');
  new webpack.ProgressPlugin(progress()).apply(compiler);
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, done) => compiler.close(() => (error ? reject(error) : resolve(done))));
  });
  if (stats.hasErrors() || stats.hasWarnings()) say(stats.toString('errors-warnings'));
  if (stats.hasErrors()) throw new StepError('webpack could not build the page');
}

/** @returns {(share: number, what: string) => void} prints every quarter once */
function progress() {
  let printed = 0;
  return (share, what) => {
    const quarter = Math.floor(share * 4);
    if (quarter <= printed) return;
    printed = quarter;
    say(`  page ${quarter * 25} % ${what}`.trimEnd());
  };
}

/**
 * @param {string} name
 * @param {() => Promise<void>} work
 */
async function step(name, work) {
  const started = performance.now();
  say(`→ ${name}`);
  await work();
  say(`  ${name}: ${secondsSince(started)}`);
}

/** Everything, in order; what is up to date is left alone. */
export async function build() {
  await prepare();
  if (!existsSync(MODULE)) say('The first build takes about ten minutes; later ones take seconds.');
  await buildModule();
  await buildPackage();
  await buildPage();
  say(`Built: dist/ and pkg/ (module ${(statSync(join(PKG, 'probatum_bg.wasm')).size / 1e6).toFixed(1)} MB)`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(build);
