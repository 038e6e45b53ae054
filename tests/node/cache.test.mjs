import assert from 'node:assert/strict';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openCache } from '../../pkg/node/cache.mjs';
import { inFolder } from '../support/command.mjs';

const URL_ASKED = 'https://api.openalex.org/works?search=naps';
const BODY = new Uint8Array([0xff, 0x00, 0x42]);
const TWO_DAYS_AGO = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000);

test('an answer is kept, under a name that does not show the question', () =>
  inFolder(async (folder) => {
    const cache = await openCache(folder);
    assert.equal(await cache.get(URL_ASKED), undefined);
    await cache.put(URL_ASKED, BODY);
    assert.deepEqual(new Uint8Array((await cache.get(URL_ASKED)) ?? []), BODY);
    assert.match(readdirSync(folder).join(), /^[0-9a-f]{64}\.txt$/);
  }));

test('an answer older than a day is not used, and forgotten at the next opening', () =>
  inFolder(async (folder) => {
    const cache = await openCache(folder);
    await cache.put(URL_ASKED, BODY);
    utimesSync(join(folder, readdirSync(folder)[0]), TWO_DAYS_AGO, TWO_DAYS_AGO);
    assert.equal(await cache.get(URL_ASKED), undefined);
    await openCache(folder);
    assert.deepEqual(readdirSync(folder), []);
  }));

test('a folder that cannot be made costs nothing but the saving', () =>
  inFolder(async (folder) => {
    writeFileSync(join(folder, 'file'), '');
    const cache = await openCache(join(folder, 'file', 'cache'));
    await cache.put(URL_ASKED, BODY);
    assert.equal(await cache.get(URL_ASKED), undefined);
  }));
