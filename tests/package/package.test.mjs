/** The packed package, installed into fresh folders: in Node, in bundles, without a bundler, in a worker, and its types. */
import assert from 'node:assert/strict';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { NONE } from '../../pkg/elements/report-data.mjs';
import { FLAGS, findChromium, howToInstall } from '../../scripts/chromium.mjs';
import { serve } from '../../scripts/serve.mjs';
import { ROOT, runProgram } from '../../scripts/terminal.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'probatum-package-'));
const installed = join(work, 'installed', 'node_modules');

/** @typedef {{ markdown: string, stages: string[], checked: import('../../pkg/probatum.js').Checked, entails: boolean }} Used what `use.mjs` gives */

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Used} what it gives in Node: everywhere it must be the same */
let expected;

before(async () => {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(howToInstall());
  await install();
  browser = await chromium.launch({ executablePath, args: FLAGS });
});

after(async () => {
  await browser?.close();
  rmSync(work, { recursive: true, force: true });
});

/** Packs the package and installs what was packed, as a user would. */
async function install() {
  const folder = join(work, 'installed');
  mkdirSync(folder);
  await runProgram('npm', ['pack', '--silent', '--pack-destination', work, join(ROOT, 'pkg')], { output: () => {} });
  const [packed] = readdirSync(work).filter((name) => name.endsWith('.tgz'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const quietly = ['--offline', '--no-audit', '--no-fund', '--silent'];
  await runProgram('npm', ['install', '--prefix', folder, ...quietly, join(work, packed)], { output: () => {} });
}

/**
 * A fresh folder with `use.mjs`, and the package where `import 'probatum'` finds it.
 * @param {string} name
 */
function project(name) {
  const folder = join(work, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  copyFileSync(join(HERE, 'use.mjs'), join(folder, 'use.mjs'));
  symlinkSync(installed, join(folder, 'node_modules'));
  return folder;
}

/** The page of a project; its script leaves what comes of it in `used`. */
const pageWith = (/** @type {string} */ script) => `<!doctype html><title>use</title><link rel="icon" href="data:,">${script}`;
const MAIN = `import { use } from './use.mjs';\nglobalThis.used = use();\n`;

/**
 * Serves a folder, opens its page, and compares what comes of it.
 * @param {string} folder
 * @param {unknown} [wanted] what `use.mjs` gives, where not given
 */
async function opens(folder, wanted) {
  const server = await serve({ folder, port: 0 });
  try {
    await opensAt(server.url, wanted);
  } finally {
    server.close();
  }
}

/**
 * Opens a page, and compares what comes of it.
 * @param {string} url
 * @param {unknown} [wanted] as that of {@link opens}
 */
async function opensAt(url, wanted = expected) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    /** @type {string[]} */
    const errors = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(url);
    await page.waitForFunction(() => 'used' in globalThis, undefined, { timeout: 10_000 }).catch(() => assert.fail(errors.join('\n')));
    const used = await page.evaluate(async () => JSON.stringify(await /** @type {any} */ (globalThis).used));
    assert.deepEqual(JSON.parse(used), wanted);
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
}

test('Node', async () => {
  const folder = project('node');
  writeFileSync(join(folder, 'main.mjs'), `import { use } from './use.mjs';\nconsole.log(JSON.stringify(await use()));\n`);
  let printed = '';
  await runProgram(process.execPath, [join(folder, 'main.mjs')], { output: (chunk) => void (printed += chunk) });
  expected = JSON.parse(printed);
  assert.match(expected.markdown, /^# /m);
  assert.ok(expected.entails);
  assert.equal(expected.checked.label, 'supported');
  assert.equal(expected.stages.at(-1), 'reviewing');
});

test('Vite', async () => {
  const { build, createLogger } = await import('vite');
  const folder = project('vite');
  writeFileSync(join(folder, 'index.html'), pageWith('<script type="module" src="./main.js"></script>'));
  writeFileSync(join(folder, 'main.js'), MAIN);
  /** @type {string[]} */
  const warnings = [];
  const customLogger = Object.assign(createLogger('silent'), { warn: (/** @type {string} */ message) => warnings.push(message) });
  await build({ root: folder, configFile: false, customLogger });
  assert.deepEqual(warnings, []);
  await opens(join(folder, 'dist'));
});

test("Vite's development server, told to leave the package as it is", async () => {
  const { createServer } = await import('vite');
  const folder = project('vite-serve');
  writeFileSync(join(folder, 'index.html'), pageWith('<script type="module" src="./main.js"></script>'));
  writeFileSync(join(folder, 'main.js'), MAIN);
  const server = await createServer({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    optimizeDeps: { exclude: ['probatum'] },
    // The package lies beside the project here, not in it.
    server: { port: 0, host: 'localhost', fs: { allow: [work] } },
  });
  try {
    await server.listen();
    await opensAt(server.resolvedUrls?.local[0] ?? '');
  } finally {
    await server.close();
  }
});

/**
 * Bundles `main.js` of a project with webpack, without an error or a warning, and opens the page.
 * @param {string} folder
 * @param {unknown} [wanted] as that of {@link opens}
 */
async function opensByWebpack(folder, wanted) {
  const { default: webpack } = await import('webpack');
  const compiler = webpack({ mode: 'production', context: folder, entry: './main.js', performance: { hints: false }, output: { path: join(folder, 'dist'), filename: 'main.js' } });
  const stats = await new Promise((resolve, reject) => {
    compiler?.run((error, done) => compiler.close(() => (error ? reject(error) : resolve(done))));
  });
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  assert.deepEqual([errors, warnings], [[], []]);
  writeFileSync(join(folder, 'dist', 'index.html'), pageWith('<body><script src="main.js"></script>'));
  await opens(join(folder, 'dist'), wanted);
}

test('webpack 5', async () => {
  const folder = project('webpack');
  writeFileSync(join(folder, 'main.js'), MAIN);
  await opensByWebpack(folder);
});

test('esbuild, with the files of the package copied beside the bundle', async () => {
  const { build } = await import('esbuild');
  const folder = project('esbuild');
  writeFileSync(join(folder, 'main.js'), MAIN);
  const { warnings } = await build({ absWorkingDir: folder, entryPoints: ['main.js'], bundle: true, format: 'esm', outdir: 'dist' });
  assert.deepEqual(warnings, []);
  cpSync(join(installed, 'probatum'), join(folder, 'dist'), { recursive: true });
  writeFileSync(join(folder, 'dist', 'index.html'), pageWith('<script type="module" src="main.js"></script>'));
  await opens(join(folder, 'dist'));
});

/** What a page writes that uses the elements; it leaves the same verdict as `use.mjs`, and what the report's element shows. */
const elements = (/** @type {string} */ specifier) => `import '${specifier}';
const [check, report] = ['probatum-check', 'probatum-report'].map((name) => document.body.appendChild(document.createElement(name)));
check.claim = 'Naps improve memory.';
check.texts = ['Naps improved the memory of adults for words. They were 40.'];
report.report = {};
globalThis.used = check.check().then((checked) => ({ checked, report: report.shadowRoot.textContent }));
`;
const ofElements = () => ({ checked: expected.checked, report: NONE });

test('the elements, bundled by Vite', async () => {
  const { build } = await import('vite');
  const folder = project('vite-elements');
  writeFileSync(join(folder, 'index.html'), pageWith('<body><script type="module" src="./main.js"></script>'));
  writeFileSync(join(folder, 'main.js'), elements('probatum/elements'));
  await build({ root: folder, configFile: false, logLevel: 'silent' });
  await opens(join(folder, 'dist'), ofElements());
});

test('the elements, bundled by webpack', async () => {
  const folder = project('webpack-elements');
  writeFileSync(join(folder, 'main.js'), elements('probatum/elements'));
  await opensByWebpack(folder, ofElements());
});

test('the elements, without a bundler', async () => {
  const folder = staticFolder('static-elements');
  writeFileSync(join(folder, 'index.html'), pageWith(`<body><script type="module">${elements('./probatum/elements.mjs')}</script>`));
  await opens(folder, ofElements());
});

test('the elements, imported where there are none', async () => {
  const folder = project('node-elements');
  writeFileSync(join(folder, 'main.mjs'), `import { ProbatumCheck } from 'probatum/elements';\nconsole.log(typeof ProbatumCheck);\n`);
  let printed = '';
  await runProgram(process.execPath, [join(folder, 'main.mjs')], { output: (chunk) => void (printed += chunk) });
  assert.equal(printed.trim(), 'function');
});

/** A folder that any static host could serve: the package lies in it, and nothing was built. */
function staticFolder(/** @type {string} */ name) {
  const folder = project(name);
  cpSync(join(installed, 'probatum'), join(folder, 'probatum'), { recursive: true });
  return folder;
}
const IMPORT_MAP = '<script type="importmap">{ "imports": { "probatum": "./probatum/browser.mjs" } }</script>';

test('a script of the page, without a bundler', async () => {
  const folder = staticFolder('static');
  writeFileSync(join(folder, 'index.html'), pageWith(`${IMPORT_MAP}<script type="module">${MAIN}</script>`));
  await opens(folder);
});

test('a Web Worker', async () => {
  const { build } = await import('esbuild');
  const folder = staticFolder('worker');
  // Workers know no import maps: the bare name is written out, as a bundler would.
  writeFileSync(join(folder, 'worker.js'), `import { use } from './used.mjs';\nuse().then(postMessage);\n`);
  await build({
    absWorkingDir: folder,
    entryPoints: ['use.mjs'],
    outfile: 'used.mjs',
    bundle: true,
    format: 'esm',
    alias: { probatum: './probatum/browser.mjs' },
    external: ['./probatum/browser.mjs'],
  });
  const script = `const worker = new Worker('worker.js', { type: 'module' });
globalThis.used = new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = reject;
});`;
  writeFileSync(join(folder, 'index.html'), pageWith(`<script type="module">${script}</script>`));
  await opens(folder);
});

for (const [name, module, moduleResolution] of [
  ['a bundler', 'ESNext', 'bundler'],
  ['Node', 'NodeNext', 'NodeNext'],
]) {
  test(`the types, as ${name} resolves them`, async () => {
    const folder = project(`types-${moduleResolution}`);
    copyFileSync(join(HERE, 'types.ts'), join(folder, 'types.ts'));
    const compilerOptions = { module, moduleResolution, target: 'ES2022', lib: ['ES2022', 'DOM', 'DOM.Iterable', 'ESNext.Disposable'], strict: true, noEmit: true, types: [], exactOptionalPropertyTypes: true };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['types.ts'] }));
    let printed = '';
    await runProgram(join('node_modules', '.bin', 'tsc'), ['--project', folder], { output: (chunk) => void (printed += chunk) }).catch(() => assert.fail(printed));
  });
}
