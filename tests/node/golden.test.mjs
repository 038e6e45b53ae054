/**
 * The question of the replaced report, on recorded arXiv metadata. The golden is renewed by `npm run bless`; read the
 * difference before committing it.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { before, test } from 'node:test';
import { reported } from '../support/command.mjs';
import { NLI_QUESTION } from '../support/corpus.mjs';
import { fingerprint } from '../support/fingerprint.mjs';
import { ROOT, arxivRecords, noFixtures } from '../support/fixtures.mjs';
import { build, folder } from '../support/replay-build.mjs';
import { assertIndependent, assertQuotesStand, assertSchema } from '../support/report.mjs';

const GOLDEN = join(ROOT, 'tests', 'golden', 'nli-question.json');
const skip = noFixtures;

/** @type {Awaited<ReturnType<typeof reported>>} */
let run;

before(async () => {
  if (skip) return;
  build();
  run = await reported([NLI_QUESTION, '--replay', folder('nli-question')]);
});

test('ids, spans, hashes, labels, scores and counts are those of the golden', { skip }, () => {
  const found = fingerprint(run.report);
  if (process.env.PROBATUM_BLESS) writeFileSync(GOLDEN, `${JSON.stringify(found, null, 1)}\n`);
  assert.deepEqual(found, JSON.parse(readFileSync(GOLDEN, 'utf8')));
});

test('the report fits its schema; quotes stand; evidence is independent', { skip }, () => {
  assertSchema(run.report);
  // The demonstration's report has evidence (demo.test.mjs); here what there is must stand.
  assertQuotesStand(run.report);
  assertIndependent(run.report);
});

test('no claim comes from a paper that only looks near', { skip }, () => {
  const tempting = ['topic_cwe_vuln.jsonl', '2510.00071.jsonl'].flatMap(arxivRecords).map(({ id }) => id);
  const papers = new Map(run.report.references.map((/** @type {any} */ r) => [r.id, r.arxivId]));
  for (const { claim } of run.report.claims) assert.ok(!tempting.includes(papers.get(claim.at.paper)), claim.text);
});

test('no claim is cut off', { skip }, () => {
  for (const { claim } of run.report.claims) {
    assert.match(claim.text, /[.!?][)\]"'”’]*$/, claim.text);
    assert.match(claim.text, /^["'“‘([$\\]*[\p{Lu}\p{N}$]/u, claim.text);
  }
});

test('no second-hand claim counts as a finding', { skip }, () => {
  for (const { claim } of run.report.claims) {
    assert.equal(claim.voice, 'own', claim.text);
    assert.doesNotMatch(claim.text, /et al\.|\b(?:reported|showed|found) by\b/, claim.text);
  }
});
