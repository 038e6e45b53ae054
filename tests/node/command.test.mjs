/** The command line: what it refuses, and by which exit code. */
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inFolder, probatum } from '../support/command.mjs';
import { ROOT } from '../support/fixtures.mjs';

const MODEL = join(ROOT, 'www', 'models', 'probatum-nli-1');

test('--help lists every option and ends with 0', async () => {
  const { code, out } = await probatum(['--help']);
  assert.equal(code, 0);
  for (const option of ['--source', '--replay', '--model', '--json', '--html', '--markdown', '--max-papers', '--demo', '--proposition', '--deep', '--small']) {
    assert.ok(out.includes(option), option);
  }
});

test('--version is the version of the package', async () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'pkg', 'package.json'), 'utf8'));
  const { code, out } = await probatum(['--version']);
  assert.deepEqual([code, out.trim()], [0, version]);
});

for (const [why, args, word] of /** @type {[string, string[], string][]} */ ([
  ['no question', [], 'question'],
  ['an empty question', ['  '], 'question'],
  ['two questions', ['one?', 'two?'], '2 arguments'],
  ['an unknown option', ['why?', '--wat'], '--wat'],
  ['an unknown source', ['why is the sky blue?', '--source', 'gopher'], 'gopher'],
  ['a date that does not exist', ['why?', '--date', '2026-02-30'], '2026-02-30'],
  ['a limit that is no number', ['why?', '--max-papers', 'many'], 'many'],
  ['an empty proposition', ['why?', '--proposition', ' '], '--proposition'],
  ['a limit of nothing', ['why?', '--max-claims', '0'], '0'],
  ['a replay folder that is not there', ['Do naps improve memory?', '--replay', '/nowhere/at-all'], '/nowhere/at-all'],
  ['a relay without https', ['Do naps improve memory?', '--source', 'arxiv', '--relay', 'http://x'], 'http://x'],
  ['the demonstration with another question', ['--demo', 'why?'], '--demo'],
])) {
  test(`${why}: code 2, naming it`, async () => {
    const { code, err, out } = await probatum(args);
    assert.equal(code, 2, err);
    assert.ok(err.includes(word), err);
    assert.equal(out, '');
  });
}

test('a model that is not there: code 4, naming the file', async () => {
  const { code, err } = await probatum(['--demo', '--model', '/nowhere/model']);
  assert.equal(code, 4, err);
  assert.match(err, /\/nowhere\/model\/manifest\.json/);
});

test('a model whose bytes are not those of its manifest: code 4', () =>
  inFolder(async (folder) => {
    for (const name of ['manifest.json', 'tokenizer.json']) copyFileSync(join(MODEL, name), join(folder, name));
    writeFileSync(join(folder, 'model.onnx'), readFileSync(join(MODEL, 'model.onnx')).subarray(0, 1_000_000));
    const { code, err } = await probatum(['--demo', '--model', folder]);
    assert.equal(code, 4, err);
    assert.match(err, /model\.onnx/);
  }));

test('a manifest that is no JSON: code 4', () =>
  inFolder(async (folder) => {
    writeFileSync(join(folder, 'manifest.json'), 'no');
    const { code, err } = await probatum(['--demo', '--model', folder]);
    assert.equal(code, 4, err);
  }));
