/** Chromium on the production build, served under a sub-path as any static host would. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { FLAGS, findChromium, howToInstall } from '../../scripts/chromium.mjs';
import { serve } from '../../scripts/serve.mjs';
import { DATE } from './command.mjs';

const BASE = '/some/where/';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** A whole run, model load included, on a slow machine. */
export const RUN_MS = 180_000;

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('playwright-core').BrowserContext} Context
 * @typedef {import('playwright-core').BrowserContextOptions & { route?: (context: Context) => Promise<void>, larger?: boolean }} PageOptions
 * `larger`: whether the page decides for itself about the larger model, which takes minutes; else the reader has said no
 */

/** Runs in the page before its own scripts: a choice that the test makes later stays. */
function leaveLargerModelOut() {
  const choice = 'probatum-larger-model';
  try {
    if (localStorage.getItem(choice) === null) localStorage.setItem(choice, 'no');
  } catch {
    // A page without storage, such as an empty one.
  }
}

/**
 * Starts the browser and the server for one file of tests; both end with it.
 * @param {{ folder?: string }} [options] `folder`: what is served, the page's build where not given
 */
export async function start({ folder } = {}) {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(howToInstall());
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  /** @type {string[]} paths asked of the server so far, whoever asked: page, worker or service worker */
  const asked = [];
  const server = await serve({ ...(folder && { folder }), base: BASE, port: 0, heard: (path) => asked.push(path) });
  after(async () => {
    await browser.close();
    server.close();
  });
  /**
   * An empty page in a fresh profile. No service worker unless asked for: it would answer in place of the tests' own
   * answers.
   * @param {PageOptions} [options]
   */
  const fresh = async ({ route, larger = false, ...options } = {}) => {
    const context = await browser.newContext({ serviceWorkers: 'block', acceptDownloads: true, ...options });
    if (!larger) await context.addInitScript(leaveLargerModelOut);
    await route?.(context);
    const page = await context.newPage();
    return { context, page, errors: errorsOf(page) };
  };
  return {
    browser,
    url: server.url,
    asked,
    stopServing: () => server.close(),
    /**
     * A fresh profile with a page of the folder open.
     * @param {string} path
     * @param {PageOptions} [options]
     */
    async visit(path, options) {
      const opened = await fresh(options);
      await opened.page.goto(server.url + path);
      return opened;
    },
    /**
     * A fresh profile with the page open and its clock at {@link DATE}.
     * @param {PageOptions} [options]
     */
    async open(options) {
      const opened = await fresh(options);
      const { page } = opened;
      await page.clock.setFixedTime(new Date(`${DATE}T12:00:00`));
      await page.goto(server.url);
      await page.locator('#source-openalex').waitFor();
      return opened;
    },
  };
}

/**
 * @param {Page} page
 * @returns {string[]} grows with every error on the console or uncaught in the page
 */
function errorsOf(page) {
  /** @type {string[]} */
  const errors = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  return errors;
}

/** @param {Page} page */
export async function runDemo(page) {
  await page.locator('#demo-button').click();
  await reportShown(page);
}

/**
 * @param {Page} page
 * @param {string} question
 */
export async function ask(page, question) {
  await page.locator('#question-text').fill(question);
  await page.locator('#run-button').click();
}

/** @param {Page} page */
export const reportShown = (page) => page.locator('#result-panel:not([data-old])').waitFor({ timeout: RUN_MS });

/**
 * @param {Page} page
 * @param {'JSON' | 'HTML' | 'Markdown'} form
 * @returns {Promise<string>} what a reader gets who downloads the report
 */
export async function downloaded(page, form) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: `Download ${form}` }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

/**
 * What axe finds, by the rules of WCAG 2.2 AA: that on the size of targets is off where nobody asks.
 * @param {Page} page
 * @param {string[]} [impacts] of which weight
 * @returns {Promise<string[]>}
 */
export async function violations(page, impacts = ['serious', 'critical']) {
  // Evaluated by the debugger: the page's own policy allows no foreign script, and stays in force.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run({ rules: { 'target-size': { enabled: true } } }));
  return violations
    .filter((/** @type {any} */ { impact }) => impacts.includes(impact))
    .map((/** @type {any} */ { id, nodes }) => `${id}: ${JSON.stringify(nodes.map((/** @type {any} */ n) => n.target))}`);
}

/**
 * Whether the page is wider than the window.
 * @param {Page} page
 */
export const isTooWide = (page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
