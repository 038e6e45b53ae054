/** The larger model in the page: after the first results, in parts that are fetched once, and only where it is wanted. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { runDemo, start } from '../support/browser.mjs';
import { writeDeepModel } from '../support/deep-model.mjs';

const { open, url } = await start();
const folder = mkdtempSync(join(tmpdir(), 'probatum-deep-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const parts = writeDeepModel(folder);
const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);

/** Stands for the site's own larger model, whether it ships one or not. */
class Site {
  /** @type {string[]} names of the model's files asked for, each once, however it was packed */
  asked = [];
  /** @type {boolean[]} whether the answer was shown when a part was asked for */
  answered = [];
  /** @type {string | undefined} a file that does not arrive */
  lost;

  /** @param {import('playwright-core').BrowserContext} context */
  route = async (context) => {
    await context.route(url, async (route) => {
      const response = await route.fetch();
      const page = (await response.text()).replace(/(larger-model-bytes"? content="?)\d+/, `$1${bytes}`);
      return route.fulfill({ response, body: page });
    });
    await context.route('**/models/probatum-nli-2/**', async (route) => {
      const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
      const file = name.replace(/\.gz$/, '');
      if (!this.asked.includes(file)) this.asked.push(file);
      if (/\.\d$/.test(file)) this.answered.push(await context.pages()[0].locator('#answer-panel, #result-panel').first().isVisible());
      if (file === this.lost) return route.abort('failed');
      const body = readFileSync(join(folder, file));
      return route.fulfill({ body: name === file ? body : gzipSync(body, { level: 1 }) });
    });
  };

  partsAsked = () => this.asked.filter((name) => /\.\d$/.test(name));
}

/**
 * @param {import('playwright-core').Page} page
 * @param {boolean} wanted
 */
async function want(page, wanted) {
  await page.locator('#settings-panel summary').click();
  await page.locator('#larger-model').setChecked(wanted);
}

test('a download that breaks off goes on where it was; the small answer stands meanwhile', async () => {
  const site = new Site();
  site.lost = parts[3].path;
  const { context, page } = await open({ route: site.route, larger: true });
  await want(page, true);
  assert.match((await page.locator('label[for=larger-model]').textContent()) ?? '', /larger model \(23 MB, once\)/);
  assert.deepEqual(site.asked, [], 'nothing before a question');
  await runDemo(page);
  assert.match((await page.locator('#progress-model').textContent()) ?? '', /Larger model: left out: .*model\.onnx\.3/);
  assert.deepEqual(site.partsAsked(), parts.slice(0, 4).map(({ path }) => path));
  assert.ok(site.answered.every(Boolean), 'no part before the first results');

  site.asked = [];
  site.lost = undefined;
  await page.reload();
  await page.locator('#source-openalex').waitFor();
  assert.equal(await page.locator('#larger-model').isChecked(), true, 'the choice is remembered');
  await runDemo(page);
  assert.deepEqual(site.partsAsked(), parts.slice(3).map(({ path }) => path), 'only what was missing');
  assert.match((await page.locator('#progress-stages').textContent()) ?? '', /Reread\d+ of \d+/);
  assert.match((await page.locator('#progress-model').textContent()) ?? '', /Larger model: ready/);

  site.asked = [];
  await page.reload();
  await page.locator('#source-openalex').waitFor();
  await runDemo(page);
  assert.deepEqual(site.partsAsked(), [], 'all of it is kept');
  await context.close();
});

test('whoever does not want it is asked for nothing, and stays so', async () => {
  const site = new Site();
  const { context, page } = await open({ route: site.route, larger: true });
  await want(page, false);
  await page.reload();
  await page.locator('#source-openalex').waitFor();
  assert.equal(await page.locator('#larger-model').isChecked(), false);
  await runDemo(page);
  assert.deepEqual(site.asked, []);
  assert.doesNotMatch((await page.locator('#progress-stages').textContent()) ?? '', /Reread/);
  await context.close();
});

test('a phone does not get it unasked', async () => {
  const userAgent = 'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';
  const site = new Site();
  const { context, page } = await open({ route: site.route, larger: true, userAgent });
  assert.equal(await page.locator('#larger-model').isChecked(), false);
  await context.close();
});

test('claims that are judged again are counted once', async () => {
  const site = new Site();
  const { context, page } = await open({ route: site.route, larger: true });
  await want(page, true);
  await runDemo(page);
  const claims = await page.locator('#found-claims > li').count();
  const tally = (await page.locator('#found-tally').textContent()) ?? '';
  const judged = [...tally.matchAll(/(\d+) (?!papers?|claims?)/g)].reduce((sum, [, number]) => sum + Number(number), 0);
  assert.ok(judged > 0 && judged <= claims, tally);
  await context.close();
});
