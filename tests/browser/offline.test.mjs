/** After the first visit the page needs no network. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RUN_MS, runDemo, start } from '../support/browser.mjs';

const { open, stopServing } = await start();

test('reloaded with the server gone, it still answers the demonstration question', async () => {
  const { context, page, errors } = await open({ serviceWorkers: 'allow' });
  await page.locator('#offline-state[data-ready]').waitFor({ timeout: RUN_MS });
  stopServing();
  await page.reload();
  await page.locator('#source-openalex').waitFor();
  await runDemo(page);
  assert.deepEqual(errors, []);
  await context.close();
});
