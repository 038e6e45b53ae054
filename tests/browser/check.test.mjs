/** The second door: a claim and a draft, checked with the real model on files that never leave the browser. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { RUN_MS, downloaded, isTooWide, start, violations } from '../support/browser.mjs';
import { ROOT } from '../support/fixtures.mjs';
import { intercept } from '../support/intercept.mjs';
import { makePdf, paragraph } from '../support/make-pdf.mjs';

const { open, stopServing, url } = await start();
const EXAMPLE = join(ROOT, 'www', 'example');
const LOOKUP = join(ROOT, 'tests', 'data', 'lookup');

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('../support/browser.mjs').PageOptions} PageOptions
 */

/** @param {PageOptions} [options] */
async function openCheck(options) {
  const opened = await open(options);
  await opened.page.getByRole('link', { name: 'Check a claim or a draft' }).click();
  return opened;
}

/** @param {Page} page */
const heading = (page) => page.locator('.margin:not([aria-busy]) #check-heading');
/** @param {Page} page */
const cards = (page) => page.locator('.card:visible');
/** @param {Page} page */
const files = (page) => page.locator('#check-file-list li');
/** @param {Page} page */
const checkButton = (page) => page.getByRole('button', { name: 'Check', exact: true });

/** @param {Page} page */
async function tryExample(page) {
  await page.getByRole('button', { name: 'Try the example' }).click();
  await heading(page).waitFor({ timeout: RUN_MS });
  // What is far from the window is not laid out, and has no text as it is shown.
  await page.locator('.passage').evaluateAll((all) => {
    for (const passage of all) /** @type {HTMLElement} */ (passage).style.contentVisibility = 'visible';
  });
}

/**
 * @param {Page} page
 * @param {...{ name: string, text: string | Buffer }} given
 */
async function add(page, ...given) {
  const before = await files(page).count();
  await page.locator('#check-files').setInputFiles(given.map(({ name, text }) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })));
  await files(page).nth(before + given.length - 1).waitFor();
}

test('the doors are links: the way back leads through them, and the question keeps its address', async () => {
  const { context, page, errors } = await open();
  await page.goto(`${url}#q=Do+trees+cool+streets%3F`);
  await page.getByRole('link', { name: 'Check a claim or a draft' }).click();
  assert.equal(await page.locator('#question-text').isVisible(), false);
  await page.locator('#check-text').waitFor();
  assert.equal(await page.locator('.doors [aria-current=page]').innerText(), 'Check a claim or a draft');
  await page.goBack();
  await page.locator('#question-text').waitFor();
  assert.match(page.url(), /#q=Do\+trees/);
  await page.goForward();
  await page.getByRole('link', { name: 'Ask a question' }).click();
  assert.match(page.url(), /#q=Do\+trees/);
  await page.goto(`${url}#check`);
  await page.reload();
  await page.locator('#check-text').waitFor();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  assert.match(await page.locator('#check-problem').innerText(), /Paste a claim or a draft/);
  assert.equal(await page.locator('#check-text').getAttribute('aria-invalid'), 'true');
  assert.deepEqual(errors, []);
  await context.close();
});

test('the example: every citing sentence is marked in the draft as written, with verdict, works, evidence and remedy', async () => {
  const { context, page, errors } = await openCheck();
  /** @type {string[]} */
  const elsewhere = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(url) && /^https?:/.test(request.url())) elsewhere.push(request.url());
  });
  await tryExample(page);
  assert.deepEqual(elsewhere, [], 'nothing is asked of another host');
  const draft = readFileSync(join(EXAMPLE, 'draft.md'), 'utf8');
  const words = await page.locator('.cited-words').allInnerTexts();
  assert.equal(words.length >= 10, true);
  const shown = await page.locator('.passage').evaluateAll((all) =>
    all.map((passage) => {
      const copy = /** @type {HTMLElement} */ (passage.cloneNode(true));
      for (const ours of copy.querySelectorAll('.card, .tag-verdict, .unseen')) ours.remove();
      return copy.textContent;
    }),
  );
  assert.equal(shown.join('').replace(/\s+/g, ''), draft.replace(/\s+/g, ''), 'every character of the draft stands there');
  const said = await cards(page).allInnerTexts();
  assert.match(said[0], /Supported probability 0\.\d\d[^]*Cites Lindqvist and Amari, 2019 \(read\)[^]*For “Shade trees lowered the air temperature of schoolyards by 1\.8 °C on summer afternoons\.”/);
  assert.match(said[1], /Partly[^]*No cited text has “46”/);
  assert.match(said[2], /stands in none of the texts/);
  assert.match(said[4], /contradicted[^]*Against “After the trees were planted, the attention of pupils in class improved\.”/);
  assert.match(said[5], /Not found in what was read/);
  assert.match(said[6], /stands in “moreau2022\.txt”, which it does not cite/);
  assert.match(said[7], /Could not be checked[^]*Brandt, 2018 \(not read\)[^]*Add the work as a file/);
  assert.match(said[8], /Could not be checked[^]*not in the list[^]*Add it to the list/);
  assert.deepEqual(await page.locator('.odd').allInnerTexts(), ['46', 'the cheapest sunshade a school can buy', 'quieter than the corridor']);
  const label = await page.locator('#sentence-8').innerText();
  assert.match(label, /8 · Could not be checked/, 'said in words beside the sentence');
  assert.match(await page.locator('#live-region').innerText(), /Checked\. 10 sentences cite/);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'check-heading');
  assert.deepEqual(errors, []);
  await context.close();
});

test('works that are not at hand are looked up where that is ticked, and only there', async () => {
  const { route, asked: sent } = intercept(LOOKUP);
  const { context, page } = await openCheck({ route });
  await add(page, ...['draft.md', 'refs.bib'].map((name) => ({ name, text: readFileSync(join(LOOKUP, name)) })));
  const choice = page.getByRole('checkbox', { name: /^Look up the other works \(sends their titles and DOIs/ });
  assert.equal(await choice.isChecked(), false);
  await checkButton(page).click();
  await heading(page).waitFor({ timeout: RUN_MS });
  assert.deepEqual(sent, []);
  await choice.check();
  await checkButton(page).click();
  await page.getByText('its DOI or other identifier is another work’s').first().waitFor({ timeout: RUN_MS });
  const said = await cards(page).allInnerTexts();
  assert.match(said[0], /Supported[^]*Only the abstract of the work could be read[^]*For “Naps of twenty minutes shortened/);
  assert.match(said[1], /retracted/);
  assert.match(said[2], /No source knows a work like this reference/);
  assert.match(said[3], /Several published works fit/);
  assert.match(said[4], /It could not be looked up, which says nothing about it[^]*throttled/);
  assert.match(said[5], /Sourdough bread in mountain villages/);
  assert.ok(sent.length > 6 && sent.every((address) => /^https:\/\/api\.(openalex|crossref|semanticscholar)\.org\//.test(address)), sent.join('\n'));
  await context.close();
});

test('a long draft is put in bit by bit, and is whole in the end: every sentence, its card and its place', async () => {
  const { context, page, errors } = await openCheck();
  const paragraph = (/** @type {number} */ n) => Array.from({ length: 6 }, (_, at) => `Gear ${n * 6 + at} turns [@doe].`).join(' ');
  const draft = Array.from({ length: 50 }, (_, n) => paragraph(n)).join('\n\n');
  await add(page, { name: 'list.bib', text: '@article{doe, title={Of gears}, author={Doe, J.}, year={2020}}' });
  await page.locator('#check-text').fill(draft);
  await checkButton(page).click();
  await heading(page).waitFor({ timeout: RUN_MS });
  assert.equal(await cards(page).count(), 300);
  const places = await page.locator('.cited').evaluateAll((all) => all.map((one) => one.id));
  assert.deepEqual(places, Array.from({ length: 300 }, (_, n) => `sentence-${n + 1}`));
  await page.locator('#sentence-1').focus();
  await page.keyboard.press('j');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'sentence-2');
  assert.deepEqual(errors, []);
  await context.close();
});

test('filters show the sentences of one verdict, with counts', async () => {
  const { context, page } = await openCheck();
  await tryExample(page);
  const all = await cards(page).count();
  const filters = page.locator('.check-filters .filter');
  const counts = await filters.locator('.filter-count').allInnerTexts();
  assert.equal(Number(counts[0]), all);
  assert.equal(counts.slice(1).reduce((sum, n) => sum + Number(n), 0), all);
  await page.getByRole('button', { name: /^Could not be checked 2/ }).click();
  assert.equal(await cards(page).count(), 2);
  assert.equal(await page.locator('.cited:not([data-aside])').count(), 2);
  await filters.first().click();
  assert.equal(await cards(page).count(), all);
  await context.close();
});

test('decisions and notes stand after a reload, with the check, the box and the files; and all of it is deleted', async () => {
  const { context, page, errors } = await openCheck();
  await tryExample(page);
  const decision = (/** @type {Page} */ page) => page.getByRole('group', { name: 'Your decision on sentence 5' });
  await decision(page).getByRole('button', { name: 'To mend' }).click();
  await decision(page).getByText('Note').click();
  await page.getByLabel('Your note on sentence 5').fill('It improved: turn it round.');
  await page.locator('#check-text').press('End');
  await page.waitForTimeout(600);
  await page.reload();
  await heading(page).waitFor();
  assert.equal(await decision(page).getByRole('button', { name: 'To mend' }).getAttribute('aria-pressed'), 'true');
  assert.equal(await page.getByLabel('Your note on sentence 5').inputValue(), 'It improved: turn it round.');
  assert.match(await page.locator('#check-text').inputValue(), /^# Trees in schoolyards/);
  assert.equal(await files(page).count(), 5);
  await decision(page).getByRole('button', { name: 'To mend' }).click();
  assert.equal(await decision(page).locator('[aria-pressed=true]').count(), 0, 'pressed again, it is taken back');
  await page.getByRole('button', { name: 'Delete this check' }).click();
  await page.locator('#check-result').waitFor({ state: 'hidden' });
  await page.locator('#earlier-checks').waitFor({ state: 'hidden' });
  await page.reload();
  await page.locator('#check-text').waitFor();
  await page.locator('#source-openalex').waitFor({ state: 'attached' });
  assert.equal(await page.locator('#check-result').isVisible(), false);
  assert.deepEqual(errors, []);
  await context.close();
});

test('downloads carry the verdicts and the decisions: JSON, Markdown, and a document that needs nothing else', async () => {
  const { context, page } = await openCheck();
  await tryExample(page);
  await page.getByRole('group', { name: 'Your decision on sentence 1', exact: true }).getByRole('button', { name: 'Agree', exact: true }).click();
  const json = JSON.parse(await downloaded(page, 'JSON'));
  assert.equal(json.sentences.length, 10);
  assert.equal(json.works.length, 4);
  assert.deepEqual(json.sentences[0].reader, { says: 'agree' });
  const { place } = json.sentences[0];
  assert.match(json.draft.text.slice(place.start, place.end), /^Shade trees lowered/);
  const markdown = await downloaded(page, 'Markdown');
  assert.match(markdown, /^# 10 sentences cite: 7 to look at\n/);
  assert.match(markdown, /### 1\. Supported, probability 0\.\d\d\n\n> Shade trees[^]*- The reader: agree/);
  const html = await downloaded(page, 'HTML');
  assert.doesNotMatch(html, /<script|<button|src=/);
  const document = await context.newPage();
  const requests = /** @type {string[]} */ ([]);
  document.on('request', (request) => requests.push(request.url()));
  await document.setContent(html);
  assert.equal(await document.locator('.card').count(), 10);
  assert.match(await document.locator('.card').first().innerText(), /The reader: agree/);
  assert.deepEqual(requests, []);
  assert.deepEqual(await violations(document), []);
  await context.close();
});

test('a claim is checked against the papers at hand: verdict, probability, both sides', async () => {
  const { context, page, errors } = await openCheck();
  await page.locator('#check-text').fill('A short nap improves memory for words.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('here is nothing to check the claim against').waitFor({ timeout: RUN_MS });
  await add(
    page,
    { name: 'for.txt', text: '# The noon study\n\nForty adults learned words. A short nap improved memory for words. They were 40.' },
    { name: 'against.html', text: '<title>The evening study</title><style>p{}</style><p>We looked at coffee first.</p><p>A short nap did <b>not</b> improve memory for words.</p>' },
  );
  await checkButton(page).click();
  await heading(page).waitFor({ timeout: RUN_MS });
  const said = await cards(page).first().innerText();
  assert.match(said, /probability 0\.\d\d/);
  assert.match(said, /\+ For “A short nap improved memory for words\.”[^]*The noon study/);
  assert.match(said, /− Against “A short nap did not improve memory for words\.”[^]*The evening study/);
  assert.equal(await page.locator('.check-filters').count(), 0);
  const { label, claim, given } = JSON.parse(await downloaded(page, 'JSON'));
  assert.match(label, /^(leans-supported|contested|leans-refuted)$/, 'there is something for either side');
  assert.equal(given, claim);
  await page.locator('#check-text').fill('Some of this. All of that. It cites nothing.');
  await checkButton(page).click();
  await page.getByText('o sentence of it cites a work').waitFor({ timeout: RUN_MS });
  await heading(page).waitFor();
  assert.deepEqual(errors, []);
  await context.close();
});

const NAPS = {
  claim: 'Daytime naps improve word recall in older adults.',
  before: 'We tested forty older adults in two centres, and half of them took a short nap every day for ten weeks.',
  said: 'Short daytime naps improved word recall in older adults.',
  after: 'Those who rested recalled as many words as before, and no one left the trial before its end.',
};
/** Two pages; the sentence stands on the second and is broken by the end of a line. */
const napsPdf = () => {
  const first = paragraph('The centres lie in two towns on the coast. Both of them have a garden, and a kitchen that is open all day.', { x: 60, y: 100, letters: 80 });
  return makePdf([first, paragraph(`${NAPS.before} ${NAPS.said} ${NAPS.after}`, { x: 60, y: 300, letters: 70, size: 12, leading: 16 })], { title: 'Naps by day' });
};

/** @param {Page} page */
async function checkNaps(page) {
  await add(page, { name: 'naps.pdf', text: Buffer.from(napsPdf()) });
  assert.doesNotMatch(await files(page).first().innerText(), /Not read/);
  await page.locator('#check-text').fill(NAPS.claim);
  await checkButton(page).click();
  await heading(page).waitFor({ timeout: RUN_MS });
}

/** @param {Page} page */
const original = (page) => page.getByRole('dialog', { name: /Naps by day, page 2/ });

/** @param {Page} page */
async function showOriginal(page) {
  await page.locator('.card-evidence').first().getByRole('button', { name: 'Show on the page' }).click();
  await original(page).getByRole('img', { name: `Page 2, with the sentence marked: “${NAPS.said}”` }).waitFor();
}

test('a PDF is read in the browser and decides', async () => {
  const { context, page, errors } = await openCheck();
  await checkNaps(page);
  assert.match(await page.locator('.card-evidence').first().innerText(), /Short daytime naps improved word recall in older adults[^]*page 2/);
  assert.deepEqual(errors, []);
  await context.close();
});

test('a PDF is a paper until the reader takes it for the draft; its list of works is read from it', async () => {
  const { context, page, errors } = await openCheck();
  const lines = paragraph(`${NAPS.before} ${NAPS.said.slice(0, -1)} (Berg, 2020). Naps cost nothing at all (Ito, 2018).`, { x: 60, y: 100, letters: 80 });
  const list = ['Berg, B. (2020). Naps by day. Journal of Rest 4, 1-9.', 'Ito, A. (2018). What rest costs. Journal of Rest 3, 7-8.'];
  const printed = [...lines, { text: 'References', x: 60, y: 200, size: 14, bold: true }, ...list.map((text, at) => ({ text, x: 60, y: 225 + 12 * at }))];
  await add(page, { name: 'mine.pdf', text: Buffer.from(makePdf([printed])) }, { name: 'berg.txt', text: `Naps by day\n\n${NAPS.said}` });
  assert.equal(await page.locator('#check-text').inputValue(), '');
  await page.getByLabel('What mine.pdf is taken for').selectOption('draft');
  assert.match(await page.locator('#check-text').inputValue(), /word recall in older adults \(Berg, 2020\)[^]*\n\nReferences\n\nBerg, B\./);
  await checkButton(page).click();
  await heading(page).waitFor({ timeout: RUN_MS });
  assert.deepEqual(await cards(page).evaluateAll((all) => all.map((card) => card.getAttribute('data-verdict')?.replace('leans-', ''))), ['supported', 'not-checkable']);
  assert.deepEqual(errors, []);
  await context.close();
});

test('a sentence of a PDF is shown on its page, marked; Escape closes it, and it is there after a reload until it is deleted', async () => {
  const { context, page, errors } = await openCheck();
  await checkNaps(page);
  await showOriginal(page);
  const marks = await original(page).locator('rect').evaluateAll((all) => all.map((rect) => ['x', 'y', 'width', 'height'].map((side) => Number(rect.getAttribute(side)))));
  assert.equal(marks.length, 2, 'the sentence is on two lines');
  for (const [x, y, , height] of marks) assert.ok(x >= 59 && y > 285 && y + height < 360, `${x} ${y}`);
  const inks = await original(page).locator('canvas').evaluate(inkOf, marks);
  assert.ok(inks.inside > 0.05, `${inks.inside} of what is marked is ink`);
  assert.ok(inks.beside < 0.002, 'what is neither marked nor text is white');
  await page.keyboard.press('Escape');
  await original(page).waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Show on the page', 'focus returns');
  await page.waitForTimeout(600);
  await page.reload();
  await heading(page).waitFor();
  await showOriginal(page);
  await original(page).getByRole('button', { name: 'Close' }).click();
  await original(page).waitFor({ state: 'detached' });
  assert.doesNotMatch(await downloaded(page, 'HTML'), /Show on the page/);
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.waitForTimeout(600);
  await page.getByRole('button', { name: 'Delete this check' }).click();
  await page.locator('#check-result').waitFor({ state: 'hidden' });
  assert.equal(await page.evaluate(keptPdfs), 0);
  assert.deepEqual(errors, []);
  await context.close();
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const [width, height] of [[390, 844], [1280, 900]]) {
    test(`a page of a PDF: no barrier that axe knows, ${colorScheme}, ${width} px wide`, async () => {
      const { context, page } = await openCheck({ colorScheme, viewport: { width, height } });
      await checkNaps(page);
      await showOriginal(page);
      if (process.env.PROBATUM_SCREENSHOTS) await page.screenshot({ path: join(process.env.PROBATUM_SCREENSHOTS, `original-${colorScheme}-${width}.png`) });
      assert.deepEqual(await violations(page), []);
      assert.equal(await isTooWide(page), false);
      const seen = await original(page).locator('rect').first().evaluate((rect) => {
        const { left, top } = rect.getBoundingClientRect();
        return left >= 0 && top >= 0 && left < innerWidth && top < innerHeight;
      });
      assert.ok(seen, 'what is marked is in sight');
      await context.close();
    });
  }
}

/**
 * Runs in the page: how much of the marked rectangles of a painted page is dark, and of the margin above all text.
 * @param {Element} canvas
 * @param {number[][]} marks in points
 */
function inkOf(canvas, marks) {
  const painted = /** @type {HTMLCanvasElement} */ (canvas);
  const copy = new OffscreenCanvas(painted.width, painted.height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (copy.getContext('2d'));
  context.drawImage(painted, 0, 0);
  const scale = painted.width / 612;
  const dark = (/** @type {number[]} */ [x, y, width, height]) => {
    const { data } = context.getImageData(x * scale, y * scale, width * scale, height * scale);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] < 128) count += 1;
    return (4 * count) / data.length;
  };
  return { inside: Math.min(...marks.map(dark)), beside: dark([0, 0, 612, 250]) };
}

/** Runs in the page: how many PDFs are kept. @returns {Promise<number>} */
function keptPdfs() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('probatum-pdfs', 1);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const counting = opening.result.transaction('pdfs').objectStore('pdfs').count();
      counting.onsuccess = () => resolve(counting.result);
    };
  });
}

test('files are known by name and content, can be taken for something else, and what cannot be read says why and what to do', async () => {
  const { context, page, errors } = await openCheck();
  await add(
    page,
    { name: 'paper.pdf', text: '%PDF-1.7\n…' },
    { name: 'thesis.docx', text: 'PK\x03\x04…' },
    { name: 'broken.jsonl', text: '{"id": 1, "text": "One."}\nnot JSON' },
    { name: 'empty.txt', text: ' \n' },
    { name: 'list.txt', text: '@article{doe, title={Naps}, author={Doe, J.}, year={2020}}' },
    { name: 'zotero.json', text: '[{"type": "article-journal", "title": "Naps", "author": [{"family": "Doe"}]}]' },
    { name: 'two.json', text: '[{"id": "a", "text": "One."}, {"id": "b", "abstract": ["Two.", "Three."]}]' },
    { name: 'draft.tex', text: '\\section{One} Naps help \\cite{doe}. Nobody knows why \\cite{roe}.' },
    { name: 'doe.md', text: '# Naps\n\nNaps help memory.' },
  );
  const said = await files(page).allInnerTexts();
  assert.match(said[0], /Not read: .*PDF.*paste/);
  assert.match(said[1], /Not read: .*thesis\.docx.*paste/);
  assert.match(said[2], /Not read: broken\.jsonl, line 2: it is not JSON/);
  assert.match(said[3], /the file is empty/);
  const taken = await files(page).locator('select').evaluateAll((all) => all.map((select) => /** @type {HTMLSelectElement} */ (select).selectedOptions[0].textContent));
  assert.deepEqual(taken, ['a list of works', 'a list of works', '2 papers', 'the draft, in the box', 'a paper']);
  assert.match(await page.locator('#check-text').inputValue(), /^\\section\{One\}/);
  await page.getByLabel('What draft.tex is taken for').selectOption({ label: 'a paper' });
  assert.equal(await page.locator('#check-text').inputValue(), '');
  await page.getByLabel('What draft.tex is taken for').selectOption({ label: 'the draft, in the box' });
  await page.getByRole('button', { name: 'Remove paper.pdf' }).click();
  assert.equal(await files(page).count(), 8);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'check-choose');
  await checkButton(page).click();
  await heading(page).waitFor({ timeout: RUN_MS });
  assert.match(await heading(page).innerText(), /^2 sentences cite/);
  assert.match(await cards(page).first().innerText(), /Cites Doe, 2020 \(read\)/);
  assert.match(await page.locator('.works').innerText(), /of no work that is named: a, b\./);
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['We slept.'], 'dropped.txt'));
    return data;
  });
  await page.dispatchEvent('#check-drop', 'drop', { dataTransfer: transfer });
  await page.getByRole('button', { name: 'Remove dropped.txt' }).waitFor();
  assert.deepEqual(errors, []);
  await context.close();
});

test('by keyboard: from sentence to sentence, to what is said of it, and back; in no field', async () => {
  const { context, page } = await openCheck();
  await tryExample(page);
  const focused = () => page.evaluate(() => document.activeElement?.id);
  await page.keyboard.press('j');
  assert.equal(await focused(), 'sentence-1');
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(), 'sentence-3');
  await page.keyboard.press('k');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  assert.equal(await focused(), 'sentence-1');
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'card-1');
  assert.match(page.url(), /#check$/);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Agree');
  await page.keyboard.press('Space');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-pressed')), 'true');
  await page.keyboard.press('Escape');
  assert.equal(await focused(), 'sentence-1');
  assert.equal(await page.locator('.cited[tabindex="0"]').count(), 1, 'the sentences are one tab stop');
  await page.getByRole('group', { name: 'Your decision on sentence 2' }).getByText('Note').click();
  await page.getByLabel('Your note on sentence 2').pressSequentially('jk');
  assert.equal(await page.getByLabel('Your note on sentence 2').inputValue(), 'jk');
  await context.close();
});

test('a draft that is checked again keeps the decisions on what has not changed; what is cleared can be had back', async () => {
  const { context, page } = await openCheck();
  await tryExample(page);
  const pressed = (/** @type {number} */ n) => page.getByRole('group', { name: `Your decision on sentence ${n}`, exact: true }).locator('[aria-pressed=true]');
  for (const n of [1, 5]) await page.getByRole('group', { name: `Your decision on sentence ${n}`, exact: true }).getByRole('button', { name: 'Agree', exact: true }).click();
  const text = await page.locator('#check-text').inputValue();
  await page.locator('#check-text').fill(text.replace('did not improve', 'improved'));
  await checkButton(page).click();
  await heading(page).filter({ hasText: '6 to look at' }).waitFor({ timeout: RUN_MS });
  assert.equal(await pressed(1).innerText(), 'Agree');
  assert.equal(await pressed(5).count(), 0, 'what was said of another sentence does not hold for this one');
  await page.locator('#earlier-checks summary').click();
  assert.equal(await page.locator('#earlier-checks-list li').count(), 2);
  await page.locator('#earlier-checks-list .example').nth(1).click();
  await heading(page).filter({ hasText: '7 to look at' }).waitFor();
  assert.equal(await pressed(5).innerText(), 'Agree');
  await page.getByRole('button', { name: 'Clear' }).click();
  assert.equal(await files(page).count(), 0);
  await page.getByRole('button', { name: 'Bring back what stood here' }).click();
  assert.equal(await files(page).count(), 5);
  assert.match(await page.locator('#check-text').inputValue(), /in class improved/);
  await context.close();
});

test('a check that is cancelled keeps what was checked before', async () => {
  const { context, page } = await openCheck();
  const folder = join(ROOT, 'tests', 'data', 'drafts');
  const works = JSON.parse(readFileSync(join(folder, 'papers.json'), 'utf8'));
  const given = ['03-trees.txt'].map((name) => ({ name, text: readFileSync(join(folder, name)) }));
  await add(page, ...given, { name: 'papers.json', text: JSON.stringify(works.map((/** @type {any} */ { id, title, abstract }) => ({ id, title, text: abstract }))) });
  await page.evaluate(() => {
    const says = document.getElementById('check-progress-text');
    const cancel = () => /^[1-9]/.test(says?.textContent ?? '') && document.getElementById('check-cancel')?.click();
    if (says) new MutationObserver(cancel).observe(says, { childList: true });
  });
  await checkButton(page).click();
  await heading(page).waitFor({ timeout: RUN_MS });
  assert.match(await heading(page).innerText(), /^\d+ of 21 citing sentences checked: /);
  assert.match(await page.locator('#check-alert').innerText(), /^Cancelled\./);
  const n = await cards(page).count();
  assert.ok(n >= 1 && n < 21, `${n} cards`);
  await context.close();
});

test('an engine that stops is one sentence with a remedy, and starts anew', async () => {
  const { context, page } = await openCheck();
  await context.route('**/model.onnx*', () => {});
  await page.getByRole('button', { name: 'Try the example' }).click();
  await page.getByRole('button', { name: 'Cancel' }).waitFor();
  const worker = page.workers().find((worker) => /pipeline/.test(worker.url()));
  await worker?.evaluate(() => {
    setTimeout(() => {
      throw new Error('a fault for the test');
    });
  });
  await page.locator('#check-alert').getByText('The engine stopped.').waitFor({ timeout: RUN_MS });
  await context.unroute('**/model.onnx*');
  await checkButton(page).click();
  await heading(page).waitFor({ timeout: RUN_MS });
  await context.close();
});

test('a model that cannot be loaded is one sentence with a remedy; a check is cancelled; nothing that stood there is lost', async () => {
  const { context, page } = await openCheck();
  let down = true;
  await context.route('**/model.onnx*', async (route) => {
    if (down) await route.abort();
    else await route.continue();
  });
  await page.getByRole('button', { name: 'Try the example' }).click();
  const alert = page.locator('#check-alert');
  await alert.getByText('The language model could not be loaded, so nothing was checked.').waitFor({ timeout: RUN_MS });
  assert.match(await alert.innerText(), /press “Check” again/);
  assert.match(await page.locator('#check-text').inputValue(), /^# Trees/);
  down = false;
  await checkButton(page).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await checkButton(page).waitFor({ timeout: RUN_MS });
  await checkButton(page).click();
  await heading(page).waitFor({ timeout: RUN_MS });
  assert.equal(await cards(page).count(), 10);
  await context.close();
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const [width, height] of [[390, 844], [1280, 900]]) {
    test(`no barrier that axe knows, ${colorScheme}, ${width} px wide`, async () => {
      const { context, page } = await openCheck({ colorScheme, viewport: { width, height } });
      assert.deepEqual(await violations(page), []);
      await add(page, { name: 'paper.pdf', text: '%PDF-1.7' });
      assert.deepEqual(await violations(page), []);
      await tryExample(page);
      await page.locator('.card-note summary').first().click();
      await page.locator('.works summary').click();
      await page.locator('.card-nearest summary').first().click();
      await page.getByRole('button', { name: 'Agree', exact: true }).first().click();
      assert.deepEqual(await violations(page), []);
      assert.equal(await isTooWide(page), false);
      await context.close();
    });
  }
}

test('with the server gone after the first visit, the example works', async () => {
  const { context, page, errors } = await openCheck({ serviceWorkers: 'allow' });
  await page.locator('#offline-state[data-ready]').waitFor({ timeout: RUN_MS });
  stopServing();
  await page.reload();
  await page.locator('#check-text').waitFor();
  await tryExample(page);
  assert.equal(await cards(page).count(), 10);
  assert.deepEqual(errors, []);
  await context.close();
});
