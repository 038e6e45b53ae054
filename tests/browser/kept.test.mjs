/** Reports survive: a reload, a run that fails, one that is broken off; the reader opens and deletes them. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { RUN_MS, ask, reportShown, runDemo, start } from '../support/browser.mjs';
import { NLI_QUESTION } from '../support/corpus.mjs';
import { noFixtures } from '../support/fixtures.mjs';
import { intercept } from '../support/intercept.mjs';
import { build, folder } from '../support/replay-build.mjs';

const { open, url } = await start();

before(() => {
  if (!noFixtures) build();
});

/** @param {import('playwright-core').Page} page */
const earlier = (page) => page.locator('#earlier-list li');

/** @param {import('playwright-core').Page} page */
async function openEarlier(page) {
  await earlier(page).first().waitFor({ state: 'attached' });
  await page.locator('#earlier-panel details').evaluate((details) => details.setAttribute('open', ''));
}

test('a report stands after a reload and after a way back, is opened from the list, and is deleted', async () => {
  const { context, page, errors } = await open();
  await runDemo(page);
  const text = await page.locator('#result-report').textContent();
  await page.reload();
  await reportShown(page);
  assert.equal(await page.locator('#result-report').textContent(), text);
  await page.goto('about:blank');
  await page.goBack();
  await reportShown(page);
  await openEarlier(page);
  assert.equal(await earlier(page).count(), 1);
  await page.goto(`${url}#q=Do+trees+cool+streets%3F`);
  await page.reload();
  await openEarlier(page);
  assert.equal(await page.locator('#result-panel').isVisible(), false, 'the address asks something else');
  await page.locator('#earlier-list .example').click();
  await reportShown(page);
  assert.equal(await page.locator('#result-report').textContent(), text);
  await page.getByRole('button', { name: /^Delete: / }).click();
  await page.locator('#earlier-panel').waitFor({ state: 'hidden' });
  assert.deepEqual(errors, []);
  await context.close();
});

test('a link followed in the open page fills the form, and the doors keep what was typed', async () => {
  const { context, page, errors } = await open();
  const question = page.locator('#question-text');
  const follow = (/** @type {string} */ hash) => page.evaluate((to) => (location.hash = to), hash);
  await page.locator('#source-list input').first().waitFor({ state: 'attached' });
  const ticked = await page.locator('#source-list input:checked').count();
  await follow('#q=Do+naps+help%3F&claims=7&papers=0009');
  await page.waitForFunction(() => /** @type {HTMLTextAreaElement} */ (document.getElementById('question-text')).value === 'Do naps help?');
  assert.deepEqual([await page.locator('#max-claims').inputValue(), await page.locator('#max-papers').inputValue()], ['7', '9']);
  await question.fill('Do naps harm?');
  await page.locator('#check-link').click();
  await page.locator('#ask-link').click();
  assert.equal(await question.inputValue(), 'Do naps harm?');
  await follow('#q=%3Cimg src=x onerror=alert(1)%3E%FF&sources=nonsense,%22&papers=99999');
  await page.waitForFunction(() => /** @type {HTMLTextAreaElement} */ (document.getElementById('question-text')).value.startsWith('<img'));
  assert.equal(await page.locator('#source-list input:checked').count(), ticked, 'sources that nobody knows are passed over');
  assert.equal(await page.locator('#max-claims').inputValue(), '24', 'what a link leaves out is as usual');
  assert.deepEqual(errors, []);
  await context.close();
});

test('a run broken off by a reload says what it had', async () => {
  const { context, page } = await open();
  await page.locator('#demo-button').click();
  await page.locator('#found-claims li').first().waitFor({ timeout: RUN_MS });
  const papers = await page.locator('#found-papers li').count();
  await page.reload();
  await page.getByText('This run was broken off before its report.').waitFor();
  assert.equal(await page.locator('#found-papers li').count(), papers);
  assert.ok((await page.locator('#found-claims li').count()) > 0);
  assert.notEqual(await page.locator('#question-text').inputValue(), '');
  await openEarlier(page);
  assert.match((await earlier(page).textContent()) ?? '', /broken off/);
  await context.close();
});

test('while the next run goes on the report stands, and one that fails takes nothing away', { skip: noFixtures }, async () => {
  const { route } = intercept(folder('all-down'));
  const { context, page } = await open({ route });
  await runDemo(page);
  const text = await page.locator('#result-report').textContent();
  await ask(page, NLI_QUESTION);
  await page.locator('#result-panel[data-old]').waitFor();
  assert.equal(await page.locator('#result-report').textContent(), text);
  const alert = page.locator('#alert-box');
  await alert.getByText('No source could be asked').waitFor({ timeout: RUN_MS });
  assert.equal(await page.locator('#result-report').textContent(), text);
  assert.equal(await page.locator('#result-panel[data-old]').count(), 0);
  assert.equal(await alert.locator('details[open]').count(), 0, 'what each source sent is folded');
  await page.waitForFunction(() => document.querySelectorAll('#earlier-list li').length === 1);
  await openEarlier(page);
  assert.equal(await earlier(page).count(), 1, 'a run that found nothing leaves nothing');
  await context.close();
});

test('the address carries the question and its settings, and never an address that may hold a key', { skip: noFixtures }, async () => {
  const { route } = intercept(folder('all-down'));
  const { context, page } = await open({ route });
  await page.locator('#settings-panel').evaluate((panel) => panel.setAttribute('open', ''));
  await page.locator('#max-claims').fill('7');
  await page.locator('#relay').fill('https://relay.invalid/?key=secret&url=');
  await page.locator('#source-crossref').uncheck();
  await ask(page, NLI_QUESTION);
  await page.locator('#alert-box .alert').waitFor({ timeout: RUN_MS });
  const address = page.url();
  assert.doesNotMatch(decodeURIComponent(address), /secret|relay/);
  const other = await context.newPage();
  await other.goto(address);
  await other.locator('#source-openalex').waitFor();
  assert.equal(await other.locator('#question-text').inputValue(), NLI_QUESTION);
  assert.equal(await other.locator('#max-claims').inputValue(), '7');
  assert.equal(await other.locator('#source-crossref').isChecked(), false);
  assert.equal(await other.locator('#source-openalex').isChecked(), true);
  await context.close();
});
