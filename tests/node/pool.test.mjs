/** The pool of inference instances, on instances that do what a test wants of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BATCH, Crash, Pool } from '../../pkg/pool.mjs';

/** @typedef {{ premise: string, hypothesis: string }} Pair */

const never = new AbortController().signal;
const pairs = (/** @type {number} */ n) => Array.from({ length: n }, (_, i) => ({ premise: String(i), hypothesis: '' }));
const echo = async (/** @type {Pair[]} */ batch) =>
  batch.map(({ premise }) => ({ entailment: Number(premise), neutral: 0, contradiction: 0 }));
const order = (/** @type {{ entailment: number }[]} */ answers) => answers.map(({ entailment }) => entailment);

/** @param {(batch: Pair[], instance: number) => Promise<import('../../pkg/probatum.js').Entailment[]>} score */
function instances(score) {
  const made = { count: 0, stopped: 0 };
  const spawn = async () => {
    const instance = made.count;
    made.count += 1;
    return { score: (/** @type {Pair[]} */ batch) => score(batch, instance), stop: () => void (made.stopped += 1) };
  };
  return { made, spawn };
}

test('answers come in the order of the pairs, whichever instance is faster', async () => {
  const { spawn } = instances(async (batch, instance) => {
    await new Promise((resolve) => setTimeout(resolve, instance === 0 ? 20 : 1));
    assert.ok(batch.length <= BATCH);
    return echo(batch);
  });
  const pool = new Pool(3, spawn);
  let scored = 0;
  const answers = await pool.entail(pairs(50), never, (/** @type {number} */ n) => (scored += n));
  assert.deepEqual(order(answers), [...Array(50).keys()]);
  assert.equal(scored, 50);
  assert.deepEqual(await pool.entail([], never), []);
  pool.close();
});

test('a crashed instance is replaced and its batch is tried once more', async () => {
  let crashed = false;
  const { made, spawn } = instances(async (batch) => {
    if (crashed) return echo(batch);
    crashed = true;
    throw new Crash('unreachable');
  });
  const pool = new Pool(1, spawn);
  assert.deepEqual(order(await pool.entail(pairs(20), never)), [...Array(20).keys()]);
  assert.deepEqual(made, { count: 2, stopped: 1 });
  pool.close();
});

test('pairs that crash two instances are a ModelError, and the pool goes on', async () => {
  const { spawn } = instances(async (batch) => {
    if (batch.some(({ premise }) => premise === 'poison')) throw new Crash('unreachable');
    return echo(batch);
  });
  const pool = new Pool(2, spawn);
  await assert.rejects(pool.entail([{ premise: 'poison', hypothesis: '' }], never), { name: 'ModelError', message: /twice/ });
  assert.deepEqual(order(await pool.entail(pairs(3), never)), [0, 1, 2]);
  pool.close();
});

test('an abort rejects at once, also while an instance does not answer', async () => {
  const { spawn } = instances(() => new Promise(() => {}));
  const pool = new Pool(1, spawn);
  const controller = new AbortController();
  const answer = pool.entail(pairs(20), controller.signal);
  const started = performance.now();
  setTimeout(() => controller.abort(), 5);
  await assert.rejects(answer, { name: 'CancelledError' });
  assert.ok(performance.now() - started < 500);
  await assert.rejects(pool.entail(pairs(1), controller.signal), { name: 'CancelledError' });
  pool.close();
});

test('what one instance cannot load, the others do; where none can, it is a ModelError', async () => {
  let tries = 0;
  const { spawn } = instances(echo);
  const lame = new Pool(2, async () => {
    tries += 1;
    if (tries === 1) throw new Error('out of memory');
    return spawn();
  });
  await lame.ready;
  assert.equal((await lame.entail(pairs(9), never)).length, 9);
  lame.close();
  const dead = new Pool(2, async () => {
    throw new Error('model.onnx is not the file that the manifest names');
  });
  await assert.rejects(dead.ready, { name: 'ModelError', message: /model\.onnx/ });
  await assert.rejects(dead.entail(pairs(1), never), { name: 'ModelError' });
});
