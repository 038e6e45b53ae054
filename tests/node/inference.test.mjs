/** The pool of inference workers: order, cancellation, and what becomes of a crash. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InferencePool } from '../../pkg/inference.mjs';
import { defaultModel, readModel } from '../../pkg/model.mjs';
import { load } from '../../pkg/wasm.mjs';

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
 * @param {URL} [worker]
 */
async function pool(size, files, worker) {
  return new InferencePool(await load(), /** @type {any} */ (files ?? (await readModel(defaultModel()))), size, worker);
}

test('more workers give the same scores in the same order', async () => {
  const [one, three] = [await pool(1), await pool(3)];
  try {
    const [alone, together] = await Promise.all([one.entail(pairs(11), never), three.entail(pairs(11), never)]);
    assert.equal(alone.length, 11);
    assert.deepEqual(alone, together);
    assert.deepEqual(await one.entail([], never), []);
  } finally {
    await Promise.all([one.close(), three.close()]);
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
    await workers.close();
  }
});

test('a crashed worker is replaced and its batch retried once', async () => {
  const crashes = new Int32Array(new SharedArrayBuffer(4)).fill(1);
  const workers = await pool(1, { crashes }, CRASHING);
  try {
    assert.equal((await workers.entail(pairs(3), never)).length, 3);
    assert.equal(crashes[0], 0);
  } finally {
    await workers.close();
  }
});

test('a batch that crashes two workers is a ModelError, and the pool goes on', async () => {
  const crashes = new Int32Array(new SharedArrayBuffer(4)).fill(2);
  const workers = await pool(1, { crashes }, CRASHING);
  try {
    await assert.rejects(workers.entail(pairs(1), never), { name: 'ModelError' });
    assert.equal((await workers.entail(pairs(1), never)).length, 1);
  } finally {
    await workers.close();
  }
});

test('a model that cannot be loaded is a ModelError for whoever waits', async () => {
  const nothing = new Uint8Array();
  const workers = await pool(2, { manifest: nothing, model: nothing, tokenizer: nothing });
  try {
    await assert.rejects(workers.ready, { name: 'ModelError' });
    await assert.rejects(workers.entail(pairs(1), never), { name: 'ModelError' });
  } finally {
    await workers.close();
  }
});
