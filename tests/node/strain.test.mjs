/** The library under strain: runs at once, a caller's function that throws, and what is no question, no text or no limit. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOUNDS } from '../../pkg/defaults.mjs';
import { ask, createProbatum, openEngine } from '../../pkg/index.mjs';

test('two runs at once have each its own fetch', async () => {
  const network = globalThis.fetch;
  const engine = await openEngine({ workers: 1, deep: false });
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

test('what the promise of an asynchronous onProgress rejects with ends the run too', async () => {
  const thrown = new Error('mine');
  const running = ask('Do naps improve recall?', { sources: ['demo'], workers: 1, deep: false, onProgress: async () => Promise.reject(thrown) });
  await assert.rejects(running, (error) => error === thrown);
});

test('what is no question, text, list or limit is refused by name, and the engine goes on', async () => {
  const probatum = await createProbatum({ workers: 1, deep: false });
  const any = /** @type {any} */ (undefined);
  const question = 'Do naps improve recall?';
  /** @type {[() => Promise<unknown>, RegExp][]} */
  const refused = [
    [() => probatum.ask(any), /question is of type undefined/u],
    [() => probatum.ask(/** @type {any} */ (42)), /question is of type number/u],
    [() => probatum.ask(question, { sources: /** @type {any} */ ('demo') }), /"demo", which is no list/u],
    [() => probatum.ask(question, { sources: ['demo'], limits: /** @type {any} */ ({ maxPaper: 3 }) }), /unknown limit "maxPaper": choose among maxPapers/u],
    [() => probatum.check(/** @type {any} */ (5), ['Naps help.']), /claim is of type number/u],
    [() => probatum.check('Naps help.', [/** @type {any} */ (null)]), /text at 0 is of type undefined/u],
    [() => probatum.judge('Naps help.', any), /hypothesis is of type undefined/u],
  ];
  for (const [name, [least, most]] of Object.entries(BOUNDS)) {
    for (const value of [least - 1, most + 1, 1.5, Number.NaN, '5', null]) {
      const limits = /** @type {any} */ ({ [name]: value });
      refused.push([() => probatum.ask(question, { sources: ['demo'], limits }), new RegExp(`^${name} is .+ whole number from ${least} to ${most}$`, 'u')]);
    }
  }
  try {
    for (const [call, message] of refused) await assert.rejects(call, { name: 'UsageError', message });
    const { summary } = await probatum.ask(question, { sources: ['demo', 'demo'], limits: { maxPapers: undefined, maxClaims: 1 } });
    assert.equal(summary.claims, 1);
  } finally {
    await probatum.close();
  }
});
