/** What the reader of the page waits for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { serve } from '../../../scripts/serve.mjs';
import { ROOT } from '../../../scripts/terminal.mjs';
import { ourBuilds } from '../engines.mjs';

const RUN_MS = 300_000;

/** @typedef {import('playwright-core').Browser} Browser */

/** @type {import('../context.mjs').Part} */
export async function page(context) {
  const browser = await context.browser();
  const sizes = moduleSizes();
  const worker = await oneWorker(context);
  const demo = await demoInPage(browser);
  const figures = {
    'demo report, model not loaded (s)': rounded(demo.firstSeconds, 2),
    'demo report, model loaded (s)': rounded(demo.secondSeconds, 2),
    'verdicts per second in the demo': rounded(demo.verdictsPerSecond, 1),
    'longest main-thread task (ms; 0: none of 50 or more)': rounded(demo.longestTaskMs, 0),
    'model load in a worker (s)': rounded(worker.loadMs / 1000, 2),
    'pairs per second and worker': rounded(worker.pairsPerSecond, 1),
    'peak memory of a worker (MB)': rounded(worker.memoryMb, 0),
    'wasm (MB)': rounded(sizes.wasmMb, 2),
    'wasm, brotli 9 (MB)': rounded(sizes.wasmBrotliMb, 2),
  };
  for (const [name, value] of Object.entries(figures)) context.say(`${String(value).padStart(8)}  ${name}`);
  return { data: figures };
}

/** Sizes of the module; brotli as a host would precompress it. */
function moduleSizes() {
  const bytes = readFileSync(join(ROOT, 'pkg', 'probatum_bg.wasm'));
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
  return { wasmMb: bytes.length / 1e6, wasmBrotliMb: brotli.length / 1e6 };
}

/**
 * One worker alone.
 * @param {import('../context.mjs').Context} context
 * @returns {Promise<{ loadMs: number, pairsPerSecond: number, memoryMb: number }>}
 */
async function oneWorker(context) {
  const driver = await context.chromium();
  try {
    const [{ wasm }] = await ourBuilds(driver);
    const address = `/tests/bench/worker.mjs?${new URLSearchParams({ folder: '/bench/shipped', wasm })}`;
    return await driver.evaluate(`new Promise((resolve, reject) => {
      const worker = new Worker(${JSON.stringify(address)}, { type: 'module' });
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    })`);
  } finally {
    await driver.close();
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
        const stage = data?.told?.progress?.stage;
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
