/**
 * `npm run bench`: what the reader of the page waits for, in this machine's Chromium. Prints a table and keeps it.
 * With `-- --no-build` it measures what was built last.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from '../../scripts/build.mjs';
import { FLAGS, findChromium, howToInstall } from '../../scripts/chromium.mjs';
import { serve } from '../../scripts/serve.mjs';
import { ROOT, StepError, main, say } from '../../scripts/terminal.mjs';
import { today } from '../../pkg/defaults.mjs';

const RESULTS = join(ROOT, 'tests', 'bench', 'results');
const RUN_MS = 300_000;

/** @typedef {import('playwright-core').Browser} Browser */

/** Sizes of the module; brotli as a host would precompress it. */
function moduleSizes() {
  const bytes = readFileSync(join(ROOT, 'pkg', 'probatum_bg.wasm'));
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
  return { wasmMb: bytes.length / 1e6, wasmBrotliMb: brotli.length / 1e6 };
}

/**
 * One worker alone.
 * @param {Browser} browser
 * @returns {Promise<{ loadMs: number, pairsPerSecond: number, memoryMb: number }>}
 */
async function oneWorker(browser) {
  const { default: sirv } = await import('sirv');
  const files = sirv(ROOT, { dev: true });
  const server = createServer((request, response) => files(request, response));
  await new Promise((resolve) => server.listen(0, 'localhost', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const page = await browser.newPage();
  try {
    await page.goto(`http://localhost:${address.port}/pkg/package.json`);
    return await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const worker = new Worker('/tests/bench/worker.mjs', { type: 'module' });
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message }) => reject(new Error(message));
        }),
    );
  } finally {
    await page.close();
    server.close();
    server.closeAllConnections();
  }
}

/**
 * The demonstration in the page: the first run loads the model, the second has it.
 * @param {Browser} browser
 */
async function demoInPage(browser) {
  const server = await serve({ port: 0 });
  const page = await browser.newPage({ serviceWorkers: 'block' });
  try {
    await page.addInitScript(observe);
    await page.goto(server.url);
    await page.locator('#source-openalex').waitFor();
    const firstSeconds = await demo(page);
    const secondSeconds = await demo(page);
    const { verdicts, verifyMs, longestTaskMs } = await page.evaluate(() => /** @type {any} */ (globalThis).measured);
    return { firstSeconds, secondSeconds, verdictsPerSecond: (verdicts * 1000) / verifyMs, longestTaskMs };
  } finally {
    await page.close();
    server.close();
  }
}

/** Runs in the page before its own code: notes long tasks, and when verdicts arrive. */
function observe() {
  const measured = { verdicts: 0, verifyMs: 0, longestTaskMs: 0 };
  Object.assign(globalThis, { measured });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) measured.longestTaskMs = Math.max(measured.longestTaskMs, duration);
  }).observe({ type: 'longtask', buffered: true });
  let extractedAt = 0;
  const Native = globalThis.Worker;
  globalThis.Worker = class extends Native {
    /** @param {ConstructorParameters<typeof Native>} args */
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data }) => {
        const stage = data?.progress?.stage;
        // The last run counts: the model is loaded by then.
        if (stage === 'extracted') [extractedAt, measured.verdicts] = [performance.now(), 0];
        if (stage !== 'verifying') return;
        measured.verdicts += 1;
        measured.verifyMs = performance.now() - extractedAt;
      });
    }
  };
}

/**
 * @param {import('playwright-core').Page} page
 * @returns {Promise<number>} seconds from the button to the report
 */
async function demo(page) {
  const started = performance.now();
  await page.locator('#demo-button').click();
  await page.locator('#cancel-button').waitFor();
  await page.locator('#result-panel').waitFor({ timeout: RUN_MS });
  return (performance.now() - started) / 1000;
}

/**
 * @param {number} value
 * @param {number} digits
 */
const rounded = (value, digits) => Number(value.toFixed(digits));

await main(async () => {
  if (!process.argv.includes('--no-build')) await build();
  const executablePath = findChromium();
  if (!executablePath) throw new StepError(howToInstall());
  const { default: playwright } = await import('playwright-core');
  const browser = await playwright.chromium.launch({ executablePath, args: FLAGS });
  try {
    const [cpu] = cpus();
    const sizes = moduleSizes();
    const worker = await oneWorker(browser);
    const page = await demoInPage(browser);
    const figures = {
      'demo report, model not loaded (s)': rounded(page.firstSeconds, 2),
      'demo report, model loaded (s)': rounded(page.secondSeconds, 2),
      'verdicts per second in the demo': rounded(page.verdictsPerSecond, 1),
      'longest main-thread task (ms; 0: none of 50 or more)': rounded(page.longestTaskMs, 0),
      'model load in a worker (s)': rounded(worker.loadMs / 1000, 2),
      'pairs per second and worker': rounded(worker.pairsPerSecond, 1),
      'peak memory of a worker (MB)': rounded(worker.memoryMb, 0),
      'wasm (MB)': rounded(sizes.wasmMb, 2),
      'wasm, brotli 9 (MB)': rounded(sizes.wasmBrotliMb, 2),
    };
    const machine = {
      cpu: cpu?.model ?? 'unknown',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 1e9),
      browser: `Chromium ${browser.version()}`,
    };
    const date = today();
    for (const [name, value] of Object.entries(figures)) say(`${String(value).padStart(8)}  ${name}`);
    mkdirSync(RESULTS, { recursive: true });
    writeFileSync(join(RESULTS, `${date}.json`), `${JSON.stringify({ date, machine, figures }, null, 2)}\n`);
    say(`Kept in tests/bench/results/${date}.json`);
  } finally {
    await browser.close();
  }
});
