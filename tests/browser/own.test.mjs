/** Papers of the reader's own beside the question: kept here, asked alone, removed; nothing of them leaves the page. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, downloaded, reportShown, start, violations } from '../support/browser.mjs';
import { QUESTION, SAID, paper } from '../support/pdf-question.mjs';

const { open, url } = await start();

const NAPS = { name: 'naps.pdf', mimeType: 'application/pdf', buffer: Buffer.from(paper()) };
const NOTES = { name: 'notes.xyz', mimeType: 'text/plain', buffer: Buffer.from('no paper') };

test('papers are added, kept over a reload, asked alone, and removed', async () => {
  const { context, page } = await open();
  /** @type {string[]} */
  const elsewhere = [];
  page.on('request', (request) => void (request.url().startsWith(new URL(url).origin) || request.url().startsWith('blob:') || elsewhere.push(request.url())));
  await page.locator('#own-files').setInputFiles([NAPS, NOTES]);
  await page.locator('#own-list li').waitFor();
  assert.match(await page.locator('#own-state').innerText(), /1 paper added\. 1 file left out/);
  await page.reload();
  await page.locator('#own-list li').waitFor();
  assert.match(await page.locator('#own-list').innerText(), /naps\.pdf/);
  await page.getByLabel('Ask these alone').check();
  assert.deepEqual(await violations(page), []);
  await ask(page, QUESTION);
  await reportShown(page);
  const report = JSON.parse(await downloaded(page, 'JSON'));
  assert.deepEqual(report.papers.map((/** @type {any} */ { id }) => id), ['yours:naps.pdf']);
  assert.equal(report.papers[0].finding.text, SAID);
  assert.deepEqual(elsewhere, [], 'nothing is sent anywhere');
  assert.doesNotMatch(page.url(), /yours|naps\.pdf/, 'the address can be sent to somebody without the papers');
  await page.locator('#own-ids').fill('https://doi.org/10.5555/tea, PMID 12345; nonsense');
  await page.locator('#own-ids').press('Enter');
  assert.equal(await page.locator('#own-list li').count(), 3);
  assert.equal(await page.locator('#own-ids').inputValue(), 'nonsense');
  assert.match(await page.locator('#own-state').innerText(), /2 works added\. What is left/);
  for (const id of ['https://doi.org/10.5555/tea', 'PMID:12345', 'naps.pdf']) await page.getByRole('button', { name: `Remove ${id}` }).click();
  await page.reload();
  await page.locator('#source-openalex').waitFor();
  assert.equal(await page.locator('#own-list li').count(), 0);
  await context.close();
});
