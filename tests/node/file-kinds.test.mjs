/** What files are, by name and content, and the words in them. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { listFormat, readFile as readAny } from '../../pkg/files.mjs';
import { ofHtml } from '../../pkg/markup.mjs';
import { load } from '../../pkg/node/wasm.mjs';
import { ROOT } from '../support/fixtures.mjs';

await load();

/** PDFs are read in tests of their own. */
const noPdf = () => Promise.reject(Object.assign(new Error('a PDF'), { name: 'PdfError' }));
const readFile = (/** @type {string} */ name, /** @type {Uint8Array} */ content) => readAny(name, content, noPdf);

const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);
const read = (/** @type {string} */ name, /** @type {string} */ text) => readFile(name, bytes(text));

test('a file is told by its first bytes, then its name, then how it looks', async () => {
  /** @type {[string, string, string][]} */
  const cases = [
    ['a.txt', '%PDF-1.4', 'PDF'],
    ['a.bib', 'PK\x03\x04', 'Word document'],
    ['a.BIB', '% a comment\n', 'BibTeX'],
    ['noname', '% a list\n@book{a, title={B}}', 'BibTeX'],
    ['noname', 'TY  - JOUR\nER  - \n', 'RIS'],
    ['noname', ' <!DOCTYPE html><p>Words', 'HTML'],
    ['noname', '\\documentclass{article}', 'TeX'],
    ['noname.txt', '[{"id": 1, "text": "One."}]', 'JSON'],
    ['a.ndjson', '{"id": 1, "text": "One."}', 'JSON Lines'],
    ['noname', 'Some words.', 'plain text'],
    ['noname', 'e-mail me @home', 'plain text'],
  ];
  for (const [name, text, what] of cases) assert.equal((await read(name, text)).what, what, `${name}: ${text}`);
});

test('what cannot be read has a reason and a remedy, and no role', async () => {
  const unread = await Promise.all([read('a.pdf', '%PDF-'), read('a.txt', 'a\0b'), read('a.txt', ' \n'), read('a.json', '{'), read('a.json', '[{"id": 1}]'), read('a.jsonl', '{"id": 1, "text": "One."}\n\n{"id": 2}'), read('a.docx', 'PK\x03\x04'), read('a.nxml', '<article><bod'), read('a.odt', 'PK\x03\x04')]);
  for (const { trouble, role } of unread) {
    assert.ok(trouble && trouble.reason.length > 5 && /\.$/.test(trouble.remedy), JSON.stringify(trouble));
    assert.equal(role, undefined);
  }
  assert.match(unread[3].trouble?.reason ?? '', /not JSON/);
  assert.match(unread[4].trouble?.reason ?? '', /item 1: it has no "id" and "text"/);
  assert.match(unread[5].trouble?.reason ?? '', /line 3: /);
});

test('roles: a list of works is no paper, and rows are papers', async () => {
  const csl = await read('a.json', '[{"type": "article", "title": "T", "abstract": "An abstract.", "id": "x"}]');
  assert.deepEqual([csl.role, csl.list, csl.texts], ['list', 'csl-json', undefined]);
  const rows = await read('a.json', '{"id": 7, "title": "T", "abstract": ["One.", "Two."]}');
  assert.deepEqual([rows.role, rows.list, rows.texts], ['text', undefined, [{ id: '7', title: 'T', text: 'One. Two.', retracted: false }]]);
  const printed = await read('refs.txt', '[1] Doe, J. Naps. 2020.\n[2] Roe, K. Trees. 2021.\n');
  assert.deepEqual([printed.role, printed.list], ['list', 'printed']);
  const paper = await read('doe2020.txt', '# Naps\n\nIn 2020 we studied naps.');
  assert.deepEqual([paper.role, paper.draft, paper.texts], ['text', 'plain', [{ id: 'doe2020.txt', title: 'Naps', text: '\nIn 2020 we studied naps.' }]]);
});

test('the drafts and lists of the tests are what their names say, and what they look like without one', async () => {
  const folder = join(ROOT, 'tests', 'data', 'drafts');
  for (const name of readdirSync(folder).filter((name) => /^\d/.test(name))) {
    const content = readFileSync(join(folder, name));
    const file = await readFile(name, content);
    assert.equal(file.trouble, undefined, name);
    assert.equal(file.role, /\.(bib|json|ris)$/.test(name) ? 'list' : 'text', name);
    if (/\.(bib|ris|json)$/.test(name)) assert.equal((await readFile('noname', content)).list, file.list, name);
  }
  assert.deepEqual(['a.bib', 'a.RIS', 'a.json', 'a.txt', 'a.jsonl'].map(listFormat), ['bibtex', 'ris', 'csl-json', 'printed', undefined]);
});

test('texts in other encodings are read', async () => {
  const utf16 = Buffer.from('\uFEFFNaps – yes', 'utf16le');
  assert.equal((await readFile('a.txt', utf16)).text, 'Naps – yes');
  assert.equal((await readFile('a.txt', Uint8Array.of(0x4e, 0xe4, 0x70))).text, 'Näp');
});

test('HTML becomes its words, in paragraphs', () => {
  const { title, text } = ofHtml('<html><head><title>Naps &amp; memory</title><style>p { }</style></head><body><nav>Menu</nav><h1>Naps</h1><p>Recall rose by <b>12</b>&nbsp;%<br>at night.</p><!-- no --><script>alert(1)</script><ul><li>p &lt; 0.05 &#8211; &#x2013; &unknown;</li></ul>');
  assert.equal(title, 'Naps & memory');
  assert.equal(text, 'Naps\n\nRecall rose by 12 % at night.\n\np < 0.05 – – &unknown;');
});

test('papers are read by the module, and a page that is no paper by its words', async () => {
  const tex = await read('doe2020.tex', '\\documentclass{article}\\title{On naps}\\begin{document}\\section{Results}\nRecall rose by 12\\,\\%.\n\\end{document}');
  assert.deepEqual([tex.role, tex.draft], ['text', 'tex']);
  assert.deepEqual(tex.texts, [{ id: 'doe2020', title: 'On naps', text: 'Recall rose by 12 %.' }]);
  const jats = await read('doe.nxml', '<article><front><article-meta><title-group><article-title>Naps</article-title></title-group></article-meta></front><body><p>Recall rose.</p></body></article>');
  assert.deepEqual(jats.texts, [{ id: 'doe', title: 'Naps', text: 'Recall rose.' }]);
  const page = await read('page.html', '<html><title>Naps</title><p>Recall rose.</p></html>');
  assert.deepEqual(page.texts, [{ id: 'page', title: 'Naps', text: 'Recall rose.' }]);
});
