/** The elements on the example page, served as it lies in the repository: with the model that ships, and by every kind of hand. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { RUN_MS, isTooWide, start, violations } from '../support/browser.mjs';
import { ROOT } from '../support/fixtures.mjs';
import { assertSchema } from '../support/report.mjs';

const EXAMPLE = 'examples/elements/index.html';
const { visit, asked } = await start({ folder: ROOT });
const exampleReport = () => JSON.parse(readFileSync(join(ROOT, 'examples', 'elements', 'report.json'), 'utf8'));

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('../../pkg/elements.mjs').ProbatumCheck} ProbatumCheck
 * @typedef {import('../../pkg/elements.mjs').ProbatumReport} ProbatumReport
 */

/** @param {Page} page */
const checkButton = (page) => page.getByRole('button', { name: 'Check', exact: true });
/** @param {Page} page */
const verdict = (page) => page.locator('probatum-check #verdict');

/**
 * Fills in the element and presses its button.
 * @param {Page} page
 * @param {string} claim
 * @param {(string | import('../../pkg/probatum.js').GivenText)[]} texts
 * @returns {Promise<import('../../pkg/probatum.js').Checked>} what the event said
 */
async function check(page, claim, texts) {
  const told = page.locator('probatum-check').evaluate((element, given) => {
    Object.assign(element, given);
    return new Promise((resolve) => document.addEventListener('checked', (event) => resolve(/** @type {CustomEvent} */ (event).detail), { once: true }));
  }, { claim, texts });
  await checkButton(page).click();
  const checked = await told;
  await verdict(page).waitFor({ timeout: RUN_MS });
  return /** @type {import('../../pkg/probatum.js').Checked} */ (checked);
}

/**
 * Shows an object, or a file's text, in the report's element.
 * @param {Page} page
 * @param {{ report?: unknown, file?: string, status?: number }} given
 */
async function showReport(page, { report, file, status = 200 }) {
  if (file !== undefined) await page.route('**/given.json', (route) => route.fulfill({ status, body: file, contentType: 'application/json' }));
  await page.locator('probatum-report').evaluate((element, report) => {
    if (report === undefined) element.setAttribute('src', 'given.json');
    else Object.assign(element, { report });
  }, report);
}

test('a check says what it comes to, and marks the very characters that decide in the texts as given', async () => {
  const { context, page, errors } = await visit(EXAMPLE);
  assert.ok(!asked.some((path) => path.endsWith('.onnx')), 'the model waits for its first use');
  const texts = [
    '🛌🏽  Forty adults learned words .\n\n\tA short nap improved   memory for words: those who had slept recalled more of them. They were 40.',
    { id: 'evening', title: 'The evening <b>study</b>', text: 'We looked at coﬃee first. A short nap did not improve memory for words. That was all.' },
  ];
  const checked = await check(page, 'A short nap improves memory for words.', texts);
  const sentences = [...checked.for.map((s) => ({ ...s, side: 'for' })), ...checked.against.map((s) => ({ ...s, side: 'against' }))];
  assert.deepEqual(sentences.map(({ text, side }) => [text, side]).sort(), [['0', 'for'], ['evening', 'against']]);
  const plain = texts.map((text) => (typeof text === 'string' ? text : text.text));
  for (const { text, start, end, side } of sentences) {
    const at = text === '0' ? 0 : 1;
    const mark = page.locator(`probatum-check .given >> nth=${at} >> mark.${side}`);
    assert.equal(await mark.evaluate((mark) => mark.textContent), plain[at].slice(start, end));
    assert.match(plain[at].slice(start, end), /^A short nap/);
    assert.match(await mark.evaluate((mark) => getComputedStyle(mark, '::before').content), new RegExp(side), 'said in words too');
  }
  assert.deepEqual(await page.locator('probatum-check .given').evaluateAll((all) => all.map((given) => given.textContent)), plain);
  assert.match(await verdict(page).innerText(), /(Leans to|Contested|Supported|Refuted).*probability [\d.>]+/s);
  assert.equal(await page.locator('probatum-check [part=reason]').textContent(), checked.reason);
  await page.getByText('Text 2: The evening <b>study</b>').first().waitFor();

  const undecided = await check(page, 'Octopuses dream in colour.', ['A short nap improved memory for words.']);
  assert.ok(['not-enough-info', 'untested'].includes(undecided.label));
  assert.doesNotMatch(await verdict(page).innerText(), /probability/, 'a number beside these words misleads');
  assert.equal(asked.filter((path) => path.endsWith('.onnx')).length, 1, 'the model is loaded once');
  assert.deepEqual(errors, []);
  await context.close();
});

test('by keyboard alone: texts are added and removed, a claim is checked, and the sentences lead to their places', async () => {
  const { context, page, errors } = await visit(EXAMPLE);
  const focused = () => page.evaluate(() => {
    const element = document.activeElement?.shadowRoot?.activeElement;
    return element?.getAttribute('aria-label') ?? element?.id ?? '';
  });
  const focusedText = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? '');
  await page.locator('probatum-check').evaluate((element) => Object.assign(element, { claim: '', texts: [] }));
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'claim');
  await page.keyboard.type('Naps improve memory.');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Naps improved the memory of adults.');
  await page.keyboard.press('Tab');
  assert.equal(await focusedText(), 'Add a text');
  await page.keyboard.press('Enter');
  await page.keyboard.type('to be removed');
  await page.keyboard.press('Shift+Tab');
  assert.equal(await focused(), 'Remove Text 2');
  await page.keyboard.press('Space');
  assert.match(await focused(), /^text-/, 'the focus stays in the list');
  assert.deepEqual(await page.locator('probatum-check').evaluate((element) => /** @type {ProbatumCheck} */ (element).texts), [{ text: 'Naps improved the memory of adults.' }]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await focusedText(), 'Check');
  await page.keyboard.press('Enter');
  await verdict(page).waitFor({ timeout: RUN_MS });
  assert.equal(await focused(), 'verdict', 'a reader who pressed the button is led on');
  assert.match(await page.locator('probatum-check [role=status]').innerText(), /^Checked: /);
  await page.keyboard.press('Tab');
  assert.equal(await focusedText(), 'Naps improved the memory of adults.');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.localName), 'mark');
  assert.deepEqual(errors, []);
  await context.close();
});

test('the loading of the model shows its bytes and can be cancelled, and the next check loads it anew', async () => {
  const { context, page } = await visit(EXAMPLE);
  await page.locator('probatum-check').evaluate((element) => {
    const bytes = element.shadowRoot?.querySelector('[part=bytes]');
    const seen = Object.assign(globalThis, { seen: /** @type {string[]} */ ([]) }).seen;
    if (bytes) new MutationObserver(() => seen.push(bytes.textContent ?? '')).observe(bytes, { childList: true });
  });
  let held = true;
  await page.route('**/model.onnx', async (route) => {
    if (!held) await route.continue();
  });
  await checkButton(page).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Cancelled.').waitFor();
  assert.equal(await checkButton(page).evaluate((button) => button === /** @type {ShadowRoot} */ (button.getRootNode()).activeElement), true);
  assert.equal(await page.getByRole('button', { name: 'Cancel' }).count(), 0);
  held = false;
  await checkButton(page).click();
  await verdict(page).waitFor({ timeout: RUN_MS });
  const seen = await page.evaluate(() => /** @type {any} */ (globalThis).seen);
  assert.match(seen.at(-1), /^23\.\d MB of 23\.\d MB$/);
  await context.close();
});

test('two elements share one toolkit, and one that is taken from the page ends its check', async () => {
  const { context, page, errors } = await visit(EXAMPLE);
  const before = asked.length;
  const [kept, removed] = await page.locator('probatum-check').evaluate(async (element) => {
    const given = { claim: 'Naps improve memory.', texts: ['Naps improved the memory of adults.'] };
    const [first, second] = /** @type {ProbatumCheck[]} */ ([element, document.createElement('probatum-check')]);
    for (const check of [first, second]) Object.assign(check, given);
    document.body.append(second);
    const both = Promise.all([first.check(), second.check()]);
    second.remove();
    return both;
  });
  assert.ok(kept);
  assert.equal(removed, undefined);
  assert.equal(asked.slice(before).filter((path) => path.endsWith('.onnx')).length, 1);
  assert.deepEqual(errors, []);
  await context.close();
});

test('what is missing or wrong is said in plain words, at its place', async () => {
  const { context, page } = await visit(EXAMPLE);
  const alert = page.locator('probatum-check [role=alert]');
  const element = page.locator('probatum-check');
  await element.evaluate((element) => Object.assign(element, { claim: ' ', texts: ['A text.'] }));
  await checkButton(page).click();
  assert.match(await alert.innerText(), /^Write the claim first/);
  assert.equal(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.id), 'claim');
  await element.evaluate((element) => Object.assign(element, { claim: 'Naps improve memory.', texts: [' '] }));
  await checkButton(page).click();
  assert.match(await alert.innerText(), /^Paste at least one text/);
  await element.evaluate((element) => Object.assign(element, { texts: [{ id: '1', text: 'A text.' }, 'Another.'] }));
  await checkButton(page).click();
  assert.match(await alert.innerText(), /^Two of the texts have the id “1”/);
  await element.evaluate((element) => Object.assign(element, { claim: '…', texts: ['A text.'] }));
  await checkButton(page).click();
  await alert.getByText('This cannot be checked: the claim has no word.').waitFor({ timeout: RUN_MS });
  await element.evaluate((element) => {
    element.setAttribute('model-url', 'nowhere/');
    Object.assign(element, { claim: 'Naps improve memory.' });
  });
  await checkButton(page).click();
  await alert.getByText(/^The model could not be loaded\. Check the connection.*404/).waitFor({ timeout: RUN_MS });
  await element.evaluate((element) => {
    element.removeAttribute('model-url');
    element.setAttribute('wasm-url', 'nowhere/');
  });
  await checkButton(page).click();
  await alert.getByText(/^The check could not be started in this browser\. Reload.*404/).waitFor({ timeout: RUN_MS });
  assert.equal(await verdict(page).isVisible(), false);
  await context.close();
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`axe finds nothing in ${colorScheme} colours, with a verdict and a report there`, async () => {
    const { context, page, errors } = await visit(EXAMPLE, { colorScheme });
    const claim = 'A short nap improves memory for words.';
    await check(page, claim, ['A short nap improved memory for words.', 'A short nap did not improve memory for words.']);
    await page.locator('probatum-report #references').waitFor();
    await page.locator('probatum-report').evaluate((element) => {
      for (const details of element.shadowRoot?.querySelectorAll('details') ?? []) details.open = true;
    });
    assert.deepEqual(await violations(page, ['minor', 'moderate', 'serious', 'critical']), []);
    assert.deepEqual(errors, []);
    await context.close();
  });
}

test('on a phone nothing scrolls sideways', async () => {
  const { context, page } = await visit(EXAMPLE, { viewport: { width: 360, height: 740 }, hasTouch: true });
  await check(page, 'A short nap improves memory for words.', [`A short nap improved memory for words. ${'unbroken'.repeat(40)}`]);
  await page.locator('probatum-report #references').waitFor();
  assert.equal(await isTooWide(page), false);
  const inside = await page.locator('probatum-check, probatum-report').evaluateAll((elements) => elements.map(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth));
  assert.deepEqual(inside, [true, true]);
  await context.close();
});

test('the report of the example is one by its schema, and is shown with the answer first', async () => {
  const report = exampleReport();
  assertSchema(report);
  const before = asked.length;
  const { context, page, errors } = await visit(EXAMPLE);
  const element = page.locator('probatum-report');
  await element.locator('#references').waitFor();
  assert.ok(!asked.slice(before).some((path) => /\.wasm$|browser\.mjs$/.test(path)), 'it needs neither module nor model');
  const text = await element.locator('article').first().innerText();
  const places = [report.title, report.answer.text, report.answer.findings[0].text, 'Papers, the most direct first', '\nClaims\n', '\nReferences\n'].map((words) => text.indexOf(words));
  assert.deepEqual(places, places.toSorted((a, b) => a - b));
  assert.ok(places[0] >= 0);
  assert.equal(await element.locator('.cards tbody tr').count(), report.papers.length);
  assert.equal(await element.locator('.claim').count(), report.claims.length);
  assert.equal(await element.locator('ol > li').count(), report.references.length);
  const [evidence] = report.claims.flatMap((/** @type {any} */ { verdict }) => [...verdict.evidenceFor, ...verdict.evidenceAgainst]);
  assert.equal(await element.locator('details[open] mark').first().textContent(), evidence.quote);
  assert.equal(await element.locator('details[open] blockquote').first().textContent(), evidence.passage);
  await element.getByRole('button', { name: 'Reference 2' }).first().click();
  assert.equal(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('value')), '2');
  assert.deepEqual(errors, []);
  await context.close();
});

test('nothing of a hostile report is executed, linked or loaded', async () => {
  const report = exampleReport();
  const markup = '<img src=x onerror="globalThis.pwned = 1"><script>globalThis.pwned = 1</script>';
  const address = 'javascript:globalThis.pwned=1';
  report.title = markup;
  report.answer.text = markup;
  report.references[0].title = `${markup}\u202Edrow`;
  report.references.forEach((/** @type {any} */ reference) => (reference.url = address));
  report.references[1].url = 'https://example.org/paper';
  report.references[2].doi = '10.1000/"onclick="globalThis.pwned=1';
  report.places = report.claims.map((/** @type {any} */ { claim }) => ({ at: claim.at, url: 'data:text/html,<script>1</script>' }));
  report.excluded[0].url = 'vbscript:1';
  report.claims[0].claim.id = 'c1" onclick="globalThis.pwned=1';
  report.claims[0].claim.section = markup;
  report.claims[0].verdict.label = 'constructor';
  report.papers[0].stance = '__proto__';
  report.papers[0].reading = 'toString';
  const { context, page, errors } = await visit(EXAMPLE);
  const before = asked.length;
  await showReport(page, { report });
  await page.locator('probatum-report h2', { hasText: '<img src=x' }).waitFor();
  const found = await page.locator('probatum-report').evaluate((element) => {
    const root = /** @type {ShadowRoot} */ (element.shadowRoot);
    const links = [...root.querySelectorAll('a')];
    return {
      loaded: root.querySelectorAll('img, script, iframe, object, embed, link, form').length,
      handlers: [...root.querySelectorAll('*')].filter((one) => [...one.attributes].some(({ name }) => name.startsWith('on'))).length,
      hrefs: links.map(({ href }) => href),
      rels: [...new Set(links.map(({ rel }) => rel))],
      text: root.textContent ?? '',
      pwned: 'pwned' in globalThis,
    };
  });
  assert.deepEqual([found.loaded, found.handlers, found.pwned], [0, 0, false]);
  assert.ok(found.hrefs.includes('https://example.org/paper'));
  assert.deepEqual(found.hrefs.filter((href) => !/^https:\/\/(example\.org|doi\.org)\//.test(href)), []);
  assert.deepEqual(found.rels, ['noopener noreferrer']);
  assert.match(found.text, /\[U\+202E\]drow/, 'text that would turn its direction is shown as it is');
  assert.equal(asked.length, before);
  assert.deepEqual(errors, []);
  await context.close();
});

test('a file that is none, another, broken or missing is said in its place', async () => {
  const { context, page } = await visit(EXAMPLE);
  const alert = page.locator('probatum-report [role=alert]');
  const { format, answer, claims } = exampleReport();
  for (const [given, words] of /** @type {[Parameters<typeof showReport>[1], RegExp][]} */ ([
    [{ report: { name: 'something else' } }, /^This is not a report of Probatum/],
    [{ report: null }, /^This is not a report of Probatum/],
    [{ report: { format: 99, answer, claims } }, /^This report has format 99/],
    [{ report: { format, answer, claims } }, /^This is not a report of Probatum/],
    [{ file: '{ "format": 2, "title"' }, /^This is not a report of Probatum/],
  ])) {
    await showReport(page, given);
    await alert.getByText(words).waitFor();
    assert.equal(await page.locator('probatum-report article').count(), 0);
  }
  await page.unroute('**/given.json');
  await page.locator('probatum-report').evaluate((element) => element.setAttribute('src', 'nowhere.json'));
  await alert.getByText(/could not be fetched: its host answered 404/).waitFor();
  await page.locator('probatum-report').evaluate((element) => element.setAttribute('src', 'report.json'));
  await page.locator('probatum-report #references').waitFor();
  assert.equal(await alert.count(), 0);
  await context.close();
});

test('the elements may be imported twice, and what was set before they were known is kept', async () => {
  const { context, page, errors } = await visit(EXAMPLE);
  const claim = await page.evaluate(async () => {
    const early = Object.assign(document.createElement('div'), {});
    early.innerHTML = '<probatum-late></probatum-late>';
    const late = /** @type {any} */ (early.firstElementChild);
    late.claim = 'Set before.';
    document.body.append(early);
    // @ts-expect-error: as another copy of the package would be
    const { ProbatumCheck } = await import('../../pkg/elements.mjs?again');
    customElements.define('probatum-late', class extends ProbatumCheck {});
    return late.claim;
  });
  assert.equal(claim, 'Set before.');
  assert.deepEqual(errors, []);
  await context.close();
});

test('every part and every custom property is in the documentation, and no other', async () => {
  const { context, page } = await visit(EXAMPLE);
  await check(page, 'A short nap improves memory for words.', ['A short nap improved memory for words.', 'A short nap did not improve memory for words.']);
  await page.locator('probatum-report #references').waitFor();
  const text = readFileSync(join(ROOT, 'docs', 'elements.md'), 'utf8');
  const listed = [...text.matchAll(/^Parts: (.*?)\.$/gms)].map(([, parts]) => [...parts.matchAll(/`([^`]+)`/g)].map(([, part]) => part));
  const elements = await page.locator('probatum-check, probatum-report').evaluateAll((elements) =>
    elements.map(({ shadowRoot }) => ({
      parts: [...(shadowRoot?.querySelectorAll('[part]') ?? [])].flatMap(({ part }) => [...part]),
      css: (shadowRoot?.adoptedStyleSheets ?? []).flatMap(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText)).join('\n'),
    })),
  );
  const sorted = (/** @type {string[]} */ names) => [...new Set(names)].sort();
  // What stands there only at times: an error, and the sentences that come nearest where none decides.
  const atTimes = [['nearest'], ['error']];
  for (const [at, { parts }] of elements.entries()) assert.deepEqual(sorted([...parts, ...atTimes[at]]), sorted(listed[at]));
  const used = elements.flatMap(({ css }) => css.match(/--probatum-[a-z-]+/g) ?? []);
  const tabled = text.match(/(?<=^\|.*)`--probatum-[a-z-]+`/gm) ?? [];
  assert.deepEqual(sorted(used), sorted(tabled.map((name) => name.slice(1, -1))));
  await context.close();
});
