/** The strictness of verdicts: moved by keyboard, followed by labels, counts, lists and downloads without an inference. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { downloaded, isTooWide, reportShown, runDemo, start, violations } from '../support/browser.mjs';

const { open } = await start();

/** @param {Record<string, number>} verdicts */
const firm = (verdicts) => verdicts.supported + verdicts.refuted;

for (const [colorScheme, width] of /** @type {const} */ ([['light', 1280], ['dark', 390]])) {
  test(`the whole report follows, ${colorScheme} and ${width} pixels wide`, async () => {
    const { context, page, errors } = await open({ colorScheme, viewport: { width, height: 844 } });
    await runDemo(page);
    const strict = JSON.parse(await downloaded(page, 'JSON'));
    const before = await page.locator('#result-report').textContent();
    const slider = page.locator('#strictness-range');
    await page.locator('#strictness-jump').press('Enter');
    await slider.press('End');
    await page.locator('#result-report').getByText('The reader chose the strictness').waitFor();
    const lenient = JSON.parse(await downloaded(page, 'JSON'));
    assert.deepEqual([lenient.verdicts.leansSupported, lenient.verdicts.leansRefuted], [0, 0]);
    assert.equal(firm(lenient.verdicts), firm(strict.verdicts) + strict.verdicts.leansSupported + strict.verdicts.leansRefuted);
    const chips = page.locator('#result-report .claim > header .chip');
    assert.equal(await chips.getByText('supported', { exact: true }).count(), lenient.verdicts.supported);
    assert.match((await page.locator('#strictness-counts').textContent()) ?? '', new RegExp(`${lenient.verdicts.supported} supported`));
    assert.match((await slider.getAttribute('aria-valuetext')) ?? '', /of 100 wrong/);
    assert.match(await downloaded(page, 'Markdown'), /The reader chose the strictness/);
    assert.match(await downloaded(page, 'HTML'), /The reader chose the strictness/);
    assert.equal(await isTooWide(page), false);
    assert.deepEqual(await violations(page), []);

    await page.reload();
    await reportShown(page);
    assert.equal(await slider.inputValue(), '20', 'kept as it was left');
    await slider.press('Home');
    await page.locator('#result-report').getByText('The reader chose the strictness').waitFor({ state: 'detached' });
    assert.equal(await page.locator('#result-report').textContent(), before, 'and back');
    assert.deepEqual(errors, []);
    await context.close();
  });
}
