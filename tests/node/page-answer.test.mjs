/** What the page does with the answer: the meter, the table of papers, the statements asked, the address. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWords, parts } from '../../pkg/elements/meter.mjs';
import { pageModule } from '../support/page-modules.mjs';

globalThis.document ??= /** @type {any} */ ({ title: 'Probatum' });
const { compare, matches } = pageModule('page/table');
const { statements } = pageModule('page/proposition');
const { addressOf, askedBy } = pageModule('page/address');
const { cut } = pageModule('page/folded');
const { canMove, errorRate, outcomeCounts } = pageModule('page/strictness');

const counts = { yes: 3, mixed: 0, noDifference: 0, no: 1, silent: 5 };

test('parts of the meter are as long as their papers are many, and silent papers have none', () => {
  const [yes, no] = parts(counts);
  assert.equal(parts(counts).length, 2);
  assert.ok(Math.abs(yes.width - 3 * no.width) < 1e-6);
  assert.ok(Math.abs(no.left + no.width - 600) < 1e-6);
  assert.deepEqual(parts({ ...counts, yes: 0, no: 0 }), []);
  assert.equal(inWords(counts), '3 yes, 1 no, 5 no side');
});

const row = (/** @type {string} */ stance, /** @type {string[]} */ ...cells) => ({ stance, cells });

test('a row is shown where it has every word and one of the stances chosen', () => {
  const trial = row('yes', 'yes 91 %', 'A trial of naps', '2021');
  assert.ok(matches(trial, '', new Set()));
  assert.ok(matches(trial, ' NAPS  2021', new Set(['yes', 'no'])));
  assert.ok(!matches(trial, 'naps 2022', new Set()));
  assert.ok(!matches(trial, 'naps', new Set(['no'])));
});

test('numbers are sorted as numbers, stances as the meter has them, the rest as words', () => {
  const years = [row('no', '2021'), row('yes', '987'), row('silent', 'not stated')];
  assert.deepEqual(years.toSorted((a, b) => compare(a, b, 0, false)).map(({ cells }) => cells[0]), ['987', '2021', 'not stated']);
  assert.deepEqual(years.toSorted((a, b) => compare(a, b, 0, true)).map(({ stance }) => stance), ['yes', 'no', 'silent']);
});

test('statements are trimmed, none empty, none twice, at most four', () => {
  assert.deepEqual(statements(['  Naps\nhelp ', '', 'Naps help', 'No']), ['Naps help', 'No']);
  assert.equal(statements(['a', 'b', 'c', 'd', 'e']).length, 4);
});

const usual = { question: 'Does A & B = C? #1 +2', sources: ['openalex', 'crossref'], maxPapers: 60, maxClaims: 24, maxFullTexts: 8 };

test('the address keeps the question and what is not as usual, and gives it back', () => {
  const here = 'https://example.org/some/where/?x=1#claim-c3';
  const address = addressOf(usual, usual, here);
  assert.ok(address.startsWith('https://example.org/some/where/#q='));
  assert.deepEqual(askedBy(address), { question: usual.question });
  const other = { ...usual, sources: ['datacite'], maxClaims: 7, relay: 'https://relay.example/?key=secret' };
  assert.doesNotMatch(addressOf(other, usual, here), /secret|relay/);
  assert.deepEqual(askedBy(addressOf(other, usual, here)), { question: usual.question, sources: ['datacite'], maxClaims: 7 });
  assert.deepEqual(askedBy('https://example.org/?q=Do+naps+help%3F'), { question: 'Do naps help?' });
  assert.deepEqual(askedBy('https://example.org/#q=Naps&claims=many&papers=-3'), { question: 'Naps' });
  assert.equal(askedBy('https://example.org/#claim-c3'), undefined);
  assert.equal(askedBy('https://example.org/?q=%20'), undefined);
});

test('an address that is damaged, long or hostile is a question or none, and never more', () => {
  const asked = (/** @type {string} */ hash) => askedBy(`https://example.org/${hash}`);
  for (const hash of ['#q=%', '#q=%E0%A4%A', '#q=%ff%fe', '#q=%00', '#Q=naps', '#q', '#&q=naps']) assert.doesNotThrow(() => asked(hash), hash);
  assert.equal(asked('#q=<script>alert(1)</script>')?.question, '<script>alert(1)</script>');
  assert.equal(asked(`#q=${'x'.repeat(100_000)}`)?.question.length, 100_000);
  assert.deepEqual(asked('#q=Naps&q=Gears&papers=12345&texts=1e3&claims=0x10&relay=https://a.example&model=b'), { question: 'Naps' });
});

test('a failure is one line, and what a server sent stands behind it', () => {
  assert.deepEqual(cut('HTTP 500'), { line: 'HTTP 500', said: '' });
  assert.deepEqual(cut('OpenAlex refused: “{"error":1}”'), { line: 'OpenAlex refused', said: '“{"error":1}”' });
});

test('strictness is offered where there is something to move, with what was measured', () => {
  const thresholds = { supported: 0.87, leansSupported: 0.67, leansRefuted: 0.82, refuted: 0.89, measured: { supported: { wrong: 0.093, kept: 0.1 } } };
  const judged = { claims: [{}], verdicts: { supported: 2, leansSupported: 1, untested: 3 }, provenance: { model: { thresholds } } };
  assert.ok(canMove(judged));
  assert.ok(!canMove({ ...judged, claims: [] }));
  assert.ok(!canMove({ ...judged, provenance: { model: { thresholds: { ...thresholds, leansSupported: 1, leansRefuted: 1 } } } }));
  assert.equal(errorRate(judged), 'Where measured, supported: 9 of 100 wrong, finds 10 of 100.');
  assert.equal(outcomeCounts(judged), '2 supported · 1 lean to supported');
});
