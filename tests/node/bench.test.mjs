import assert from 'node:assert/strict';
import test from 'node:test';
import { compare, ratiosOf } from '../bench/compare.mjs';
import { bounded, interleave, speedup, spread } from '../bench/measure.mjs';
import { pairsOf } from '../bench/pairs.mjs';

const never = (/** @type {string} */ name, /** @type {Error} */ error) => assert.fail(`${name}: ${error.message}`);

/**
 * An engine that takes as long as it says.
 * @param {number} ms
 * @param {number[]} logits
 * @returns {import('../bench/compare.mjs').Engine}
 */
const engine = (ms, logits) => ({
  prepare: async (batches) => batches.flat().map(() => logits),
  sample: async () => ms,
  close: async () => {},
});

test('a spread is the median between the least and the most', () => {
  assert.deepEqual(spread([3, 1, 9]), { median: 3, least: 1, most: 9 });
  assert.deepEqual(spread([4, 2]), { median: 3, least: 2, most: 4 });
});

test('a rival that takes twice the time makes ours twice as fast, round by round', () => {
  assert.deepEqual(speedup([1, 10], [2, 20]), { median: 2, least: 2, most: 2 });
});

test('rounds alternate, and begin with another contestant every time', async () => {
  /** @type {string[]} */
  const order = [];
  const contestants = ['a', 'b'].map((name) => ({ name, sample: async () => order.push(name) }));
  await interleave(contestants, 0, never);
  assert.deepEqual(order.slice(0, 6), ['a', 'b', 'b', 'a', 'a', 'b']);
});

test('a contestant that fails is reported and left out; the others go on', async () => {
  /** @type {string[]} */
  const failed = [];
  const broken = { name: 'broken', sample: () => Promise.reject(new Error('no')) };
  const rounds = await interleave([broken, { name: 'sound', sample: async () => 1 }], 0, (name, { message }) => {
    failed.push(`${name}: ${message}`);
  });
  assert.deepEqual(failed, ['broken: no']);
  assert.deepEqual([...rounds.keys()], ['sound']);
});

test('a wait that is too long ends with what was waited for', async () => {
  await assert.rejects(bounded(new Promise(() => {}), 1, 'loading'), /loading took longer than 0.001 s/);
});

test('a comparison says who is faster and whether the answers are the same ones', async () => {
  const engines = new Map([
    ['ours', engine(10, [1, 0, 0])],
    ['onnxruntime-web', engine(25, [0.5, 0, 0.75])],
  ]);
  const compared = await compare(engines, [pairsOf(2, 8, 2000)], 0, never);
  assert.equal(compared.ours.msPerPair.median, 5);
  assert.equal(compared.ours.logitsDiffer, 0.75);
  assert.equal(compared.ours.labelsAgree, 0);
  assert.deepEqual(ratiosOf('shipped/8/1/batch2', compared), { 'onnxruntime-web/shipped/8/1/batch2': 2.5 });
});

test('pairs are the same ones in every run, and their ids are in the vocabulary', () => {
  const pairs = pairsOf(3, 32, 1200);
  assert.deepEqual(pairs, pairsOf(3, 32, 1200));
  const ids = pairs.flatMap(({ ids }) => ids);
  assert.equal(ids.length, 96);
  assert.ok(ids.every((id) => id >= 1000 && id < 1200));
  assert.ok(new Set(ids).size > 32);
});
