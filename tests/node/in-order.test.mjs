/** Work on many items at once: the order of the results, how many are under way, and what becomes of a failure. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inOrder } from '../../pkg/in-order.mjs';

const after = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Numbers, and what was done with them. */
class Source {
  taken = 0;
  ended = false;

  /** @param {number} most */
  async *numbers(most) {
    try {
      for (; this.taken < most; this.taken += 1) yield this.taken;
    } finally {
      this.ended = true;
    }
  }
}

test('results come in the order of the items, and no more are under way than may be', async () => {
  let underWay = 0;
  let most = 0;
  const results = [];
  for await (const result of inOrder(new Source().numbers(20), 3, async (item, index) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await after((item * 7) % 5);
    underWay -= 1;
    return [item, index];
  })) {
    results.push(result);
  }
  assert.deepEqual(results, Array.from({ length: 20 }, (_, n) => [n, n]));
  assert.equal(most, 3);
});

test('items are taken only as results are: memory is flat', async () => {
  const source = new Source();
  let read = 0;
  for await (const result of inOrder(source.numbers(1000), 4, async (item) => item)) {
    read += 1;
    assert.equal(result, read - 1);
    assert.ok(source.taken - read <= 4, `${source.taken} taken, ${read} read`);
    if (read === 100) break;
  }
  assert.ok(source.ended, 'the items are let go of');
});

test('a result does not wait for an item that is slow to come', async () => {
  async function* slow() {
    yield 1;
    await after(200);
    yield 2;
  }
  const started = performance.now();
  for await (const result of inOrder(slow(), 2, async (item) => item)) {
    if (result === 1) assert.ok(performance.now() - started < 150);
  }
});

test('what an item fails of, and what the items fail of, is thrown', async () => {
  const read = async (/** @type {AsyncIterable<unknown>} */ results) => {
    for await (const result of results) assert.ok(result !== undefined);
  };
  const source = new Source();
  const failing = inOrder(source.numbers(10), 3, async (item) => {
    if (item === 2) throw new Error('two');
    return item;
  });
  await assert.rejects(read(failing), /two/);
  assert.ok(source.ended);
  async function* broken() {
    yield 1;
    throw new Error('no more');
  }
  await assert.rejects(read(inOrder(broken(), 2, async (item) => item)), /no more/);
  assert.deepEqual(await read(inOrder([], 2, async (item) => item)), undefined);
});
