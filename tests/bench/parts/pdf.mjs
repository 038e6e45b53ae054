/** A reader's PDFs in the page: how long one takes, what the page does meanwhile, and what is held after many. */
import { existsSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { serve } from '../../../scripts/serve.mjs';
import { ROOT } from '../../../scripts/terminal.mjs';

/** A paper of 13 pages in two columns. */
const PDF = join(ROOT, '..', 'shared', 'fixtures', 'pdf', '2020.acl-main.207.pdf');
const PDFS = 50;
/** After so many the thread is started, and everything has been compiled. */
const WARM = 3;
const READ_MS = 120_000;
/** Time for the garbage to be collected. */
const REST_MS = 3_000;
const MOST_SECONDS = 3;
const MOST_TASK_MS = 50;
const MOST_GROWTH = 1.2;

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('../context.mjs').Part} */
export async function pdf(context) {
  if (!existsSync(PDF)) {
    context.skip('a PDF in the page', '../shared/fixtures/pdf is not here');
    return { data: {} };
  }
  const browser = await context.browser();
  const server = await serve({ port: 0 });
  const page = await browser.newPage({ serviceWorkers: 'block' });
  try {
    await page.addInitScript(observe);
    await page.goto(`${server.url}#check`);
    await page.locator('#check-text').waitFor();
    await page.locator('#source-openalex').waitFor({ state: 'attached' });
    await longestTask(page);
    const first = await add(page, 0);
    const seconds = [];
    let [warmMb, longestTaskMs] = [NaN, 0];
    for (let n = 1; n < PDFS; n += 1) {
      if (n === WARM) warmMb = await heldMb(page);
      // The garbage that was just collected for the measure is no task of the page.
      if (n === WARM) await longestTask(page);
      seconds.push(await add(page, n));
      longestTaskMs = Math.max(longestTaskMs, await longestTask(page));
    }
    const heldAfterMb = await heldMb(page);
    const data = {
      'first PDF of 13 pages, pdf.js not loaded (s)': first,
      'PDF of 13 pages (s)': seconds.toSorted((a, b) => a - b)[Math.floor(seconds.length / 2)],
      'slowest of the others (s)': Math.max(...seconds),
      'longest main-thread task (ms; 0: none of 50 or more)': Math.round(longestTaskMs),
      [`process of the page after ${WARM} PDFs (MB)`]: Math.round(warmMb),
      [`the same after ${PDFS} (MB)`]: Math.round(heldAfterMb),
      growth: heldAfterMb / warmMb,
      'load of the machine': loadavg()[0],
    };
    for (const [name, value] of Object.entries(data)) context.say(`${Number(value.toPrecision(3)).toString().padStart(8)}  ${name}`);
    if (first > MOST_SECONDS) context.say(`  the first takes more than ${MOST_SECONDS} s: LOSS`);
    if (longestTaskMs > MOST_TASK_MS) context.say(`  a task of the page takes more than ${MOST_TASK_MS} ms: LOSS`);
    if (heldAfterMb > MOST_GROWTH * warmMb) context.say(`  it grows to more than ${MOST_GROWTH} of what it was: LOSS`);
    return { data };
  } finally {
    await page.close();
    server.close();
  }
}

/** Runs in the page before its own code: notes long tasks. */
function observe() {
  Reflect.set(globalThis, 'longestTaskMs', 0);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      Reflect.set(globalThis, 'longestTaskMs', Math.max(duration, Number(Reflect.get(globalThis, 'longestTaskMs'))));
    }
  }).observe({ type: 'longtask', buffered: true });
}

/**
 * The longest task of the page, in milliseconds, since this was asked last.
 * @param {Page} page
 */
const longestTask = (page) =>
  page.evaluate(() => {
    const longest = Number(Reflect.get(globalThis, 'longestTaskMs'));
    Reflect.set(globalThis, 'longestTaskMs', 0);
    return longest;
  });

/**
 * Adds the PDF to the desk.
 * @param {Page} page
 * @param {number} n
 * @returns {Promise<number>} seconds until it is read and listed
 */
async function add(page, n) {
  await page.evaluate(() => {
    const list = document.getElementById('check-file-list');
    document.getElementById('check-files')?.addEventListener('change', () => Reflect.set(globalThis, 'begunAt', performance.now()), { once: true, capture: true });
    if (list) new MutationObserver((_, observer) => {
      Reflect.set(globalThis, 'listedAt', performance.now());
      observer.disconnect();
    }).observe(list, { childList: true });
  });
  // By path: what is handed over as bytes is decoded in the page, which would be measured too.
  await page.locator('#check-files').setInputFiles(PDF);
  const item = page.locator('#check-file-list li').nth(n);
  await item.waitFor({ timeout: READ_MS });
  const said = await item.innerText();
  if (said.includes('Not read')) throw new Error(said);
  return page.evaluate(() => (Number(Reflect.get(globalThis, 'listedAt')) - Number(Reflect.get(globalThis, 'begunAt'))) / 1000);
}

/**
 * What the process holds that runs the page and its workers, in MB, where the system tells.
 * @param {Page} page
 */
async function heldMb(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await page.waitForTimeout(REST_MS);
  await session.detach();
  const browser = page.context().browser();
  const about = await browser?.newBrowserCDPSession();
  const { processInfo } = (await about?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] };
  await about?.detach();
  const held = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentMb(id));
  return Math.max(...held);
}

/** @param {number} id of a process */
function residentMb(id) {
  const file = `/proc/${id}/status`;
  if (!existsSync(file)) return NaN;
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(file, 'utf8'))?.[1]) / 1000;
}
