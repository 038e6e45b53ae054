/** The larger model beside the small one: joined from its parts, loaded when it is first asked, never without need. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ask, describe, openEngine } from '../../pkg/index.mjs';
import { defaultModel, readModel } from '../../pkg/node/model.mjs';
import { DATE, inFolder, probatum } from '../support/command.mjs';
import { writeDeepModel } from '../support/deep-model.mjs';

const never = new AbortController().signal;
const PAIRS = [{ premise: 'Adults who napped recalled 12 % more words.', hypothesis: 'Naps improve memory.' }];

test('parts are joined, in memory that threads share, into the file that they were cut from', () =>
  inFolder(async (folder) => {
    const parts = writeDeepModel(folder);
    assert.ok(parts.length > 2);
    const [cut, whole] = await Promise.all([readModel(folder), readModel(defaultModel())]);
    assert.ok(cut.model.buffer instanceof SharedArrayBuffer);
    assert.equal(Buffer.compare(cut.model, whole.model), 0);
  }));

test('a part that is missing, of another length or of other bytes is refused by its name', () =>
  inFolder(async (folder) => {
    const parts = writeDeepModel(folder);
    const [first, second, third] = parts.map(({ path }) => join(folder, path));
    const bytes = readFileSync(third);
    bytes[1000] ^= 1;
    writeFileSync(third, bytes);
    await assert.rejects(readModel(folder), { name: 'ModelError', message: /model\.onnx\.2 is not the file that the manifest names/ });
    truncateSync(second, 1000);
    await assert.rejects(readModel(folder), { name: 'ModelError', message: /model\.onnx\.1 has 1000 bytes, the manifest says \d+/ });
    rmSync(first);
    await assert.rejects(readModel(folder), { name: 'ModelError', message: /model\.onnx\.0 cannot be read/ });
  }));

test('parts that are no list of parts are refused by the name of the manifest', () =>
  inFolder(async (folder) => {
    const [part] = writeDeepModel(folder);
    const path = join(folder, 'manifest.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8'));
    for (const parts of ['model.onnx.0', [{ ...part, sha256: undefined }]]) {
      manifest.files.model.parts = parts;
      writeFileSync(path, JSON.stringify(manifest));
      await assert.rejects(readModel(folder), { name: 'ModelError', message: /manifest\.json has files\.model\.parts/ });
    }
  }));

test('the larger model is loaded when it is first asked, and scores by itself', () =>
  inFolder(async (folder) => {
    writeDeepModel(folder);
    const engine = await openEngine({ deep: folder, workers: 1 });
    try {
      assert.equal(JSON.parse(new TextDecoder().decode(engine.deepManifest)).name, 'probatum-nli-2');
      // The stand-in has the small one's weights.
      assert.deepEqual(await engine.entail(PAIRS, never, 'deep'), await engine.entail(PAIRS, never));
      await assert.rejects(engine.entail(PAIRS, AbortSignal.abort(), 'deep'), { name: 'CancelledError' });
    } finally {
      await engine.close();
    }
  }));

test('a part that is missing is no matter until the larger model is asked; the small one goes on', () =>
  inFolder(async (folder) => {
    writeDeepModel(folder);
    rmSync(join(folder, 'model.onnx.3'));
    const engine = await openEngine({ deep: folder, workers: 1 });
    try {
      await assert.rejects(engine.entail(PAIRS, never, 'deep'), { name: 'ModelError', message: /model\.onnx\.3/ });
      assert.equal((await engine.entail(PAIRS, never, 'small')).length, 1);
    } finally {
      await engine.close();
    }
  }));

test('an engine without the larger model has no manifest of it, and says so when asked', async () => {
  const engine = await openEngine({ deep: false, workers: 1 });
  try {
    assert.equal(engine.deepManifest, undefined);
    await assert.rejects(engine.entail(PAIRS, never, 'deep'), { name: 'ModelError', message: /without the larger model/ });
  } finally {
    await engine.close();
  }
});

/** Few enough claims that a run is short. */
const CLAIMS = 2;

/**
 * Answers the demonstration's question.
 * @param {string | false} deep
 */
async function demo(deep) {
  const { demoQuestion } = await describe();
  /** @type {import('../../pkg/probatum.js').Progress[]} */
  const told = [];
  const onProgress = (/** @type {import('../../pkg/probatum.js').Progress} */ progress) => void told.push(progress);
  const outcome = await ask(demoQuestion, { sources: ['demo'], date: DATE, limits: { maxClaims: CLAIMS }, deep, onProgress });
  return { outcome, told, stages: told.map(({ stage }) => stage) };
}

test('a run reads again with the larger model, counts it, and gives the same report every time', () =>
  inFolder(async (folder) => {
    writeDeepModel(folder);
    const [one, other] = [await demo(folder), await demo(folder)];
    const counts = one.told.filter((progress) => progress.stage === 'deepening');
    assert.ok(counts.length > 0);
    for (const { done, total } of counts) assert.ok(done <= total, `${done} of ${total}`);
    assert.ok(one.stages.indexOf('deepening') > one.stages.indexOf('answering'), 'first the small answer');
    assert.ok(one.outcome.json === other.outcome.json, 'the reports differ');
  }));

test('where the larger model cannot be had, the run goes on with what the small one said', () =>
  inFolder(async (folder) => {
    writeDeepModel(folder);
    rmSync(join(folder, 'model.onnx.0'));
    const [without, small] = [await demo(folder), await demo(false)];
    assert.ok(!small.stages.includes('deepening'));
    assert.deepEqual(without.outcome.summary, small.outcome.summary);
  }));

test('the command: --deep reads again, --small does not, both together are refused', () =>
  inFolder(async (folder) => {
    writeDeepModel(folder);
    const few = ['--demo', '--max-claims', String(CLAIMS)];
    const deep = await probatum([...few, '--deep', folder]);
    assert.equal(deep.code, 0, deep.err);
    assert.match(deep.err, /^deepen +\d+\/\d+ read again with the larger model$/m);
    const small = await probatum([...few, '--small']);
    assert.equal(small.code, 0, small.err);
    assert.doesNotMatch(small.err, /^deepen/m);
    const both = await probatum(['--demo', '--small', '--deep', folder]);
    assert.equal(both.code, 2, both.err);
    assert.match(both.err, /--small/);
    const nowhere = await probatum(['--demo', '--deep', '/nowhere/model']);
    assert.equal(nowhere.code, 4, nowhere.err);
    assert.match(nowhere.err, /\/nowhere\/model\/manifest\.json/);
  }));
