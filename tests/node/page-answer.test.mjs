/** What the page does with the answer: the meter, the table of papers, the statements asked, the address. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageModule } from '../support/page-modules.mjs';

globalThis.document ??= /** @type {any} */ ({ title: 'Probatum' });
const { compare, matches } = pageModule('page/table', 'page/dom', 'page/words');
const { inWords, parts } = pageModule('page/meter', 'page/dom');
const { statements } = pageModule('page/proposition', 'page/dom');
const { addressOf, questionIn } = pageModule('page/address');

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

test('the address keeps the question, and gives it back from either place', () => {
  const question = 'Does A & B = C? #1 +2';
  const address = addressOf(question, 'https://example.org/some/where/?x=1#claim-c3');
  assert.ok(address.startsWith('https://example.org/some/where/#q='));
  assert.equal(questionIn(address), question);
  assert.equal(questionIn('https://example.org/?q=Do+naps+help%3F'), 'Do naps help?');
  assert.equal(questionIn('https://example.org/#claim-c3'), undefined);
  assert.equal(questionIn('https://example.org/?q=%20'), undefined);
});
