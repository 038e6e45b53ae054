/** Recorded answers and faults through the command. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { DATE, probatum, reported } from '../support/command.mjs';
import { FULL_TEXT_QUESTION, NLI_QUESTION } from '../support/corpus.mjs';
import { noFixtures } from '../support/fixtures.mjs';
import { RELAY, build, folder } from '../support/replay-build.mjs';
import { assertIndependent, assertQuotesStand, assertSchema } from '../support/report.mjs';

const skip = noFixtures;
const EVERY_SOURCE = ['openalex', 'semantic-scholar', 'datacite', 'crossref', 'pubmed', 'arxiv'].flatMap((id) => ['--source', id]);

before(() => {
  if (!skip) build();
});

test('the same inputs give the same bytes', { skip }, async () => {
  const args = [NLI_QUESTION, '--replay', folder('nli-question'), '--max-claims', '8'];
  const [one, two] = [await reported([...args, '--workers', '1']), await reported([...args, '--workers', '3'])];
  for (const kind of /** @type {const} */ (['json', 'html', 'markdown'])) assert.equal(one[kind], two[kind], kind);
});

test('arXiv full texts are read where they can be', { skip }, async () => {
  const { report } = await reported([FULL_TEXT_QUESTION, '--replay', folder('full-text'), '--max-claims', '12']);
  const scifact = report.references.find((/** @type {any} */ r) => r.arxivId === '2004.14974');
  assert.equal(scifact?.reading, 'full-text');
  assertSchema(report);
  assertQuotesStand(report);
  assertIndependent(report);
});

test('arXiv answers through a relay, not without', { skip }, async () => {
  const args = [NLI_QUESTION, '--replay', folder('nli-question'), '--source', 'arxiv', '--max-claims', '2'];
  const relayed = await reported([...args, '--relay', RELAY]);
  assert.ok(relayed.report.flow.records > 0);
  const alone = await probatum(args);
  assert.equal(alone.code, 3, alone.err);
});

test('every fault at once: the run goes on with what answers, and says who could not be asked', { skip }, async () => {
  const faulty = [NLI_QUESTION, '--replay', folder('faults'), ...EVERY_SOURCE, '--relay', RELAY, '--max-claims', '4'];
  const { report, markdown, html, err } = await reported(faulty);
  const states = new Map(report.sources.map((/** @type {any} */ s) => [s.source, s]));
  assert.equal(states.get('datacite').state, 'answered');
  assert.match(err, /datacite: throttled, asked again in 1 s/);
  for (const source of ['openalex', 'semantic-scholar', 'crossref', 'pubmed']) {
    const { state, reason, remedy } = states.get(source);
    assert.equal(state, 'failed', source);
    assert.ok(reason.length > 0 && remedy.length > 0, source);
  }
  assert.match(states.get('openalex').reason, /500/);
  assert.ok((markdown.match(/could not be asked/g) ?? []).length >= 4, 'Markdown names every failed source');
  assert.ok((html.match(/could not be asked/g) ?? []).length >= 4, 'HTML names every failed source');
  assert.ok(report.claims.length > 0, 'one dead source never ends a run');
  const population = /population|genetic/i;
  for (const { title } of report.references) assert.doesNotMatch(title, population, 'an OR-rewritten feed is gated out');
});

test('every source answers with nothing: a report that says so, and no source failed', { skip }, async () => {
  const { report, markdown } = await reported([NLI_QUESTION, '--replay', folder('empty')]);
  assert.equal(report.flow.records, 0);
  for (const { source, state } of report.sources) assert.equal(state, 'answered', source);
  assert.doesNotMatch(markdown, /could not be asked/);
});

test('no source can be asked: code 3, and never "found nothing"', { skip }, async () => {
  const { code, err, out } = await probatum([NLI_QUESTION, '--replay', folder('all-down'), '--date', DATE]);
  assert.equal(code, 3, err);
  assert.equal(out, '');
  assert.match(err, /could not be asked|could be asked/);
  assert.doesNotMatch(err, /found nothing|no papers|no record/i);
});
