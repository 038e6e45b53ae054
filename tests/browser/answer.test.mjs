/** The answer in a real browser: forming, filtered, asked again in other words. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { RUN_MS, ask, downloaded, isTooWide, reportShown, runDemo, start } from '../support/browser.mjs';
import { NLI_QUESTION } from '../support/corpus.mjs';
import { noFixtures } from '../support/fixtures.mjs';
import { intercept } from '../support/intercept.mjs';
import { build, folder } from '../support/replay-build.mjs';

const { open, url } = await start();

before(() => {
  if (!noFixtures) build();
});

test('the answer forms while it runs, and the report begins with it', async () => {
  const { context, page, errors } = await open();
  const title = await page.title();
  await page.locator('#demo-button').click();
  await page.locator('#answer-panel').waitFor({ timeout: RUN_MS });
  assert.match((await page.locator('#answer-asked').textContent()) ?? '', /asked\./);
  assert.match(await page.title(), /· Probatum$/);
  await page.locator('#found-papers .tag[data-stance]').first().waitFor();
  await reportShown(page);
  const { answer } = JSON.parse(await downloaded(page, 'JSON'));
  assert.equal(await page.locator('#result-report .answer-text').textContent(), answer.text);
  assert.equal(await page.locator('#answer-panel').isHidden(), true);
  assert.equal(await page.title(), title);
  assert.deepEqual(errors, []);
  await context.close();
});

test('the table is filtered by the meter and by words, and sorted, by keyboard alone', async () => {
  const { context, page } = await open();
  await runDemo(page);
  const rows = page.locator('.papers-table tbody tr:visible');
  const all = await rows.count();
  const { answer, papers } = JSON.parse(await downloaded(page, 'JSON'));
  await page.locator('.legend .filter[data-stance=yes]').focus();
  await page.keyboard.press('Enter');
  assert.equal(await rows.count(), answer.counts.yes);
  assert.ok(answer.counts.yes > 0 && (await rows.count()) < all);
  await page.getByRole('button', { name: 'Show all' }).press('Enter');
  assert.equal(await rows.count(), all);
  const word = papers[0].title.split(' ').at(-1);
  await page.getByLabel('Filter the papers').fill(word);
  assert.ok((await rows.count()) < all);
  await page.getByLabel('Filter the papers').fill('');
  await page.getByRole('button', { name: 'Year' }).press('Enter');
  assert.equal(await page.getByRole('columnheader', { name: 'Year' }).getAttribute('aria-sort'), 'ascending');
  const years = (await page.locator('.papers-table td[data-label=Year]').allTextContents()).map(Number);
  assert.deepEqual(years, years.toSorted((a, b) => a - b));
  await context.close();
});

test('390 pixels wide, a row is a card', async () => {
  const { context, page } = await open({ viewport: { width: 390, height: 844 } });
  await runDemo(page);
  const display = await page.locator('.papers-table tbody tr').first().evaluate((row) => getComputedStyle(row).display);
  assert.equal(display, 'flex');
  assert.equal(await isTooWide(page), false);
  await context.close();
});

test('a question in the address fills the box and starts nothing', async () => {
  const { context, page } = await open();
  await page.goto(`${url}?q=Do+naps+help%3F`);
  await page.locator('#source-openalex').waitFor();
  assert.equal(await page.locator('#question-text').inputValue(), 'Do naps help?');
  assert.equal(await page.locator('#progress-panel').isHidden(), true);
  await context.close();
});

test('other statements are judged without asking anybody again', { skip: noFixtures }, async () => {
  const { route, asked } = intercept(folder('nli-question'));
  const { context, page } = await open({ route });
  await ask(page, NLI_QUESTION);
  await reportShown(page);
  const before = asked.length;
  assert.ok(before > 0);
  await page.locator('.change').click();
  await page.locator('#proposition-1').fill('Synthetic data improves the accuracy of small language models.');
  await page.getByRole('button', { name: 'Add another statement' }).click();
  await page.locator('#proposition-2').fill('Data from ChatGPT-4 is better than data from ChatGPT-3.5-Turbo.');
  await page.getByRole('button', { name: 'Judge again' }).click();
  await page.locator('#result-panel[data-old]').waitFor();
  await reportShown(page);
  assert.equal(asked.length, before, 'nobody was asked');
  const report = JSON.parse(await downloaded(page, 'JSON'));
  assert.match(report.answer.proposition, /^Synthetic data improves/);
  assert.match(report.otherAnswers[0].proposition, /^Data from ChatGPT-4/);
  await context.close();
});
