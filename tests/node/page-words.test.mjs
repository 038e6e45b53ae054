/** The page's words for numbers, and its estimate of the time left. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageModule } from '../support/page-modules.mjs';

const { clock, count, fileStem, roughly } = pageModule('page/words');
const { Estimate } = pageModule('page/estimate');

test('file names are the title in plain words, cut between words, with the date', () => {
  assert.equal(fileStem('Does β-carotene  help? A “review”', '2026-11-23'), 'does-β-carotene-help-a-review-2026-11-23');
  assert.equal(fileStem('Über Gedächtnis: ../../etc', '2026-11-23'), 'uber-gedachtnis-etc-2026-11-23');
  assert.equal(fileStem('???', '2026-11-23'), 'report-2026-11-23');
  assert.ok(fileStem('word '.repeat(100), '2026-11-23').length < 75);
});

test('counts and times', () => {
  assert.equal(count('claim', 1), '1 claim');
  assert.equal(count('record', 1234), '1,234 records');
  assert.equal(clock(725), '12:05');
  assert.deepEqual([2, 41, 100].map(roughly), ['a few seconds', 'about 45 s', 'about 2 min']);
});

test('the time left follows from pairs scored, and is not told before any came back', () => {
  const estimate = new Estimate();
  estimate.pairs(0, 100, 0);
  assert.equal(estimate.secondsLeft(10, 5000), undefined);
  estimate.pairs(8, 40, 1000);
  assert.equal(estimate.secondsLeft(10, 5000), undefined);
  estimate.pairs(40, 40, 5000);
  estimate.judged(4);
  assert.equal(estimate.rate(5000), 10);
  assert.equal(estimate.secondsLeft(10, 5000), 6);
  // The next pairs come back before their claims are judged: that makes the others no larger.
  estimate.pairs(60, 80, 7000);
  assert.equal(estimate.secondsLeft(10, 7000), 4);
});
