/** Builds everything: the wasm module, its bindings, the npm package in `pkg/`, the page in `dist/`. */
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { availableParallelism, freemem } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isFresh } from './freshness.mjs';
import { prepare } from './prerequisites.mjs';
import { ROOT, StepError, main, runProgram, say, secondsSince } from './terminal.mjs';

const TARGET = 'wasm32-unknown-unknown';
const CARGO_OUT = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target');
/** The profiles that the module is built in, with what each tells the compiler beyond `.cargo/config.toml`. */
const BUILDS = [
  { profile: 'release', flags: [] },
  { profile: 'relaxed', flags: ['-C', 'target-feature=+relaxed-simd'] },
];
const MODULES = BUILDS.map(({ profile }) => join(CARGO_OUT, TARGET, profile, 'probatum.wasm'));
/** Whole-program optimisation of one build takes up to 3 GB; the rest is left to what runs beside it. */
const BYTES_FOR_TWO = 8e9;
const PKG = join(ROOT, 'pkg');
const DIST = join(ROOT, 'dist');

/** @typedef {(chunk: string) => void} Output */

/**
 * The module, once for every browser with SIMD and once for those with relaxed SIMD. The first time takes about six
 * minutes each: only whole-program optimisation inlines the model's kernels. Each has a profile, and so a folder, of its
 * own: the two run beside each other where there is room.
 * @param {Output} [output]
 */
export async function buildModules(output) {
  await step('wasm modules', async () => {
    if (availableParallelism() > 1 && freemem() >= BYTES_FOR_TWO) {
      await Promise.all(BUILDS.map((build) => buildModule(build, output)));
    } else {
      for (const build of BUILDS) await buildModule(build, output);
    }
  });
}

/**
 * @param {typeof BUILDS[number]} build
 * @param {Output} [output]
 */
function buildModule({ profile, flags }, output) {
  const config = flags.length === 0 ? [] : ['--config', `target.${TARGET}.rustflags=${JSON.stringify(flags)}`];
  const what = ['--profile', profile, '-p', 'probatum', '--lib', '--target', TARGET];
  return runProgram('cargo', ['build', ...what, ...config], { output });
}

/**
 * The bindings, the types of what is written by hand, and the model beside them: together the npm package.
 * @param {Output} [output]
 */
export async function buildPackage(output) {
  if (!isFresh(join(PKG, 'probatum_bg.wasm'), [...MODULES, join(ROOT, 'bindgen')])) {
    await step('bindings', async () => {
      await runProgram('cargo', ['run', '--quiet', '--release', '-p', 'bindgen', '--', ...MODULES, PKG], { output });
    });
  }
  copyPdfjs();
  copyStyles();
  await buildTypes(output);
  const [from, to] = [join(ROOT, 'www', 'models'), join(PKG, 'models')];
  if (isFresh(join(to, 'probatum-nli-1', 'manifest.json'), [from])) return;
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
  touch(join(to, 'probatum-nli-1', 'manifest.json'));
}

/**
 * pdf.js, its build for older engines and Node: a copy, so that a page without a bundler finds it and nobody installs the rest
 * of it. Two files of it are all that text needs.
 */
export function copyPdfjs() {
  const [from, to] = [join(ROOT, 'node_modules', 'pdfjs-dist'), join(PKG, 'pdfjs')];
  const files = { 'pdf.min.mjs': 'legacy/build', 'pdf.worker.min.mjs': 'legacy/build', LICENSE: '.' };
  if (Object.keys(files).every((name) => isFresh(join(to, name), [join(from, 'package.json')]))) return;
  mkdirSync(to, { recursive: true });
  for (const [name, folder] of Object.entries(files)) {
    copyFileSync(join(from, folder, name), join(to, name));
    touch(join(to, name));
  }
  writeFileSync(join(to, 'pdf.min.d.mts'), "export * from 'pdfjs-dist';\n");
  writeFileSync(join(to, 'pdf.worker.min.d.mts'), 'export const WorkerMessageHandler: unknown;\n');
}

/** The style sheets of the report and of the page's margin view, for the pages that the command writes. */
export function copyStyles() {
  const to = join(PKG, 'styles');
  mkdirSync(to, { recursive: true });
  for (const file of ['src/report/report.css', 'www/page/check/margin.css']) copyFileSync(join(ROOT, file), join(to, basename(file)));
}

/**
 * The declarations of the package, from the comments of its sources; beside them those of the bindings, which they name.
 * @param {Output} [output]
 */
async function buildTypes(output) {
  const sources = readdirSync(PKG).filter((name) => name.endsWith('.mjs'));
  const from = [...sources, 'elements', 'node', 'web', 'probatum.d.ts'].map((name) => join(PKG, name));
  const types = join(PKG, 'types');
  const bindings = join(types, 'probatum.d.ts');
  if (isFresh(bindings, [...from, ...['tsconfig.types.json', 'tsconfig.node.json'].map((name) => join(ROOT, name))])) return;
  await step('types', async () => {
    rmSync(types, { recursive: true, force: true });
    await runProgram(join('node_modules', '.bin', 'tsc'), ['--project', 'tsconfig.types.json'], { output });
    copyFileSync(join(PKG, 'probatum.d.ts'), bindings);
    touch(bindings);
  });
}

/** The page. */
export async function buildPage() {
  const names = ['www', 'src/report/report.css', 'pkg', 'webpack.config.js', 'tsconfig.json', 'package-lock.json'];
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
  if (!MODULES.every((file) => existsSync(file))) say('The first build takes about ten minutes; later ones take seconds.');
  await buildModules();
  await buildPackage();
  await buildPage();
  const sizes = ['probatum_bg.wasm', 'probatum_relaxed_bg.wasm'].map((name) => statSync(join(PKG, name)).size / 1e6);
  say(`Built: dist/ and pkg/ (modules ${sizes.map((size) => size.toFixed(1)).join(' and ')} MB)`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(build);
