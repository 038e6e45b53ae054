/** `npm run eval`: its measures against values worked out by hand, what it prints, and what it refuses. */
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readPairs, spread } from '../../scripts/eval/input.mjs';
import { auroc, calibrationError, isTwoWay, macroF1, majority, measure } from '../../scripts/eval/measures.mjs';
import { recall, score } from '../../scripts/eval/scifact-measures.mjs';
import { inFolder } from '../support/command.mjs';
import { evaluate } from '../support/evaluate.mjs';
import { ROOT } from '../support/fixtures.mjs';

const DATA = join(ROOT, 'tests', 'data');
const DEV = join(ROOT, '..', 'shared', 'nli-data', 'dev');

/**
 * @param {number} entailment
 * @param {number} neutral
 * @param {number} contradiction
 */
const p = (entailment, neutral, contradiction) => ({ entailment, neutral, contradiction });

/**
 * @param {number | null} found
 * @param {number} wanted
 */
const near = (found, wanted) => assert.ok(Math.abs(Number(found) - wanted) < 1e-9, `${found} is not ${wanted}`);

test('a file with a byte-order mark is read, in UTF-8 and in UTF-16', () =>
  inFolder(async (folder) => {
    const line = `${JSON.stringify({ premise: 'Gears were oiled.', hypothesis: 'Oil was used.', label: 'entailment' })}\r\n`;
    const utf16 = Buffer.from(`\ufeff${line}${line}`, 'utf16le');
    const files = { utf8: Buffer.from(`\ufeff${line}${line}`), utf16, swapped: Buffer.from(utf16).swap16(), gz: gzipSync(`\ufeff${line}${line}`) };
    for (const [name, bytes] of Object.entries(files)) {
      const path = join(folder, name === 'gz' ? 'pairs.jsonl.gz' : `${name}.jsonl`);
      writeFileSync(path, bytes);
      assert.equal((await readPairs(path)).length, 2, name);
    }
    const latin = join(folder, 'latin.jsonl');
    writeFileSync(latin, Buffer.from([0x7b, 0xe9, 0x7d]));
    await assert.rejects(readPairs(latin), { name: 'UsageError', message: /latin\.jsonl is not text in UTF-8/ });
  }));

test('three-way measures', () => {
  const found = measure(
    [p(0.7, 0.2, 0.1), p(0.6, 0.3, 0.1), p(0.1, 0.8, 0.1), p(0.2, 0.2, 0.6)],
    ['entailment', 'neutral', 'neutral', 'contradiction'],
  );
  assert.equal(found.n, 4);
  near(found.accuracy, 3 / 4);
  // F1: entailment 2·1/(2+1), neutral 2·1/(1+2), contradiction 1.
  near(found.macroF1, (2 / 3 + 2 / 3 + 1) / 3);
  // Bins of 1/15: 0.7 in the eleventh alone; both 0.6 in the tenth, one wrong and one right; 0.8 in the thirteenth.
  near(found.ece, (0.3 + Math.abs(1 - 1.2) + 0.2) / 4);
  // Squared errors: 0.09+0.04+0.01, 0.36+0.49+0.01, 0.01+0.04+0.01, 0.04+0.04+0.16.
  near(found.brier, (0.14 + 0.86 + 0.06 + 0.24) / 4);
  near(found.auroc, 1);
});

test('two-way measures add neutral to contradiction', () => {
  const found = measure([p(0.4, 0.3, 0.3), p(0.9, 0.05, 0.05)], ['not_entailment', 'entailment']);
  near(found.accuracy, 1);
  near(found.macroF1, 1);
  near(found.ece, (0.4 + 0.1) / 2);
  near(found.brier, (2 * 0.16 + 2 * 0.01) / 2);
  near(majority(['not_entailment', 'neutral', 'entailment']), 2 / 3);
  // Entailment and one other label: which of the other two the model says does not matter.
  near(measure([p(0.2, 0.1, 0.7), p(0.6, 0.2, 0.2)], ['neutral', 'entailment']).accuracy, 1);
  // One label alone, or neutral and contradiction, are no two-way file.
  assert.deepEqual([isTwoWay(['entailment']), isTwoWay(['neutral', 'contradiction'])], [false, false]);
});

test('the parts of the measures', () => {
  near(auroc([0.1, 0.5, 0.5, 0.9], [false, true, false, true]), 3.5 / 4);
  near(auroc([1, 1], [true, false]), 0.5);
  assert.equal(auroc([0.2, 0.3], [true, true]), null);
  near(calibrationError([1, 1], [true, false]), 0.5);
  near(macroF1(['a', 'a'], ['a', 'b']), (2 / 3) / 2);
  assert.deepEqual(spread([1, 2, 3, 4, 5, 6], 3), [1, 3, 5]);
  assert.deepEqual(spread([1, 2], 3), [1, 2]);
});

test('SciFact: the evaluator’s own worked example', () => {
  // github.com/allenai/scifact, doc/evaluation.md, "Detailed scoring example".
  /** @type {import('../../scripts/eval/scifact-measures.mjs').Gold} */
  const gold = new Map([
    ['11', { label: 'SUPPORT', rationales: [[0, 1], [11]] }],
    ['15', { label: 'SUPPORT', rationales: [[4]] }],
  ]);
  /** @type {import('../../scripts/eval/scifact-measures.mjs').Predicted} */
  const predicted = new Map([
    ['11', { label: 'SUPPORT', sentences: [1, 11, 13] }],
    ['16', { label: 'CONTRADICT', sentences: [18, 20] }],
  ]);
  const found = score([gold], [predicted]);
  assert.deepEqual(found.abstractLabelRationale, { precision: 1 / 2, recall: 1 / 2, f1: 1 / 2 });
  assert.deepEqual(found.sentenceSelectionLabel, { precision: 1 / 5, recall: 1 / 4, f1: 2 / 9 });
  assert.equal(recall([gold], [['11', '16', '15']], 2), 1 / 2);
});

test('SciFact: a wrong label, a fourth sentence, and nothing said', () => {
  /** @type {import('../../scripts/eval/scifact-measures.mjs').Gold} */
  const gold = new Map([['1', { label: 'CONTRADICT', rationales: [[3]] }]]);
  const said = (/** @type {'SUPPORT' | 'CONTRADICT'} */ label, /** @type {number[]} */ sentences) =>
    score([gold], [new Map([['1', { label, sentences }]])]);
  const wrong = said('SUPPORT', [3]);
  assert.deepEqual([wrong.abstractLabelOnly.f1, wrong.sentenceSelection.f1, wrong.sentenceSelectionLabel.f1], [0, 1, 0]);
  const late = said('CONTRADICT', [0, 1, 2, 3]);
  assert.deepEqual([late.abstractLabelOnly.f1, late.abstractLabelRationale.f1, late.sentenceSelection.recall], [1, 0, 1]);
  assert.equal(score([gold], [new Map()]).abstractLabelOnly.f1, 0);
});

test('files are measured by the shipped engine: one object on standard output', async () => {
  const files = [join(DATA, 'pairs.jsonl'), join(DATA, 'pairs_two_way.jsonl')];
  const { code, out, err } = await evaluate('--pairs', ...files, '--json');
  assert.equal(code, 0, err);
  const found = JSON.parse(out).files;
  assert.deepEqual(found.map((/** @type {any} */ { file }) => file), files);
  for (const result of found) {
    assert.equal(result.n, 6);
    for (const name of ['accuracy', 'macroF1', 'ece', 'auroc']) assert.ok(result[name] >= 0 && result[name] <= 1, name);
    assert.ok(result.brier >= 0 && result.brier <= 2 && result.pairsPerSecond > 0);
    assert.deepEqual(Object.keys(result.baselines), ['majority', 'overlapAuroc', 'bm25Auroc']);
  }
  assert.deepEqual(found.map((/** @type {any} */ { baselines }) => baselines.majority), [0.3333, 0.6667]);
  assert.ok(found[0].auroc > 0.5, 'plain pairs are no coin toss');
});

test('the open task runs to its end on the product’s own verdicts', async () => {
  const { code, out, err } = await evaluate('--scifact', join(DATA, 'open_task'), '--json');
  assert.equal(code, 0, err);
  const { scifact } = JSON.parse(out);
  assert.deepEqual([scifact.claims, scifact.abstracts, scifact.recallAt3, scifact.recallAt10], [3, 3, 1, 1]);
  assert.ok(scifact.abstractLabelOnly.f1 >= 0.5, 'a sentence that repeats the claim is found');
});

test('a person reads tables, and a subset says so', async () => {
  const { out } = await evaluate('--pairs', join(DATA, 'pairs.jsonl'), '--most', '2');
  assert.match(out, /2 pairs, spread evenly over 6/);
  assert.match(out, /majority class/);
});

test('what cannot be used is refused in one line with code 2', async () => {
  await inFolder(async (folder) => {
    const file = (/** @type {string} */ name, /** @type {string | Buffer} */ content) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const good = '{"premise": "a", "hypothesis": "b", "label": "neutral"}\n';
    /** @type {[string[], RegExp][]} */
    const cases = [
      [[], /nothing to measure/],
      [['--nonsense'], /nonsense/],
      [['a.jsonl'], /put --pairs before files/],
      [['--pairs', 'x', '--most', '0'], /--most "0"/],
      [['--pairs', join(folder, 'gone.jsonl')], /gone\.jsonl does not exist/],
      [['--pairs', folder], /cannot be read/],
      [['--pairs', file('bad.jsonl.gz', 'plain')], /bad\.jsonl\.gz is no gzip file/],
      [['--pairs', file('cut.jsonl.gz', gzipSync(good).subarray(0, 20))], /cut\.jsonl\.gz is no gzip file/],
      [['--pairs', file('json.jsonl', `${good}{"premise"`)], /json\.jsonl, line 2: /],
      [['--pairs', file('label.jsonl', good.replace('neutral', 'maybe'))], /label\.jsonl, line 1: its label is "maybe"/],
      [['--pairs', file('premise.jsonl', good.replace('premise', 'text'))], /line 1: it has no text "premise"/],
      [['--pairs', file('null.jsonl', 'null\n')], /null\.jsonl, line 1: /],
      [['--pairs', file('empty.jsonl', '\n')], /empty\.jsonl is empty/],
      [['--scifact', folder], /corpus\.jsonl does not exist/],
    ];
    for (const [args, message] of cases) {
      const { code, out, err } = await evaluate(...args);
      assert.equal(code, 2, `${args}: ${err}`);
      assert.equal(out, '');
      assert.match(err, message);
      assert.equal(err.trim().split('\n').length, 1, err);
    }
    const { code, err } = await evaluate('--pairs', file('good.jsonl', good), '--model', folder);
    assert.equal(code, 4);
    assert.match(err, /manifest\.json cannot be read/);
  });
});

const noDev = existsSync(DEV) ? false : 'skipped: ../shared/nli-data is not here';

test('a development set, by a sample', { skip: noDev }, async () => {
  const { code, out, err } = await evaluate('--pairs', join(DEV, 'scifact_dev_rationale.jsonl.gz'), '--most', '24', '--json');
  assert.equal(code, 0, err);
  const [result] = JSON.parse(out).files;
  assert.deepEqual([result.n, result.of], [24, 339]);
});
