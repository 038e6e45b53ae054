/** The pool on inference workers of Node: order, cancellation, and what becomes of a crash. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultModel, readModel } from '../../pkg/node/model.mjs';
import { platform } from '../../pkg/node/platform.mjs';
import { startThread } from '../../pkg/node/thread.mjs';
import { load } from '../../pkg/node/wasm.mjs';
import { Pool } from '../../pkg/pool.mjs';
import { version } from '../../pkg/probatum.js';
import { startScorer } from '../../pkg/scorer.mjs';

const CRASHING = new URL('../support/crashing-worker.mjs', import.meta.url);
const never = new AbortController().signal;

/** @param {number} n */
const pairs = (n) =>
  Array.from({ length: n }, (_, i) => ({
    premise: `Adults who napped recalled ${i} words.`,
    hypothesis: 'Naps improve memory.',
  }));

/**
 * @param {number} size
 * @param {object} [files] in place of the model's
 * @param {import('../../pkg/scorer.mjs').StartInference} [start]
 */
async function pool(size, files, start = platform.startInference) {
  const [module, all] = [await load(), /** @type {any} */ (files ?? (await readModel(defaultModel())))];
  return new Pool(size, () => startScorer(start, module, all, version()));
}

/**
 * Workers that crash as often as they are told, over all their lives.
 * @param {number} times
 */
async function crashing(times) {
  const crashes = new Int32Array(new SharedArrayBuffer(4)).fill(times);
  const workers = await pool(1, { crashes, version: (await load(), version()) }, (listener) => startThread(CRASHING, listener));
  return { crashes, workers };
}

test('more workers give the same scores in the same order', async () => {
  const [one, three] = [await pool(1), await pool(3)];
  try {
    const [alone, together] = await Promise.all([one.entail(pairs(11), never), three.entail(pairs(11), never)]);
    assert.equal(alone.length, 11);
    assert.deepEqual(alone, together);
    assert.deepEqual(await one.entail([], never), []);
  } finally {
    one.close();
    three.close();
  }
});

test('a cancelled call rejects at once, and the pool can be used again', async () => {
  const workers = await pool(1);
  try {
    await workers.ready;
    const controller = new AbortController();
    const call = workers.entail(pairs(200), controller.signal);
    const started = performance.now();
    controller.abort();
    await assert.rejects(call, { name: 'CancelledError' });
    assert.ok(performance.now() - started < 100);
    assert.equal((await workers.entail(pairs(2), never)).length, 2);
  } finally {
    workers.close();
  }
});

test('a crashed worker is replaced and its batch retried once', async () => {
  const { crashes, workers } = await crashing(1);
  try {
    assert.equal((await workers.entail(pairs(3), never)).length, 3);
    assert.equal(crashes[0], 0);
  } finally {
    workers.close();
  }
});

test('a batch that crashes two workers is a ModelError, and the pool goes on', async () => {
  const { workers } = await crashing(2);
  try {
    await assert.rejects(workers.entail(pairs(1), never), { name: 'ModelError' });
    assert.equal((await workers.entail(pairs(1), never)).length, 1);
  } finally {
    workers.close();
  }
});

test('a model that cannot be loaded is a ModelError for whoever waits', async () => {
  const nothing = new Uint8Array();
  const workers = await pool(2, { manifest: nothing, model: nothing, tokenizer: nothing });
  try {
    await assert.rejects(workers.ready, { name: 'ModelError' });
    await assert.rejects(workers.entail(pairs(1), never), { name: 'ModelError' });
  } finally {
    workers.close();
  }
});
