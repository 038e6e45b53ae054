import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Tally } from '../../scripts/tally.mjs';

test('a native test that could not run is skipped, not passed', () => {
  const tally = new Tally();
  tally.read('skipped: recorded_openalex: ../shared/fixtures/openalex is not here\ntest result: ok. 3 passed; 1 failed; 1 ignored; 0 measured\n');
  tally.read('ℹ pass 4\nℹ fail 0\nℹ skipped 2\n');
  assert.equal(String(tally), '6 passed, 1 failed, 4 skipped');
});
