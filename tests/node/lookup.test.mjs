/** The references of a draft looked up, by the command and by the library, in answers and faults written for the test. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createProbatum } from '../../pkg/index.mjs';
import { replayFetch } from '../../pkg/node/replay.mjs';
import { inFolder, probatum } from '../support/command.mjs';
import { ROOT } from '../support/fixtures.mjs';

const folder = join(ROOT, 'tests', 'data', 'lookup');
const read = (/** @type {string} */ name) => readFileSync(join(folder, name), 'utf8');
/** @type {import('../../pkg/probatum.js').GivenDraft} */
const draft = { format: 'markdown', text: read('draft.md'), lists: [{ format: 'bibtex', text: read('refs.bib') }] };
const KINDS = { found: undefined, retracted: 'retracted', invented: 'not-found', several: 'several-found', busy: 'not-asked', other: 'doi-of-another-work' };

/** @type {Awaited<ReturnType<typeof createProbatum>>} */
let library;
before(async () => {
  library = await createProbatum({ deep: false, workers: 1, cache: false, fetch: await replayFetch(folder) });
});
after(() => library.close());

test('each reference is what became of it, and what could not be asked is never not found', async () => {
  /** @type {[number, number][]} */
  const told = [];
  const { works, abstracts, sentences } = await library.checkDraft(draft, [], { lookUp: true, onLookUp: (...counts) => told.push(counts) });
  assert.deepEqual(Object.fromEntries(works.map(({ key, trouble }) => [key, trouble?.kind])), KINDS);
  assert.deepEqual([told[0], told.at(-1), told.length], [[0, 6], [6, 6], 7]);

  const [found, retracted, invented, several, busy, other] = works;
  assert.deepEqual([found.text, found.remark?.kind, found.found?.doi], ['10.5555/naps.1', 'abstract-only', '10.5555/naps.1']);
  assert.deepEqual(abstracts.map(({ id }) => id), ['10.5555/naps.1']);
  assert.equal(retracted.found?.notice, 'retracted');
  assert.match(invented.trouble?.remedy ?? '', /may not exist/);
  assert.match(several.trouble?.reason ?? '', /10\.5555\/breaks\.1.*10\.5555\/breaks\.2/);
  assert.match(busy.trouble?.reason ?? '', /says nothing about it: .*throttled/);
  assert.doesNotMatch(JSON.stringify(busy), /not exist|no source knows/);
  assert.match(other.trouble?.reason ?? '', /“Sourdough bread in mountain villages”/);

  const [supported, ...rest] = sentences;
  assert.deepEqual([supported.verdict, supported.flagged], ['supported', false]);
  assert.deepEqual(supported.remarks.map(({ kind }) => kind), ['abstract-only']);
  assert.equal(supported.checked?.for[0].text, '10.5555/naps.1');
  for (const { verdict, flagged } of rest) assert.deepEqual([verdict, flagged], ['not-checkable', true]);
});

test('nothing is asked of anybody unless it is asked for, nor for a work whose text is at hand', async () => {
  let asked = 0;
  const fetch = async () => {
    asked += 1;
    return new Response('', { status: 404 });
  };
  const without = await library.checkDraft(draft, [], { fetch });
  assert.ok(without.works.every(({ trouble }) => trouble?.kind === 'no-text') && asked === 0);
  const texts = Object.keys(KINDS).map((id) => ({ id, text: 'Naps help.' }));
  const all = await library.checkDraft(draft, texts, { lookUp: true, fetch });
  assert.ok(all.works.every(({ text }) => text !== undefined) && asked === 0);
});

test('without a network every work could not be asked for', async () => {
  const { works } = await library.checkDraft(draft, [], { lookUp: true, fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
  for (const { trouble } of works) assert.equal(trouble?.kind, 'not-asked');
});

test('cancelled while works are looked up, it ends', async () => {
  const stop = new AbortController();
  const checking = library.checkDraft(draft, [], { lookUp: true, signal: stop.signal, fetch: () => new Promise(() => {}), onLookUp: () => stop.abort() });
  await assert.rejects(async () => checking, { name: 'CancelledError' });
});

test('the command looks up with --look-up, and then needs no papers', async () => {
  const given = ['check', join(folder, 'draft.md'), '--bib', join(folder, 'refs.bib'), '--workers', '1'];
  await inFolder(async (to) => {
    const { code, out, err } = await probatum([...given, '--look-up', '--replay', folder, '--json', join(to, 'd.json')]);
    assert.equal(code, 0, err);
    assert.match(err, /look up {2}6\/6 references/);
    assert.match(out, /its DOI or other identifier is another work’s: “Sourdough bread in mountain villages”\. Correct/);
    assert.match(out, /6 works in the lists, 1 of them at hand\. 5 sentences to look at\./);
    const { works } = JSON.parse(readFileSync(join(to, 'd.json'), 'utf8'));
    assert.deepEqual(Object.fromEntries(works.map((/** @type {any} */ { key, trouble }) => [key, trouble?.kind])), KINDS);
  });
  const { code, err } = await probatum(given);
  assert.equal(code, 2);
  assert.match(err, /--papers is missing/);
});
