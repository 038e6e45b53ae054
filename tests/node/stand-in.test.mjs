/** The whole product over a stand-in of three papers: `npm run eval -- --questions`. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { StandIn, scriptOf } from '../../scripts/eval/stand-in.mjs';
import { inFolder } from '../support/command.mjs';
import { evaluate } from '../support/evaluate.mjs';
import { ROOT } from '../support/fixtures.mjs';

const FOLDER = join(ROOT, 'tests', 'data', 'questions');
const SEARCH = 'https://api.semanticscholar.org/graph/v1/paper/search?query=';

test('a stand-in answers in the place of fetch; what a page could not read fails', async () => {
  const web = await StandIn.open(scriptOf(FOLDER));
  try {
    const both = await Promise.all([web.fetch(`${SEARCH}naps`), web.fetch(`${SEARCH}harbours`)]);
    const [naps, harbours] = await Promise.all(both.map((response) => response.json()));
    assert.deepEqual([naps.total, harbours.total], [2, 1]);
    assert.ok(web.searched > 0 && web.searched <= performance.now());
    await assert.rejects(web.fetch('https://api.crossref.org/works'), TypeError);
    await assert.rejects(web.fetch(SEARCH, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  } finally {
    await web.close();
  }
});

test('questions are searched for, answered, scored, and their reports kept', () =>
  inFolder(async (folder) => {
    const { code, out, err } = await evaluate('--questions', FOLDER, '--web', FOLDER, '--only', 'd01', '--keep', folder, '--json');
    assert.equal(code, 0, err);
    const { measures, questions } = JSON.parse(out).questions;
    const value = (/** @type {string} */ name) => measures.find((/** @type {any} */ measure) => measure.name === name).value;
    assert.equal(value('deciding papers found'), 1);
    assert.deepEqual([questions.length, questions[0].id, questions[0].asks], [1, 'd01', true]);
    assert.ok(questions[0].seconds >= 0);
    assert.equal(JSON.parse(readFileSync(join(folder, 'd01.json'), 'utf8')).question, 'Do afternoon naps improve word recall?');
    assert.ok(existsSync(join(folder, 'd01.md')));
    assert.doesNotMatch(out, /recall\?|12 %/, 'no text of a question or a paper');
  }));

test('variants stand beside each other', () =>
  inFolder(async (folder) => {
    const variants = join(folder, 'variants.json');
    writeFileSync(variants, '{"one paper": {"maxPapers": 1}}');
    const { code, out, err } = await evaluate('--questions', FOLDER, '--web', FOLDER, '--half', 'a', '--ablate', variants);
    assert.equal(code, 0, err);
    assert.match(out, /as it is +one paper\n/);
    assert.match(out, /deciding papers with a row +1\.00 +0\.50\n/);
  }));

test('what cannot be used is refused before anything is loaded', () =>
  inFolder(async (folder) => {
    const list = join(folder, 'list.json');
    writeFileSync(list, '[]');
    /** @type {[string[], RegExp][]} */
    const cases = [
      [['--half', 'a', '--pairs', 'x'], /--half needs --questions/],
      [['--small', '--pairs', 'x'], /--small needs --questions/],
      [['--questions', FOLDER, '--half', 'c'], /--half "c" is none of a, b, all/],
      [['--questions', folder], /dev\.jsonl does not exist/],
      [['--questions', FOLDER, '--only', 'd01,d77'], /no question "d77"/],
      [['--questions', FOLDER, '--only', 'd01', '--half', 'b'], /none of the questions is in half b/],
      [['--questions', FOLDER, '--pubmedqa', '0'], /--pubmedqa "0"/],
      [['--questions', FOLDER, '--params', list], /list\.json is no object/],
      [['--questions', FOLDER, '--web', folder], /web\.mjs does not exist/],
    ];
    for (const [args, message] of cases) {
      const { code, err } = await evaluate(...args);
      assert.equal(code, 2, `${args}: ${err}`);
      assert.match(err, message);
    }
  }));
