/** The library under strain: runs at once, and a caller's function that throws. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, openEngine } from '../../pkg/index.mjs';

test('two runs at once have each its own fetch', async () => {
  const network = globalThis.fetch;
  const engine = await openEngine({ workers: 1 });
  /** @param {string} question */
  const run = async (question) => {
    /** @type {string[]} */
    const asked = [];
    /** @type {typeof globalThis.fetch} */
    const fetch = (request) => {
      asked.push(request instanceof Request ? request.url : String(request));
      return Promise.resolve(Response.json({ data: [], meta: { total: 0 } }));
    };
    await ask(question, { sources: ['datacite'], engine, fetch, cache: false }).catch(() => undefined);
    return asked;
  };
  try {
    const [naps, gears] = await Promise.all([run('Do naps improve recall?'), run('Does oil reduce noise of gears?')]);
    assert.ok(naps.length > 0 && naps.every((url) => !/gear|noise/iu.test(url)), naps.join(' '));
    assert.ok(gears.length > 0 && gears.every((url) => !/nap|recall/iu.test(url)), gears.join(' '));
    assert.equal(globalThis.fetch, network);
  } finally {
    await engine.close();
  }
});

test('what onProgress throws ends the run and is what ask rejects with', async () => {
  const thrown = new Error('mine');
  const running = ask('Do naps improve recall?', {
    sources: ['demo'],
    workers: 1,
    onProgress() {
      throw thrown;
    },
  });
  await assert.rejects(running, (error) => error === thrown);
});
