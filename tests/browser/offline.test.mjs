/** After the first visit the page needs no network. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RUN_MS, runDemo, start } from '../support/browser.mjs';

const { asked, open, stopServing } = await start();

/** @param {import('playwright-core').Page} page */
const readyForOffline = (page) => page.locator('#offline-state[data-ready]').waitFor({ timeout: RUN_MS });

/** @param {RegExp} name */
const times = (name) => asked.filter((path) => name.test(path)).length;

test('a run started at once shares the one download of the model; the next visit needs none', async () => {
  const { context, page } = await open({ serviceWorkers: 'allow' });
  await runDemo(page);
  await readyForOffline(page);
  assert.equal(times(/model\.onnx(\.gz)?$/), 1);
  await page.reload();
  await readyForOffline(page);
  await runDemo(page);
  assert.equal(times(/model\.onnx(\.gz)?$/), 1);
  assert.equal(times(/tokenizer\.json$/), 1);
  await context.close();
});

test('reloaded with the server gone, it still answers the demonstration question', async () => {
  const { context, page, errors } = await open({ serviceWorkers: 'allow' });
  await readyForOffline(page);
  const modules = await page.evaluate(async () => {
    const urls = [];
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys()) urls.push(url);
    }
    return urls.filter((url) => new URL(url).pathname.endsWith('.wasm'));
  });
  assert.equal(modules.length, 1, `one build of the module is kept: ${modules.join()}`);
  stopServing();
  await page.reload();
  await page.locator('#source-openalex').waitFor();
  await runDemo(page);
  assert.deepEqual(errors, []);
  await context.close();
});
