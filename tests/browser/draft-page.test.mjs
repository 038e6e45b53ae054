/** The page that `probatum check --html` writes: read without a script, in both colour schemes, wide and narrow. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isTooWide, start, violations } from '../support/browser.mjs';
import { probatum } from '../support/command.mjs';
import { ROOT } from '../support/fixtures.mjs';

const folder = mkdtempSync(join(tmpdir(), 'probatum-draft-page-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const example = (/** @type {string} */ name) => join(ROOT, 'www', 'example', name);
const { visit, asked } = await start({ folder });

before(async () => {
  const { code, err } = await probatum(['check', example('draft.md'), '--bib', example('references.bib'), '--papers', example(''), '--workers', '1', '--html', join(folder, 'checked.html')]);
  assert.equal(code, 0, err);
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const [width, height] of [[390, 844], [1280, 900]]) {
    test(`no barrier that axe knows, ${colorScheme}, ${width} px wide`, async () => {
      const { context, page, errors } = await visit('checked.html', { colorScheme, viewport: { width, height } });
      assert.equal(await page.locator('section.card').count(), 10);
      await page.locator('.works summary').click();
      assert.deepEqual(await violations(page, ['minor', 'moderate', 'serious', 'critical']), []);
      assert.equal(await isTooWide(page), false);
      const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      assert.equal(background, colorScheme === 'light' ? 'rgb(251, 250, 247)' : 'rgb(20, 23, 26)', 'its own policy lets its style in');
      assert.deepEqual(errors, []);
      await context.close();
    });
  }
}

test('a sentence leads to what is said of it and back, and nothing else is asked of anybody', async () => {
  const { context, page } = await visit('checked.html', { javaScriptEnabled: false });
  const card = page.locator('#card-2');
  assert.match(await card.innerText(), /Partly[^]*No cited text has “46”/);
  await page.locator('#sentence-2').click();
  assert.match(page.url(), /#card-2$/);
  await card.getByText('Back to the sentence').click();
  assert.match(page.url(), /#sentence-2$/);
  assert.deepEqual([...new Set(asked)].filter((path) => !path.endsWith('checked.html') && !path.endsWith('favicon.ico')), []);
  await context.close();
});
