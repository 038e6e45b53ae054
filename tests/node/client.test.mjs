/** A client's end of a pipeline worker: what becomes of calls when the worker dies, is broken or is of another version. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '../../pkg/client.mjs';

/** @typedef {import('../../pkg/messages.mjs').FromPipeline} FromPipeline */

/** Workers that say what a test has them say. */
class Workers {
  started = 0;
  ended = 0;
  /** @type {import('../../pkg/messages.mjs').ToPipeline[]} */
  posted = [];
  /** @type {import('../../pkg/messages.mjs').Listener<FromPipeline>} */
  listener = { heard: () => {}, lost: () => {} };

  /** @type {import('../../pkg/client.mjs').StartPipeline} */
  start = (listener) => {
    this.started += 1;
    this.listener = listener;
    return { post: (message) => void this.posted.push(message), end: () => void (this.ended += 1) };
  };

  /** @param {FromPipeline} message */
  say(message) {
    this.listener.heard(message);
  }
}

/**
 * @param {string} version
 * @returns {FromPipeline}
 */
const hello = (version) => ({ type: 'hello', version, sources: [], demoQuestion: '' });
const rejudge = /** @type {const} */ ({ kind: 'rejudge', record: '', leniency: 0 });

test('when a worker dies its calls reject, and the next call starts another', async () => {
  const workers = new Workers();
  const client = new Client(workers.start, {});
  const [one, other] = [client.call(rejudge), client.call(rejudge)];
  workers.listener.lost('out of memory');
  for (const call of [one, other]) await assert.rejects(call, { name: 'EngineError', message: 'out of memory' });
  await assert.rejects(client.call(rejudge, { signal: AbortSignal.abort() }), { name: 'CancelledError' });
  assert.equal(workers.started, 1);
  const third = client.call(rejudge);
  assert.equal(workers.started, 2);
  workers.say({ type: 'done', id: 2, answer: 'judged' });
  assert.equal(await third, 'judged');
});

test('a module that cannot be started is an EngineError, for calls and for who asks what it is', async () => {
  const workers = new Workers();
  const client = new Client(workers.start, {});
  const [introduced, called] = [client.introduce(), client.call(rejudge)];
  workers.say({ type: 'broken', error: { name: 'CompileError', message: 'no SIMD' } });
  for (const each of [introduced, called]) await assert.rejects(each, { name: 'EngineError', message: 'no SIMD' });
  assert.equal(workers.ended, 1);
});

test('a worker that may not be started is an EngineError', async () => {
  const client = new Client(() => {
    throw new Error('not from another origin');
  }, {});
  await assert.rejects(client.introduce(), { name: 'EngineError', message: /another origin/ });
  await assert.rejects(client.call(rejudge), { name: 'EngineError', message: /another origin/ });
});

test('a worker of another version is refused', async () => {
  const workers = new Workers();
  const client = new Client(workers.start, {}, '1.0.0');
  const introduced = client.introduce();
  workers.say(hello('0.9.0'));
  await assert.rejects(introduced, { name: 'VersionError', message: /1\.0\.0.*0\.9\.0/ });
  const again = client.introduce();
  workers.say(hello('1.0.0'));
  assert.equal((await again).version, '1.0.0');
});

test('an answer to a call that is over, or from a worker that is gone, is nobody\'s', async () => {
  const workers = new Workers();
  const client = new Client(workers.start, {});
  const before = workers;
  const call = client.call(rejudge);
  const { listener } = before;
  await client.end(new Error('ended'));
  await assert.rejects(call, { message: 'ended' });
  const next = client.call(rejudge);
  listener.heard({ type: 'done', id: 1, answer: 'from the old one' });
  workers.say({ type: 'done', id: 0, answer: 'over' });
  workers.say({ type: 'done', id: 1, answer: 'new' });
  assert.equal(await next, 'new');
});
