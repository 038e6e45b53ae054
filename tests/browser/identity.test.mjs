/** A reader's keys and e-mail address in the page: kept for the next visit, sent to those whom they are for, gone with one press. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ask, downloaded, reportShown, start, violations } from '../support/browser.mjs';
import { inFolder } from '../support/command.mjs';
import { intercept } from '../support/intercept.mjs';

const QUESTION = 'Do short naps improve memory in adults?';
const IDENTITY = { 'openalex-key': 'hush-openalex', 'semantic-scholar-key': 'hush-scholar', email: 'hush@example.org' };
const HUSH = /hush/;
const { open } = await start();

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page */
const openSettings = (page) => page.locator('#settings-panel').evaluate((panel) => panel.setAttribute('open', ''));

/** @param {Page} page */
const fields = (page) => Promise.all(Object.keys(IDENTITY).map((id) => page.locator(`#${id}`).inputValue()));

/**
 * Everything that the page keeps in databases and in the cache of answers, as text.
 * @param {Page} page
 */
const kept = (page) =>
  page.evaluate(async () => {
    const settled = (/** @type {IDBRequest} */ request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject }));
    /** @type {unknown[]} */
    const found = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(String(name)));
      for (const store of database.objectStoreNames) found.push(await settled(database.transaction(store).objectStore(store).getAll()));
      database.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const { url } of await cache.keys()) {
        const answer = await cache.match(url);
        // The model's own files are megabytes, and nobody's secret.
        const isText = Number(answer?.headers.get('content-length') ?? 0) < 1e6;
        found.push(url, name.includes('model') || !isText ? '' : await answer?.text());
      }
    }
    return JSON.stringify(found);
  });

/**
 * A network of one work, of which no source knows a full text.
 * @param {string} folder
 */
function writeReplay(folder) {
  const record = {
    id: 'https://openalex.org/W1',
    doi: 'https://doi.org/10.9999/naps',
    display_name: 'Short naps improve memory in adults',
    publication_year: 2020,
    abstract_inverted_index: { Short: [0], naps: [1], improved: [2], memory: [3], 'in': [4], 'adults.': [5] },
  };
  writeFileSync(join(folder, 'openalex.json'), JSON.stringify({ meta: { count: 1 }, results: [record] }));
  writeFileSync(join(folder, 'unpaywall.json'), JSON.stringify({ doi: '10.9999/naps', oa_locations: [] }));
  const rules = [{ match: 'https://api.openalex.org/', file: 'openalex.json' }, { match: 'https://api.unpaywall.org/', file: 'unpaywall.json' }];
  writeFileSync(join(folder, 'replay.json'), JSON.stringify({ rules }));
}

test('keys and address go to those whom they are for, and are in nothing that is shown, kept or linked', async () => {
  await inFolder(async (folder) => {
    writeReplay(folder);
    const { route, asked } = intercept(folder);
    const { context, page } = await open({ route });
    await openSettings(page);
    for (const [id, value] of Object.entries(IDENTITY)) await page.locator(`#${id}`).fill(value);
    assert.deepEqual(await violations(page), []);
    await ask(page, QUESTION);
    await reportShown(page);
    for (const url of asked) {
      const may = ['api.openalex.org', 'api.crossref.org', 'api.datacite.org', 'api.unpaywall.org'].includes(new URL(url).hostname);
      assert.equal(HUSH.test(url), may, url);
    }
    assert.ok(asked.some((url) => url === 'https://api.unpaywall.org/v2/10.9999/naps?email=hush%40example.org'), asked.join('\n'));
    assert.doesNotMatch(page.url(), HUSH);
    assert.doesNotMatch(await page.locator('body').innerText(), HUSH);
    for (const form of /** @type {const} */ (['JSON', 'HTML', 'Markdown'])) assert.doesNotMatch(await downloaded(page, form), HUSH, form);
    const everything = await kept(page);
    assert.match(everything, /Short naps improve memory/);
    assert.doesNotMatch(everything, HUSH);
    await context.close();
  });
});

test('they are there at the next visit, and one press forgets them', async () => {
  const { context, page } = await open();
  await openSettings(page);
  for (const [id, value] of Object.entries(IDENTITY)) await page.locator(`#${id}`).fill(value);
  await page.locator('#relay').focus();
  await page.reload();
  await openSettings(page);
  assert.deepEqual(await fields(page), Object.values(IDENTITY));
  await page.locator('#forget-identity').click();
  assert.deepEqual(await fields(page), ['', '', '']);
  assert.doesNotMatch(await page.evaluate(() => JSON.stringify(localStorage)), HUSH);
  await page.reload();
  assert.deepEqual(await fields(page), ['', '', '']);
  await context.close();
});

test('what cannot be one is named without being repeated, is not kept, and nothing is asked', async () => {
  await inFolder(async (folder) => {
    writeReplay(folder);
    const { route, asked } = intercept(folder);
    const { context, page } = await open({ route });
    await openSettings(page);
    await page.locator('#email').fill('hush');
    await ask(page, QUESTION);
    const problem = await page.locator('#email-problem').innerText();
    assert.match(problem, /^The e-mail address is /);
    assert.doesNotMatch(problem, HUSH);
    assert.deepEqual(asked, []);
    assert.doesNotMatch(await page.evaluate(() => JSON.stringify(localStorage)), HUSH);
    await context.close();
  });
});
