/** The page says what is so: limits while typing, languages it does not read, faults by their own remedy, targets to touch. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { RUN_MS, ask, isTooWide, reportShown, runDemo, start, violations } from '../support/browser.mjs';
import { NLI_QUESTION } from '../support/corpus.mjs';
import { noFixtures } from '../support/fixtures.mjs';
import { intercept } from '../support/intercept.mjs';
import { build, folder } from '../support/replay-build.mjs';

const { open } = await start();

before(() => {
  if (!noFixtures) build();
});

test('one limit for the length of a question, said while typing, and nothing is cut', async () => {
  const { context, page } = await open();
  const left = page.locator('#question-length');
  await page.locator('#question-text').fill('nap '.repeat(150));
  assert.equal(await left.isHidden(), true);
  await page.locator('#question-text').fill('nap '.repeat(225));
  assert.match((await left.textContent()) ?? '', /^101 characters left of 1,000/);
  await page.locator('#question-text').fill('nap '.repeat(300));
  assert.equal((await page.locator('#question-text').inputValue()).length, 1_200);
  await page.locator('#run-button').click();
  assert.match((await page.locator('#question-problem').textContent()) ?? '', /1,199 characters; ask it in at most 1,000/);
  assert.equal(await page.locator('#progress-panel').isHidden(), true);
  await context.close();
});

for (const question of ['Verringert Kaffee bei älteren Menschen das Risiko einer Demenz?', '咖啡能改善老年人的记忆力吗？', 'هل تحسن القهوة ذاكرة كبار السن؟']) {
  test(`a question in another language says so before anything is asked: ${question}`, async () => {
    /** @type {string[]} */
    const foreign = [];
    const route = async (/** @type {import('playwright-core').BrowserContext} */ context) =>
      void (await context.route(({ protocol }) => protocol === 'https:', (route) => {
        foreign.push(route.request().url());
        return route.abort('failed');
      }));
    const { context, page } = await open({ route, viewport: { width: 390, height: 844 } });
    await ask(page, question);
    await page.locator('#alert-box').getByText('not to be in English').waitFor({ timeout: RUN_MS });
    assert.deepEqual(foreign, []);
    assert.equal(await page.locator('#earlier-list li').count(), 0);
    assert.equal(await isTooWide(page), false);
    await context.close();
  });
}

test('offline, a source that cannot be asked says just that', async () => {
  const { context, page } = await open({ serviceWorkers: 'allow' });
  await page.locator('#offline-state[data-ready]').waitFor({ timeout: RUN_MS });
  await context.setOffline(true);
  await page.reload();
  await page.locator('#source-openalex').waitFor();
  await ask(page, NLI_QUESTION);
  await page.locator('#alert-box').getByText('This device is offline').waitFor({ timeout: RUN_MS });
  assert.match((await page.locator('li:has(#source-openalex)').textContent()) ?? '', /this device is offline.*Connect it/);
  assert.doesNotMatch((await page.locator('#source-list').textContent()) ?? '', /tomorrow|budget/);
  await context.close();
});

test('a fault of a server is told from a throttle, and what a source sent stands folded', { skip: noFixtures }, async () => {
  const { route } = intercept(folder('faults'));
  const { context, page } = await open({ route });
  await ask(page, NLI_QUESTION);
  await reportShown(page);
  const remedies = await page.locator('#source-list li[data-state=failed] .source-remedy').allTextContents();
  assert.ok(remedies.length >= 3);
  assert.equal(new Set(remedies).size, remedies.length, 'each its own');
  for (const line of await page.locator('#source-list li[data-state=failed] .source-state').all()) {
    const shown = await line.evaluate((node) => [...node.childNodes].filter(({ nodeName }) => nodeName === '#text').map(({ textContent }) => textContent).join(''));
    assert.doesNotMatch(shown, /[{<“]/, 'no raw answer in the line');
  }
  await context.close();
});

test('papers of a source show while others are still waited for', { skip: noFixtures }, async () => {
  const { route } = intercept(folder('faults'));
  const { context, page } = await open({ route });
  await ask(page, NLI_QUESTION);
  await page.locator('#found-papers li').first().waitFor({ timeout: RUN_MS });
  assert.equal(await page.locator('#papers-heading').textContent(), 'Papers found');
  assert.equal(await page.locator('#progress-stages li[data-state=now] .stage-name').textContent(), 'Search');
  await context.close();
});

test('cancelled before anything was judged, there is no score', async () => {
  const { context, page } = await open();
  await page.locator('#demo-button').click();
  await page.locator('#found-papers li').first().waitFor({ timeout: RUN_MS });
  await page.locator('#cancel-button').click();
  await reportShown(page);
  assert.match((await page.locator('#result-report .score').textContent()) ?? '', /^Not scored/);
  await context.close();
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`390 pixels wide with everything unfolded, every target can be touched, ${colorScheme}`, async () => {
    const { context, page } = await open({ colorScheme, viewport: { width: 390, height: 844 } });
    await runDemo(page);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    assert.deepEqual(await violations(page), []);
    assert.equal(await isTooWide(page), false);
    assert.doesNotMatch((await page.locator('#result-report').textContent()) ?? '', /\b0 of 0\b/);
    await context.close();
  });
}

test('a newer version says so until it is let in, after a reload too', async () => {
  const { context, page } = await open({ serviceWorkers: 'allow' });
  await page.locator('#offline-state[data-ready]').waitFor({ timeout: RUN_MS });
  // A script at another address for the same pages is another version.
  await page.evaluate(async () => void (await navigator.serviceWorker.register('./service-worker.js?newer', { scope: './' })));
  const notice = page.locator('#update-notice button');
  await notice.waitFor();
  await page.reload();
  await notice.waitFor();
  await page.locator('#offline-state[data-ready]').waitFor({ timeout: RUN_MS });
  assert.equal(await notice.isVisible(), true);
  await Promise.all([page.waitForEvent('load'), notice.click()]);
  await page.locator('#source-openalex').waitFor();
  await page.locator('#offline-state[data-ready]').waitFor({ timeout: RUN_MS });
  assert.equal(await notice.count(), 0);
  await context.close();
});
