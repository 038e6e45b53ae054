/** The demonstration through the command: the same module as the page, without a network. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { reported } from '../support/command.mjs';
import { ROOT } from '../support/fixtures.mjs';
import { assertQuotesStand, assertSchema } from '../support/report.mjs';

/** @type {Awaited<ReturnType<typeof reported>>} */
let demo;

before(async () => {
  demo = await reported(['--demo', '--workers', '1']);
});

test('the answer comes first, then findings with their sources', () => {
  const lines = demo.out.trimEnd().split('\n');
  assert.equal(lines[0], demo.report.answer.text);
  const found = demo.report.answer.findings;
  assert.ok(found.length > 0 && lines.filter((line) => line.startsWith('“')).length === Math.min(6, found.length), demo.out);
  assert.match(demo.out, /Report written to /);
});

test('the papers stand on both sides, and what is off the topic or second-hand is set apart', () => {
  const { answer, excluded, secondHand } = demo.report;
  assert.ok(['yes', 'mixed'].includes(answer.label), answer.text);
  assert.ok(answer.counts.yes > answer.counts.no + answer.counts.noDifference, demo.out);
  assert.ok(excluded.length > 0, 'a planted off-topic paper is set aside');
  assert.ok(secondHand.length > 0, 'a planted second-hand claim is listed');
});

test('the report fits its published schema, and every quote stands in its passage', () => {
  assertSchema(demo.report);
  assertQuotesStand(demo.report);
});

test('every export says that the papers were written for the demonstration', () => {
  for (const kind of /** @type {const} */ (['json', 'html', 'markdown'])) {
    assert.match(demo[kind], /were written for Probatum[^]*not real literature/, kind);
  }
});

test('the HTML is one self-contained document', () => {
  assert.match(demo.html, /^<!doctype html>/i);
  assert.doesNotMatch(demo.html, /<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=["']?https?:/i);
});

test('a second run with more workers gives the same bytes', async () => {
  const again = await reported(['--demo', '--workers', '3']);
  for (const kind of /** @type {const} */ (['json', 'html', 'markdown'])) assert.equal(again[kind], demo[kind], kind);
});

test('it uses no network: a replay that answers nothing changes nothing', async () => {
  const alone = await reported(['--demo', '--replay', join(ROOT, 'tests', 'data', 'no-network')]);
  assert.equal(alone.json, demo.json);
});

test('the package carries the licence and entry that it promises', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'pkg', 'package.json'), 'utf8'));
  assert.equal(manifest.bin.probatum, 'cli.mjs');
  assert.equal(manifest.license, 'MIT OR Apache-2.0');
});
