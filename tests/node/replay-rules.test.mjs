import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { replayFetch } from '../../pkg/node/replay.mjs';
import { inFolder } from '../support/command.mjs';

/**
 * @param {import('../../pkg/node/replay.mjs').Rule[]} rules
 * @param {(fetch: typeof globalThis.fetch) => Promise<void>} work
 */
const replaying = (rules, work) =>
  inFolder(async (folder) => {
    writeFileSync(join(folder, 'replay.json'), JSON.stringify({ rules }));
    writeFileSync(join(folder, 'body.txt'), 'twelve bytes');
    await work(await replayFetch(folder));
  });

test('the first rule that begins the address answers', () =>
  replaying([{ match: 'https://a.example/x', file: 'body.txt', status: 404 }, { match: 'https://a.example/' }], async (fetch) => {
    const first = await fetch('https://a.example/x?q=1');
    assert.deepEqual([first.status, await first.text()], [404, 'twelve bytes']);
    assert.equal(await (await fetch('https://a.example/y')).text(), '');
  }));

test('no rule, or an unreadable answer, fails as in a browser', () =>
  replaying([{ match: 'https://a.example/', fault: 'unreadable' }], async (fetch) => {
    await assert.rejects(fetch('https://a.example/'), { name: 'TypeError', message: 'Failed to fetch' });
    await assert.rejects(fetch('https://b.example/'), { name: 'TypeError', message: 'Failed to fetch' });
  }));

test('a rule with `times` is used so often, then the next one', () =>
  replaying(
    [{ match: 'https://a.example/', status: 429, headers: { 'Retry-After': '3' }, times: 1 }, { match: 'https://a.example/' }],
    async (fetch) => {
      const first = await fetch('https://a.example/');
      assert.deepEqual([first.status, first.headers.get('retry-after')], [429, '3']);
      assert.equal((await fetch('https://a.example/')).status, 200);
    },
  ));

test('a truncated answer is half the body; one that hangs ends with the signal', () =>
  replaying([{ match: 'https://a.example/h', fault: 'hang' }, { match: 'https://a.example/', file: 'body.txt', fault: 'truncate' }], async (fetch) => {
    assert.equal(await (await fetch('https://a.example/')).text(), 'twelve');
    const controller = new AbortController();
    const hanging = fetch('https://a.example/h', { signal: controller.signal });
    controller.abort();
    await assert.rejects(hanging, { name: 'AbortError' });
  }));
