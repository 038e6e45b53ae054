/** The example for Ray (examples/ray): two parts of the claims in two actors of this machine come to the single run. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, test } from 'node:test';
import { probatum } from '../support/command.mjs';
import { ROOT } from '../support/fixtures.mjs';

const PYTHON = process.env.PYTHON ?? 'python3';
const withRay = spawnSync(PYTHON, ['-c', 'import ray.data'], { stdio: 'ignore' }).status === 0;
const skip = withRay ? false : `${PYTHON} has no Ray: pip install -r examples/ray/requirements.txt`;

const folder = mkdtempSync(join(tmpdir(), 'probatum-ray-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Written for this test. */
const PAPERS = [
  { id: 'naps', text: 'Short daytime naps improved word recall in older adults.' },
  { id: 'grain', text: 'Sealed bags kept grain dry for nine months.' },
];
const CLAIMS = ['Naps improve recall.', 'Naps worsen recall.', 'Bags keep grain dry.', 'Grain rots in bags.', ''].map((claim, id) => ({ id, claim }));

test('parts checked in two actors are the single run, byte for byte', { skip, timeout: 600_000 }, async () => {
  const lines = (/** @type {unknown[]} */ rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const [claims, papers, results] = ['claims.jsonl', 'papers.jsonl', 'results'].map((name) => join(folder, name));
  writeFileSync(claims, lines(CLAIMS));
  writeFileSync(papers, lines(PAPERS));
  const command = `${process.execPath} ${join(ROOT, 'pkg', 'cli.mjs')}`;
  const more = ['--shards', '2', '--workers', '1', '--command', command];
  const run = spawnSync(PYTHON, ['examples/ray/verify.py', claims, papers, results, ...more], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  const single = await probatum(['verify', claims, '--papers', papers, '--workers', '1']);
  assert.equal(readFileSync(join(results, 'all.jsonl'), 'utf8'), single.out);
});
