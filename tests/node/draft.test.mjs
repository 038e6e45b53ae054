/** A draft checked by the command and by the library, with the real model, on a draft written for the tests. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createProbatum } from '../../pkg/index.mjs';
import { probatum } from '../support/command.mjs';
import { ROOT } from '../support/fixtures.mjs';
import { makePdf, paragraph } from '../support/make-pdf.mjs';

const folder = mkdtempSync(join(tmpdir(), 'probatum-draft-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (/** @type {string} */ name) => join(folder, name);
const written = (/** @type {string} */ name) => join(ROOT, 'tests', 'data', 'drafts', name);

/** @type {{ id: string, title: string, abstract: string }[]} */
const works = JSON.parse(readFileSync(written('papers.json'), 'utf8'));
writeFileSync(at('papers.jsonl'), works.map(({ id, title, abstract }) => `${JSON.stringify({ id, title, abstract })}\n`).join(''));
const given = ['--papers', at('papers.jsonl'), '--workers', '1'];
const naps = [written('01-naps.tex'), '--bib', written('01-naps.bib')];

test('a draft and its list in UTF-16, as tools of Windows write it, are read', async () => {
  const wide = (/** @type {string} */ text) => Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`, 'utf16le');
  writeFileSync(at('wide.md'), wide('# Naps\n\nShort naps help [@doe].\n'));
  writeFileSync(at('wide.bib'), wide('@article{doe, title = {Naps}, author = {M{\\"u}ller, Eva}, year = {2020}}\n'));
  const { out, err } = await probatum(['check', at('wide.md'), '--bib', at('wide.bib'), ...given]);
  assert.match(out, /1 works in the lists/u, err);
});

test('the sentences to look at are named, with their line and what is wrong', async () => {
  const { code, out, err } = await probatum(['check', ...naps, ...given, '--json', at('d.json'), '--sarif', at('d.sarif')]);
  assert.equal(code, 0, err);
  assert.match(out, /^\d+: (partly|leans to contradicted|contradicted): .+\n {4}\S/m);
  assert.match(out, /no cited text has “/);
  assert.match(out, /stands in “a\d+”, which it does not cite/);
  assert.match(out, /\d+ sentences cite: .*not found in what was read/);
  const { sentences } = JSON.parse(readFileSync(at('d.json'), 'utf8'));
  const draft = readFileSync(naps[0], 'utf8');
  for (const { place, marks } of sentences) {
    for (const mark of marks) assert.match(draft.slice(mark.start, mark.end), /\\\w*cite/i);
    assert.ok(place.start < place.end && place.end <= draft.length);
  }
  const { runs } = JSON.parse(readFileSync(at('d.sarif'), 'utf8'));
  assert.equal(runs[0].results.length, sentences.filter((/** @type {any} */ sentence) => sentence.flagged).length);
  const [{ physicalLocation }] = runs[0].results[0].locations;
  const lines = draft.split('\n');
  const first = lines.slice(0, physicalLocation.region.startLine - 1).join('\n').length;
  assert.ok(physicalLocation.region.charOffset >= first, 'its line begins before it');
});

test('below the bar it ends with 1, and says what is no draft', async () => {
  assert.equal((await probatum(['check', ...naps, ...given, '--fail-under', '1'])).code, 1);
  assert.equal((await probatum(['check', ...naps, ...given, '--fail-under', '0.2'])).code, 0);
  /** @param {string[]} args @param {RegExp} message */
  const fails = async (args, message) => {
    const { code, err } = await probatum(['check', ...args]);
    assert.equal(code, 2, err);
    assert.match(err, message);
  };
  await fails([at('none.tex'), ...given], /none\.tex cannot be read/);
  await fails([...naps, ...given, '--fail-under', '90'], /--fail-under "90" is not a share/);
  await fails([naps[0], '--bib', at('papers.jsonl'), ...given], /papers\.jsonl is no list of works/);
});

test('a sentence of several parts is checked part by part, each against the works cited for it', async () => {
  writeFileSync(at('two.md'), 'Mulch improves soil moisture [@a] and raises the price of land [@b]. Mulch improves soil moisture [@a] and raises prices by 55 percent [@b].\n');
  writeFileSync(at('two.bib'), '@article{a, title={A}}\n@article{b, title={B}}\n');
  writeFileSync(at('two.jsonl'), ['{"id":"a","text":"Mulch improved the moisture of the soil."}', '{"id":"b","text":"We asked forty farmers how they use mulch."}'].join('\n'));
  const { code, out, err } = await probatum(['check', at('two.md'), '--bib', at('two.bib'), '--papers', at('two.jsonl'), '--workers', '1', '--json', at('two.json')]);
  assert.equal(code, 0, err);
  const [{ verdict, flagged, parts, uncovered }, second] = JSON.parse(readFileSync(at('two.json'), 'utf8')).sentences;
  assert.deepEqual([verdict, flagged], ['partly', false], 'what is only not found is no fault');
  assert.deepEqual([second.verdict, second.flagged, second.numbers], ['partly', true, ['55 percent']]);
  assert.deepEqual(parts.map((/** @type {any} */ { text, works }) => [text, works]), [['Mulch improves soil moisture.', [0]], ['Mulch raises the price of land.', [1]]]);
  assert.match(parts[0].verdict, /supported$/);
  assert.equal(parts[1].verdict, 'not-found');
  const draft = readFileSync(at('two.md'), 'utf8');
  assert.deepEqual(uncovered.map((/** @type {any} */ { start, end }) => draft.slice(start, end)), ['raises', 'price', 'land']);
  assert.match(out, /supported: “Mulch improves soil moisture\.”\n {4}partly: “Mulch raises prices by 55 percent\.”\n {4}no cited text has “55 percent”/);
  assert.doesNotMatch(out, /the price of land/);
});

test('the draft with its margin is one page that needs nothing else, and nothing in it is markup but ours', async () => {
  const hostile = '<script>alert(1)</script> "&\' <img src=x onerror=alert(2)>';
  writeFileSync(at('hostile.md'), `# ${hostile}\n\nMulch ${hostile} improves soil moisture [@a]. Mulch improves soil moisture by 9 percent [@a]. Mulch raises the price of land [@gone].\n`);
  writeFileSync(at('hostile.bib'), `@article{a, title={Of mulch ${hostile}}, author={O'Neil <b>, A.}, year={2020}, doi={10.9999/x"y}}\n@article{gone, title={Land}, author={Berg, B.}}\n`);
  writeFileSync(at('hostile.jsonl'), JSON.stringify({ id: 'a', title: `Of mulch ${hostile}`, text: `Mulch ${hostile} improved the moisture of the soil. ${hostile}` }));
  const { code, err } = await probatum(['check', at('hostile.md'), '--bib', at('hostile.bib'), '--papers', at('hostile.jsonl'), '--workers', '1', '--html', at('d.html')]);
  assert.equal(code, 0, err);
  const html = readFileSync(at('d.html'), 'utf8');
  const tags = new Set([...html.matchAll(/<\/?([a-zA-Z!][\w]*)/g)].map(([, tag]) => tag));
  for (const tag of ['script', 'img', 'iframe', 'object', 'link', 'base']) assert.ok(!tags.has(tag), tag);
  assert.doesNotMatch(html, /<[^>]* on\w+=|(?:src|srcset|@import)\s*=?\s*["(]|url\(/);
  const words = html.replace(/<style>[^]*<\/style>/, '').replace(/<[^>]+>/g, '').replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  assert.ok(words.split(hostile).length > 4, 'in the heading, the sentence, the evidence and the work');
  assert.match(words, /3 sentences cite: 2 to look at/);
  assert.match(words, /The text of the work is not at hand\. \S/);
  assert.match(words, /Partly.*No cited text has “9 percent”\..*Could not be checked/s);
  assert.match(html, /Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/);
  assert.match(html, /prefers-color-scheme: dark/);
  // Every link leads to a place in the page, or to a work.
  const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  for (const [, target] of html.matchAll(/ href="#([^"]+)"/g)) assert.ok(ids.has(target), target);
  // The policy lets the style sheet in.
  const css = /<style>([^]*)<\/style>/.exec(html)?.[1] ?? '';
  assert.ok(html.includes(createHash('sha256').update(css).digest('base64').replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)));
});

/**
 * A PDF of one page: paragraphs, and a list of works under its heading where there is one.
 * @param {string[]} paragraphs
 * @param {string[][]} list the lines of each work; those after the first stand in
 */
function printed(paragraphs, list) {
  /** @type {import('../support/make-pdf.mjs').Text[]} */
  const page = [{ text: 'Mulch in gardens', x: 60, y: 60, size: 18, bold: true }, { text: '1 Results', x: 60, y: 100, size: 13, bold: true }];
  let y = 124;
  for (const text of paragraphs) {
    const lines = paragraph(text, { x: 60, y, letters: 90 });
    page.push(...lines);
    y += 12 * lines.length + 20;
  }
  if (list.length > 0) page.push({ text: 'References', x: 60, y: y + 10, size: 13, bold: true });
  y += 34;
  for (const [n, text] of list.flatMap((lines) => lines.map((line, at) => /** @type {[number, string]} */ ([at, line])))) {
    page.push({ text, x: n === 0 ? 60 : 75, y });
    y += 12;
  }
  return makePdf([page]);
}

const said = 'Gardeners have long covered their beds, and few of them have ever asked what a cover does for the soil below it in a dry year. Mulch improves soil moisture (Berg, 2020). Mulch doubles the price of land by 55 percent (Okafor and Lind, 2018).';

test('a PDF is a draft too, its list of works read from it', async () => {
  writeFileSync(at('draft.pdf'), printed([said], [['Berg, B. (2020). Mulch and the moisture of', 'garden soil. Journal of Beds 3, 1-9.'], ['Okafor, C. and Lind, D. (2018). What land', 'costs near a town. Journal of Towns 4, 7-8.']]));
  writeFileSync(at('pdf.jsonl'), ['{"id":"b","title":"Mulch and the moisture of garden soil","text":"Mulch improved the moisture of the soil."}', '{"id":"o","title":"What land costs near a town","text":"We asked forty farmers what they paid for their land."}'].join('\n'));
  const { code, out, err } = await probatum(['check', at('draft.pdf'), '--papers', at('pdf.jsonl'), '--workers', '1', '--json', at('pdf.json')]);
  assert.equal(code, 0, err);
  const { works: named, sentences } = JSON.parse(readFileSync(at('pdf.json'), 'utf8'));
  assert.deepEqual(named.map((/** @type {any} */ { title, text }) => [title, text]), [['Mulch and the moisture of garden soil', 'b'], ['What land costs near a town', 'o']]);
  assert.deepEqual(sentences.map((/** @type {any} */ { works: cited, numbers }) => [cited, numbers]), [[[0], []], [[1], ['55 percent']]]);
  assert.match(sentences[0].verdict, /supported$/);
  assert.match(out, /no cited text has “55 percent”/);
});

test('a PDF without a list, and one without text, say what to do', async () => {
  writeFileSync(at('bare.pdf'), printed([said], []));
  const bare = await probatum(['check', at('bare.pdf'), '--papers', at('pdf.jsonl'), '--workers', '1']);
  assert.match(bare.out, /the reference is not in the list\. Add it to the list[^]*No list of works was found in it: give one with --bib\./);
  writeFileSync(at('scan.pdf'), makePdf([[]]));
  const scan = await probatum(['check', at('scan.pdf'), '--papers', at('pdf.jsonl'), '--workers', '1']);
  assert.equal(scan.code, 2);
  assert.match(scan.err, /scan\.pdf cannot be read: .+\. Open it, copy its text, and paste it/);
});

test('a draft that lies among the papers is none of them', async () => {
  const folderOfBoth = mkdtempSync(join(tmpdir(), 'probatum-both-'));
  after(() => rmSync(folderOfBoth, { recursive: true, force: true }));
  writeFileSync(join(folderOfBoth, 'draft.md'), 'Berg calls mulch “a blanket for the tired soil” [@b].\n');
  writeFileSync(join(folderOfBoth, 'b.txt'), 'Mulch covers the soil.\n');
  writeFileSync(at('b.bib'), '@article{b, title={Mulch}}\n');
  const { out, err } = await probatum(['check', join(folderOfBoth, 'draft.md'), '--bib', at('b.bib'), '--papers', folderOfBoth, '--workers', '1']);
  assert.match(out, /stands in none of the texts/, err);
});

test('the library gives the same, sentence by sentence', async () => {
  const library = await createProbatum({ deep: false, workers: 1 });
  after(() => library.close());
  const texts = works.map(({ id, title, abstract }) => ({ id, title, text: abstract }));
  /** @type {import('../../pkg/probatum.js').GivenDraft} */
  const draft = {
    format: 'markdown',
    text: 'Short naps improved the reaction time of nurses by 14 ms [@k]. Nobody knows why [@unknown].',
    lists: [{ format: 'bibtex', text: `@article{k, title={${works[1].title}}, author={Okwuosa, C.}, year={2018}}` }],
  };
  const checking = library.checkDraft(draft, texts);
  const told = [];
  for await (const sentence of checking) told.push(sentence);
  const { works: named, sentences } = await checking;
  assert.deepEqual(told, sentences);
  assert.equal(named[0].text, works[1].id);
  assert.deepEqual(sentences[0].numbers, ['14 ms']);
  assert.ok(sentences[0].flagged);
  assert.equal(draft.text.slice(sentences[0].place.start, sentences[0].place.end), 'Short naps improved the reaction time of nurses by 14 ms [@k].');
  assert.deepEqual([sentences[1].verdict, sentences[1].troubles[0].kind], ['not-checkable', 'not-in-list']);
  await assert.rejects(async () => library.checkDraft(/** @type {any} */ ({ format: 'scroll', text: '' }), []), { name: 'UsageError' });
});
