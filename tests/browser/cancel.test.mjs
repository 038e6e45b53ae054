/** Cancelling: within a second, keeping what was found. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { RUN_MS, ask, downloaded, start } from '../support/browser.mjs';
import { NLI_QUESTION } from '../support/corpus.mjs';
import { noFixtures } from '../support/fixtures.mjs';
import { intercept } from '../support/intercept.mjs';
import { build, folder } from '../support/replay-build.mjs';

const { open } = await start();

before(() => {
  if (!noFixtures) build();
});

/**
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Locator} shown what the end of the run shows
 */
async function cancelAndTime(page, shown) {
  const started = performance.now();
  await page.locator('#cancel-button').click();
  await shown.waitFor({ timeout: 10_000 });
  return (performance.now() - started) / 1000;
}

test('while verifying: the report holds the papers and claims found until then', async () => {
  const { context, page } = await open();
  await page.locator('#demo-button').click();
  await page.locator('#found-claims li').first().waitFor({ timeout: RUN_MS });
  const seconds = await cancelAndTime(page, page.locator('#result-panel'));
  assert.ok(seconds < 1, `${seconds} s`);
  const report = JSON.parse(await downloaded(page, 'JSON'));
  const judged = report.claims.filter((/** @type {any} */ { verdict }) => verdict).length;
  assert.equal(report.cancelled, true);
  assert.ok(judged < report.claims.length, `${judged} of ${report.claims.length} judged`);
  assert.ok(report.references.length > 0);
  await context.close();
});

test('while a source does not answer: it ends at once, and the page can be asked again', { skip: noFixtures }, async () => {
  const { route } = intercept(folder('faults'));
  const { context, page } = await open({ route });
  for (const id of ['openalex', 'datacite', 'crossref', 'pubmed']) await page.locator(`#source-${id}`).uncheck();
  await ask(page, NLI_QUESTION);
  await page.locator('li[data-state=asking]').first().waitFor();
  const seconds = await cancelAndTime(page, page.locator('#run-button'));
  assert.ok(seconds < 1, `${seconds} s`);
  assert.equal(await page.locator('#question-text').isEnabled(), true);
  await context.close();
});
