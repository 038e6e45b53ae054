/**
 * The sources' real hostnames, intercepted: CORS as the real hosts have it, faults as they happen. The requests come
 * from a worker.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { ask, downloaded, reportShown, start } from '../support/browser.mjs';
import { inFolder, probatum, reported } from '../support/command.mjs';
import { FULL_TEXT_QUESTION, NLI_QUESTION } from '../support/corpus.mjs';
import { noFixtures } from '../support/fixtures.mjs';
import { intercept } from '../support/intercept.mjs';
import { QUESTION as PDF_QUESTION, SAID, paper, writeReplay } from '../support/pdf-question.mjs';
import { RELAY, build, folder } from '../support/replay-build.mjs';

const skip = noFixtures;
const { open, asked: served } = await start();

before(() => {
  if (!skip) build();
});

/**
 * @param {import('playwright-core').Page} page
 * @param {string} source
 */
const stateOf = (page, source) => page.locator(`li:has(#source-${source})`).getAttribute('data-state');

/**
 * @param {import('playwright-core').Page} page
 * @param {string} field
 * @param {string} value
 */
async function set(page, field, value) {
  await page.locator('#settings-panel').evaluate((panel) => panel.setAttribute('open', ''));
  await page.locator(`#${field}`).fill(value);
}

test('the question of the replaced report: the same bytes as the command', { skip }, async () => {
  const { route, asked } = intercept(folder('nli-question'));
  const { context, page } = await open({ route });
  await ask(page, NLI_QUESTION);
  await reportShown(page);
  const hosts = new Set(asked.map((url) => new URL(url).hostname));
  for (const host of ['api.openalex.org', 'api.semanticscholar.org', 'api.datacite.org', 'api.crossref.org', 'eutils.ncbi.nlm.nih.gov']) {
    assert.ok(hosts.has(host), `${host} was asked, and intercepted`);
  }
  const command = await reported([NLI_QUESTION, '--replay', folder('nli-question')]);
  assert.equal(await downloaded(page, 'JSON'), command.json);
  await context.close();
});

test('a PDF is read where a work has nothing better: the same bytes as the command, and pdf.js is loaded for it alone', async () => {
  await inFolder(async (folder) => {
    writeReplay(folder, paper());
    const { route } = intercept(folder);
    const { context, page } = await open({ route });
    const isPdfJs = (/** @type {string} */ path) => /\/pdf\.[^/]*\.js$/.test(path);
    const before = served.length;
    await page.locator('#source-semantic-scholar, #source-datacite, #source-crossref, #source-pubmed').evaluateAll((all) => all.forEach((box) => void (/** @type {HTMLInputElement} */ (box).checked && /** @type {HTMLElement} */ (box).click())));
    assert.equal(served.slice(before).some(isPdfJs), false);
    await ask(page, PDF_QUESTION);
    await reportShown(page);
    assert.equal(served.slice(before).filter(isPdfJs).length, 1);
    const json = await downloaded(page, 'JSON');
    assert.ok(json.includes(SAID));
    const command = await reported([PDF_QUESTION, '--replay', folder, '--source', 'openalex']);
    assert.equal(json, command.json);
    await context.close();
  });
});

test('full texts are read where arXiv has them: the same bytes as the command', { skip }, async () => {
  const { route, asked } = intercept(folder('full-text'));
  const { context, page } = await open({ route });
  await ask(page, FULL_TEXT_QUESTION);
  await reportShown(page);
  assert.ok(asked.some((url) => url.startsWith('https://arxiv.org/html/2004.14974')));
  const command = await reported([FULL_TEXT_QUESTION, '--replay', folder('full-text')]);
  assert.ok(command.report.flow.fullText > 0);
  assert.equal(await downloaded(page, 'JSON'), command.json);
  await context.close();
});

test("arXiv's query API cannot be read: its row says so, and the run goes on", { skip }, async () => {
  const { route, asked } = intercept(folder('nli-question'));
  const { context, page } = await open({ route });
  await page.locator('#source-arxiv').check();
  await set(page, 'max-claims', '2');
  await set(page, 'max-full-texts', '0');
  await ask(page, NLI_QUESTION);
  await reportShown(page);
  assert.ok(asked.some((url) => url.startsWith('https://export.arxiv.org/')));
  assert.equal(await stateOf(page, 'arxiv'), 'failed');
  assert.equal(await stateOf(page, 'datacite'), 'answered');
  assert.match((await page.locator('#result-report').textContent()) ?? '', /arXiv[^]*could not be asked/);
  await context.close();
});

test('faults: a throttled source is asked again, the dead ones are named, the report is made', { skip }, async () => {
  const { route } = intercept(folder('faults'));
  const { context, page } = await open({ route });
  await page.locator('#source-arxiv').check();
  await set(page, 'relay', RELAY);
  await set(page, 'max-claims', '2');
  await ask(page, NLI_QUESTION);
  await page.locator('li[data-state=throttled]:has(#source-datacite)').waitFor();
  await reportShown(page);
  assert.equal(await stateOf(page, 'datacite'), 'answered');
  for (const source of ['openalex', 'crossref', 'semantic-scholar', 'pubmed']) {
    assert.equal(await stateOf(page, source), 'failed', source);
  }
  const text = (await page.locator('#result-report').textContent()) ?? '';
  assert.ok((text.match(/could not be asked/g) ?? []).length >= 4);
  await context.close();
});

test('a reader goes on without a source that does not answer, and the report says so', { skip }, async () => {
  const { route } = intercept(folder('faults'));
  const { context, page } = await open({ route });
  for (const id of ['openalex', 'crossref', 'pubmed']) await page.locator(`#source-${id}`).uncheck();
  await set(page, 'max-claims', '2');
  await ask(page, NLI_QUESTION);
  await page.getByRole('button', { name: 'Go on without Semantic Scholar' }).click();
  await page.locator('li[data-state=left-out]:has(#source-semantic-scholar)').waitFor();
  assert.equal(await page.locator('#cancel-button').evaluate((button) => button === document.activeElement), true);
  await reportShown(page);
  const text = (await page.locator('#result-report').textContent()) ?? '';
  assert.match(text, /Semantic Scholar was left out by the reader/);
  assert.doesNotMatch(text, /Semantic Scholar could not be asked/);
  assert.equal(await page.locator('#source-semantic-scholar').isEnabled(), true);
  await context.close();
});

test('nothing can be asked: an error that never reads as "found nothing", and no report', { skip }, async () => {
  const { route } = intercept(folder('all-down'));
  const { context, page } = await open({ route });
  await ask(page, NLI_QUESTION);
  const alert = page.locator('#alert-box');
  await alert.getByText(/could be asked|could not be asked/).first().waitFor({ timeout: 120_000 });
  assert.doesNotMatch((await alert.textContent()) ?? '', /found nothing|no papers/i);
  assert.equal(await page.locator('#result-panel').isVisible(), false);
  assert.equal((await probatum([NLI_QUESTION, '--replay', folder('all-down')])).code, 3);
  await context.close();
});
