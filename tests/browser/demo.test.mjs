/** The demonstration in a real browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { downloaded, isTooWide, runDemo, start, violations } from '../support/browser.mjs';
import { reported } from '../support/command.mjs';

const { open } = await start();

test('from the button to the report: no console error, no request to anybody', async () => {
  /** @type {string[]} */
  const foreign = [];
  const route = async (/** @type {import('playwright-core').BrowserContext} */ context) =>
    void (await context.route(({ protocol }) => protocol === 'https:', (route) => {
      foreign.push(route.request().url());
      return route.abort('failed');
    }));
  const { context, page, errors } = await open({ route });
  await runDemo(page);
  const report = page.locator('#result-report');
  for (const heading of ['Abstract', 'Introduction', 'Methodology', 'Results', 'Limitations', 'Extracted Claims', 'References']) {
    assert.ok((await report.getByRole('heading', { name: heading }).count()) > 0, heading);
  }
  assert.match((await report.textContent()) ?? '', /written for/);
  assert.deepEqual(foreign, []);
  assert.deepEqual(errors, []);
  await context.close();
});

test('the downloads are, byte for byte, the reports of the command', async () => {
  const { context, page } = await open();
  await runDemo(page);
  const command = await reported(['--demo']);
  assert.equal(await downloaded(page, 'JSON'), command.json);
  assert.equal(await downloaded(page, 'HTML'), command.html);
  assert.equal(await downloaded(page, 'Markdown'), command.markdown);
  await context.close();
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`axe finds nothing serious, before and after a run, in the ${colorScheme} scheme`, async () => {
    const { context, page } = await open({ colorScheme });
    assert.deepEqual(await violations(page), []);
    await runDemo(page);
    assert.deepEqual(await violations(page), []);
    await context.close();
  });
}

test('390 pixels wide, nothing needs to be scrolled sideways', async () => {
  const { context, page } = await open({ viewport: { width: 390, height: 844 } });
  assert.equal(await isTooWide(page), false);
  await runDemo(page);
  assert.equal(await isTooWide(page), false);
  await context.close();
});

test('a host that does not know what a wasm file is serves a page that works', async () => {
  let served = 0;
  const route = async (/** @type {import('playwright-core').BrowserContext} */ context) =>
    void (await context.route(/\.wasm$/, async (route) => {
      served += 1;
      const response = await route.fetch();
      return route.fulfill({ response, headers: { ...response.headers(), 'content-type': 'application/octet-stream' } });
    }));
  const { context, page, errors } = await open({ route });
  await runDemo(page);
  assert.ok(served > 0, 'the module was served without its type');
  assert.deepEqual(errors, []);
  await context.close();
});
