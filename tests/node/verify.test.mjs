/** Many claims: `probatum verify`, `merge` and `claim`, run as a reader runs them, with the real model. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { probatum } from '../support/command.mjs';
import { makePdf, paragraph } from '../support/make-pdf.mjs';

const folder = mkdtempSync(join(tmpdir(), 'probatum-verify-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (/** @type {string} */ name) => join(folder, name);
const rows = (/** @type {string} */ text) => text.trim().split('\n').map((line) => JSON.parse(line));

/** Written for this test. */
const PAPERS = [
  { id: 'naps', title: 'Naps and word recall', abstract: ['We tested forty adults.', 'Short daytime naps improved word recall in older adults.'] },
  { id: 'grain', title: 'Grain', text: 'Sealed bags kept grain dry for nine months.\n\nInsects died in all bags.' },
  { id: 'taken-back', title: 'Retracted: Steam dries grain', text: 'Steam kept grain dry for nine months.' },
];
const CLAIMS = [
  { id: 1, claim: 'Daytime naps improve word recall in older adults.' },
  { id: 'worse', claim: 'Daytime naps worsen word recall in older adults.' },
  { id: 'own', claim: 'Sealed bags keep grain dry for nine months.', own: 'grain' },
  { id: 'steam', claim: 'Steam keeps grain dry for nine months.' },
  { id: 'far', claim: 'The lighthouse was painted in spring.' },
];
const lines = (/** @type {unknown[]} */ items) => items.map((item) => `${JSON.stringify(item)}\n`).join('');

writeFileSync(at('papers.jsonl'), lines(PAPERS));
writeFileSync(at('claims.jsonl'), lines(CLAIMS));
const papers = ['--papers', at('papers.jsonl'), '--workers', '1'];

/** @param {string[]} more */
const verify = (...more) => probatum(['verify', at('claims.jsonl'), ...papers, ...more]);

test('a row comes out for each, in order, and says what decides', async () => {
  const { code, out, err } = await verify();
  assert.equal(code, 0, err);
  const [helps, worse, own, steam, far] = rows(out);
  assert.deepEqual([helps.id, worse.id, own.id, steam.id, far.id], ['1', 'worse', 'own', 'steam', 'far']);
  assert.match(helps.label, /supported$/);
  assert.match(worse.label, /refuted$/);
  const [found] = helps.for;
  assert.equal(PAPERS[0].abstract?.join(' ').slice(found.start, found.end), found.quote);
  assert.equal(own.label, 'not-enough-info', 'its own text never supports it');
  assert.equal(own.grounded.text, 'grain');
  assert.ok([...steam.for, ...steam.against, ...steam.nearest].every(({ text }) => text !== 'taken-back'), 'what was taken back is no evidence');
  assert.equal(far.label, 'not-enough-info');
  assert.match(err, /5 claims, 0 without a verdict; [\d,]+ claims and [\d,]+ sentences an hour and core/);
});

test('what tools of Windows write is read alike', async () => {
  const claims = [{ id: 1, claim: 'Müller’s daytime naps improve word recall in older adults.' }];
  const text = lines(claims).replaceAll('\n', '\r\n');
  const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
  const files = [Buffer.from(text), Buffer.from(`\ufeff${text}`), wide, Buffer.from(wide).swap16(), Buffer.from(text.replace('’', '\u0092'), 'latin1')];
  const made = await Promise.all(
    files.map(async (bytes, i) => {
      writeFileSync(at(`windows-${i}.jsonl`), bytes);
      const { code, out, err } = await probatum(['verify', at(`windows-${i}.jsonl`), ...papers]);
      assert.equal(code, 0, err);
      return out;
    }),
  );
  assert.match(made[0], /"claim":"Müller’s daytime/);
  for (const out of made) assert.equal(out, made[0]);
});

test('rows that cannot be checked say why, and the others are', async () => {
  const long = at('long.jsonl');
  writeFileSync(long, `${JSON.stringify(CLAIMS[0])}\nnot JSON\n\n{"claim":"no id"}\n{"id":1,"claim":"twice"}\n{"id":2}\n{"id":3,"claim":"…"}\n`);
  writeFileSync(long, `{"id":4,"claim":"${'long '.repeat(20e6)}"}\n${JSON.stringify(CLAIMS[1])}`, { flag: 'a' });
  const { code, out } = await probatum(['verify', long, ...papers]);
  assert.equal(code, 1);
  const found = rows(out);
  assert.deepEqual(found.map(({ line }) => line), [1, 2, 4, 5, 6, 7, 8, 9]);
  const errors = found.map(({ error }) => error?.message ?? '');
  const expected = [/^$/, /line 2: it is not JSON/, /line 4: it has no "id"/, /line 5: its id "1" is that of line 1 too/, /line 6: it has no "claim"/, /no word/, /line 8: it is longer than 1 MB/, /^$/];
  expected.forEach((pattern, place) => assert.match(errors[place], pattern));
});

test('shards put together in any order are the whole run, byte for byte', async () => {
  const whole = await verify();
  const shards = ['1/3', '2/3', '3/3'];
  for (const shard of shards) {
    const { code, err } = await verify('--shard', shard, '--out', at(`${shard[0]}.jsonl`));
    assert.equal(code, 0, err);
  }
  const merged = await probatum(['merge', at('3.jsonl'), at('1.jsonl'), at('2.jsonl')]);
  assert.equal(merged.out, whole.out);
  const twice = await probatum(['merge', at('2.jsonl'), at('1.jsonl'), at('3.jsonl'), at('1.jsonl'), '--out', at('merged.jsonl')]);
  assert.equal(twice.code, 0, twice.err);
  assert.equal(readFileSync(at('merged.jsonl'), 'utf8'), whole.out);
});

test('a run that was killed is completed, and what has changed is made anew', async () => {
  const results = at('out.jsonl');
  const whole = (await verify()).out;
  const [first, second, third] = whole.split('\n');
  const stale = JSON.stringify({ ...JSON.parse(second), input: 'of another claim' });
  writeFileSync(results, `${first}\n${stale}\n${third.slice(0, 40)}`);
  const { code, err } = await verify('--out', results, '--resume');
  assert.equal(code, 0, err);
  assert.match(err, /4 claims \(and 1 before\)/);
  assert.equal(readFileSync(results, 'utf8'), whole);
  assert.ok(!existsSync(`${results}.kept`));
});

test('what cannot be read or written is one sentence with a remedy', async () => {
  /** @param {string[]} args @param {number} code @param {RegExp} message */
  const fails = async (args, code, message) => {
    const done = await probatum(args);
    assert.equal(done.code, code, done.err);
    assert.match(done.err, message);
  };
  await fails(['verify', at('claims.jsonl'), '--workers', '1'], 2, /--papers is missing/);
  await fails(['verify', at('nothing.jsonl'), ...papers], 2, /nothing\.jsonl cannot be read/);
  await fails(['verify', at('claims.jsonl'), '--papers', at('nowhere')], 2, /nowhere does not exist/);
  await fails(['verify', at('claims.jsonl'), '--papers', at('claims.jsonl')], 2, /claims\.jsonl, line 1: it has no "id" and "text"/);
  await fails(['verify', at('claims.jsonl'), ...papers, '--shard', '4/3'], 2, /--shard "4\/3" is none/);
  await fails(['verify', '-', ...papers, '--resume', '--out', at('o')], 2, /--resume reads the claims twice/);
  await fails(['merge', at('papers.jsonl')], 2, /papers\.jsonl, line 1 is no result/);
  if (existsSync('/dev/full')) await fails(['verify', at('claims.jsonl'), ...papers, '--out', '/dev/full'], 1, /\/dev\/full cannot be written: ENOSPC.*--resume/s);
});

test('an empty file has no results', async () => {
  writeFileSync(at('empty.jsonl'), '');
  const { code, out } = await probatum(['verify', at('empty.jsonl'), ...papers]);
  assert.deepEqual([code, out], [0, '']);
});

test('one statement is checked by name', async () => {
  writeFileSync(at('naps.md'), '# Naps\n\nShort daytime naps improved word recall in older adults.\n');
  const { code, out } = await probatum(['claim', CLAIMS[0].claim.toString(), '--papers', at('naps.md'), '--workers', '1']);
  assert.equal(code, 0);
  assert.match(out, /^(Leans to s|S)upported \(probability 0\.\d\d\): Daytime naps improve word recall/);
  assert.match(out, /“Short daytime naps improved word recall in older adults\.”\n {4}.*naps\.md, characters 1 to 57; entails/);
});

test('a paper is read in the format that it comes in', async () => {
  const found = 'Short daytime naps improved word recall in older adults.';
  const jats = `<article><front><article-meta><title-group><article-title>Naps</article-title></title-group></article-meta></front><body><sec><title>Results</title><p>${found}</p></sec></body></article>`;
  writeFileSync(at('naps.nxml'), jats);
  writeFileSync(at('naps.tex'), `\\title{Naps}\\begin{document}\\section{Results}% none\n${found}\n\\end{document}`);
  for (const name of ['naps.nxml', 'naps.tex']) {
    const { code, out, err } = await probatum(['claim', CLAIMS[0].claim.toString(), '--papers', at(name), '--workers', '1']);
    assert.equal(code, 0, err);
    assert.match(out, new RegExp(`“${found}”\\n {4}.*naps, characters 0 to 56; entails`));
  }
  writeFileSync(at('broken.docx'), 'PK\u0003\u0004');
  const { code, err } = await probatum(['claim', 'Naps help.', '--papers', at('broken.docx')]);
  assert.equal(code, 2);
  assert.match(err, /broken\.docx cannot be read/);
});

test('a PDF is read, and one that is none says so', async () => {
  const said = 'We tested forty older adults in two centres, and half of them took a short nap every day for ten weeks. Short daytime naps improved word recall in older adults. Those who rested recalled as many words as before, and no one left the trial before its end.';
  writeFileSync(at('naps.pdf'), makePdf([paragraph(said, { x: 60, y: 100, letters: 80 })]));
  const { code, out, err } = await probatum(['claim', CLAIMS[0].claim.toString(), '--papers', at('naps.pdf'), '--workers', '1']);
  assert.equal(code, 0, err);
  assert.match(out, /“Short daytime naps improved word recall in older adults\.”/);
  writeFileSync(at('broken.pdf'), '%PDF-1.7\n%%EOF');
  const broken = await probatum(['claim', 'Naps help.', '--papers', at('broken.pdf')]);
  assert.equal(broken.code, 2);
  assert.match(broken.err, /broken\.pdf cannot be read: .*PDF/);
});
