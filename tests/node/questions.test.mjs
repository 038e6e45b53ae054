/** The measures of `npm run eval -- --questions`, on reports written for the test and counts worked out by hand. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PUBMEDQA_MEASURES, scorePubmedqa } from '../../scripts/eval/pubmedqa.mjs';
import * as measures from '../../scripts/eval/questions-measures.mjs';
import { measuresTable, questionsTable, takeAll } from '../../scripts/eval/questions-print.mjs';
import { notTaken } from '../../scripts/eval/questions-input.mjs';
import { MEASURES, halfOf, interval, score } from '../../scripts/eval/questions-score.mjs';
import { judgedId, sidedClaims, viewOf } from '../../scripts/eval/questions-view.mjs';

/** @typedef {import('../../scripts/eval/questions-measures.mjs').Question} Question */
/** @typedef {import('../../scripts/eval/questions-measures.mjs').Judgement} Judgement */
/** @typedef {import('../../scripts/eval/questions-score.mjs').Scored} Scored */

/**
 * @param {string} doc
 * @param {Partial<Judgement>} [more]
 * @returns {Judgement}
 */
const two = (doc, more) => ({ doc, relevance: 2, stance: 'yes', sentence: `Sentence that decides number ${doc} here.`, kind: 'finding', ...more });

/**
 * @param {string} doc
 * @param {0 | 1} relevance
 * @returns {Judgement}
 */
const other = (doc, relevance) => ({ doc, relevance, stance: null, sentence: null, kind: null });

/** @type {Question} */
const QUESTION = {
  id: 'd01',
  question: 'Do naps improve memory?',
  proposition: 'Naps improve memory.',
  answer_label: 'yes',
  must_contain: [],
  judgements: [
    two('2501.00001'),
    two('2501.00002', { stance: 'no' }),
    two('2501.00003', { stance: 'no-difference', kind: 'assumption' }),
    two('2501.00004', { stance: 'mixed' }),
    two('sf5'),
    other('sf6', 1),
    other('pm7', 0),
  ],
};

/**
 * @param {string} doc
 * @param {string} stance
 * @param {string[]} [sentences]
 */
const paper = (doc, stance, [first, second] = []) => ({
  id: `doi:${doiOf(doc)}`,
  doi: doiOf(doc),
  arxivId: doc.includes('.') ? doc : null,
  stance,
  kind: 'finding',
  finding: first === undefined ? null : { text: first },
  second: second === undefined ? null : { text: second },
});

/** @param {string} doc */
const doiOf = (doc) => (doc.includes('.') ? `10.48550/arxiv.${doc}` : `10.5555/${doc.slice(0, 2)}.${doc.slice(2)}`);

const REPORT = {
  answer: { label: 'yes', text: 'Mostly yes: two of the three papers that take a side say so.', proposition: 'Naps improve memory', findings: [] },
  papers: [
    paper('2501.00001', 'yes', ['Our results show: “Sentence that decides number 2501.00001 here.”']),
    paper('2501.00002', 'yes', ['Something else entirely is said.', 'Sentence that decides number 2501.00002 here.']),
    paper('2501.00003', 'no'),
    paper('2501.00004', 'mixed', ['Sentence that decides.']),
    paper('sf6', 'silent'),
    paper('pm7', 'silent'),
    paper('pm8', 'silent'),
  ],
  excluded: [{ paper: 'doi:10.5555/sf.5', title: 'Five', url: 'https://doi.org/10.5555/sf.5' }],
  claims: ['supported', 'leans-refuted', 'contested', 'untested'].map((label) => ({ verdict: { label } })),
};
const VIEW = viewOf(REPORT);

/**
 * @param {object} answer
 * @param {object} [more]
 */
const answering = (answer, more) => viewOf({ ...REPORT, answer: { text: '', findings: [], ...answer }, ...more });

test('papers are known by the judged ids, a journal twin as its preprint', () => {
  assert.equal(judgedId(['2501.00001v2']), '2501.00001');
  assert.equal(judgedId([null, '10.48550/arXiv.2501.00001']), '2501.00001');
  assert.equal(judgedId(['doi:10.5555/j.2501.00001']), '2501.00001');
  assert.equal(judgedId([undefined, '10.5555/SF.12']), 'sf12');
  assert.equal(judgedId(['doi:10.5555/pm.34']), 'pm34');
  assert.equal(judgedId(['openalex:W1', 'https://arxiv.org/abs/cs/0501001v3']), 'cs/0501001');
  assert.equal(judgedId([null, '10.1/x']), '10.1/x');
  const twin = { ...paper('2501.00001', 'no'), arxivId: null, doi: '10.5555/j.2501.00001' };
  const { rows, found } = viewOf({ papers: [paper('2501.00001', 'yes'), twin] });
  assert.deepEqual([rows.map(({ stance }) => stance), found], [['yes'], ['2501.00001']]);
});

test('a report without rows and answer is read as far as it goes', () => {
  const view = viewOf({ references: [{ id: 'arxiv:2501.00001', arxivId: '2501.00001' }], excluded: [], claims: [{ standing: 'contested', verdict: { label: 'not-enough-info' } }] });
  assert.deepEqual(view, { found: ['2501.00001'], rows: [{ doc: '2501.00001', stance: 'silent', kind: null, findings: [] }], answer: null, claims: ['contested'] });
  assert.deepEqual(viewOf({}), { found: [], rows: [], answer: null, claims: [] });
});

test('what was found, what has a row, and what of it is on the topic', () => {
  assert.deepEqual(measures.recallFound(QUESTION, VIEW), { hit: 5, of: 5 });
  assert.deepEqual(measures.recallRows(QUESTION, VIEW), { hit: 4, of: 5 });
  assert.deepEqual(measures.rowsByRelevance(QUESTION, VIEW), { two: 4, one: 1, zero: 1, unjudged: 1 });
  assert.deepEqual(measures.onTopic(QUESTION, VIEW), { hit: 5, of: 6 });
  assert.deepEqual(measures.kindRight(QUESTION, VIEW), { hit: 3, of: 4 });
});

test('the sentence shown is the judged one', () => {
  assert.deepEqual(measures.findingShown(QUESTION, VIEW, 1), { hit: 1, of: 4 });
  assert.deepEqual(measures.findingShown(QUESTION, VIEW, 2), { hit: 2, of: 4 });
  const judged = 'Naps raise recall by $5\\%$ in adults. In children, they do nothing that we could measure.';
  assert.ok(measures.sameSentence('naps raise recall by 5% in adults', judged), 'the first of two, its mark-up written otherwise');
  assert.ok(measures.sameSentence('In children they do nothing that we could measure', judged), 'the second of two');
  assert.ok(measures.sameSentence(`We find this: ${judged}`, judged), 'more than the judged one');
  assert.ok(!measures.sameSentence('In children', judged), 'too little of it');
  assert.ok(!measures.sameSentence('In mice, they do nothing that anyone saw', judged));
  assert.equal(measures.tokenF1(['a', 'a', 'b'], ['a', 'b', 'b', 'c']), 4 / 7);
});

test('stances in three classes: mixed left out, the opposite proposition turned, no row silent or left out', () => {
  const rows = { 'yes>yes': 1, 'no>yes': 1, 'no>no': 1, 'silent>silent': 1 };
  assert.deepEqual(measures.stances(QUESTION, VIEW, 'rows'), rows);
  assert.deepEqual(measures.stances(QUESTION, VIEW, 'all'), { ...rows, 'yes>silent': 1 });
  assert.deepEqual(measures.mixedRight(QUESTION, VIEW), { hit: 1, of: 1 });
  const turned = measures.stances(QUESTION, answering({ label: 'no', proposition: 'Naps impair memory' }), 'rows');
  assert.deepEqual(turned, { 'yes>no': 1, 'no>no': 1, 'no>yes': 1, 'silent>silent': 1 });
  assert.deepEqual(measures.stances({ ...QUESTION, proposition: null }, VIEW, 'all'), {});
});

test('F1 of stances by hand', () => {
  const confusion = { 'yes>yes': 3, 'yes>mixed': 1, 'no>yes': 1, 'no>no': 1, 'silent>silent': 2, 'silent>no': 1 };
  const near = (/** @type {number | null} */ found, /** @type {number} */ wanted) => assert.ok(Math.abs(Number(found) - wanted) < 1e-9, `${found}`);
  near(measures.classF1(confusion, 'yes'), 6 / (4 + 4));
  near(measures.classF1(confusion, 'no'), 2 / (2 + 2));
  near(measures.classF1(confusion, 'silent'), 4 / (3 + 2));
  near(measures.macroF1(confusion), (6 / 8 + 1 / 2 + 4 / 5) / 3);
  assert.deepEqual(measures.sidesRight(confusion), { hit: 4, of: 6 });
  assert.deepEqual([measures.classF1({}, 'yes'), measures.macroF1({})], [null, null]);
  near(measures.macroF1({ 'yes>silent': 2 }), 0);
});

test('the sign of a proposition', () => {
  for (const [text, sign] of /** @type {[string, number][]} */ ([
    ['Structured output lowers accuracy', -1],
    ['Structured output improves accuracy', 1],
    ['Structured output does not lower accuracy', 1],
    ['Structured output has no effect on accuracy', -1],
    ['Drinking protects against heart disease', 0],
  ])) {
    assert.equal(measures.sign(text), sign, text);
  }
  assert.ok(measures.isOpposite('X reduces Y', 'X increases Y'));
  assert.ok(!measures.isOpposite('X reduces Y', 'X affects Y'));
  assert.ok(!measures.isOpposite('X reduces Y', null));
});

test('an answer is right, opposite, declined or wrong', () => {
  const outcome = (/** @type {Partial<Question>} */ question, /** @type {string | null} */ label, proposition = 'Naps improve memory') =>
    measures.answerOutcome({ ...QUESTION, ...question }, label === null ? viewOf({}) : answering({ label, proposition }));
  assert.equal(outcome({}, 'yes'), 'right');
  assert.equal(outcome({}, 'no'), 'opposite');
  assert.equal(outcome({}, 'no', 'Naps impair memory'), 'right');
  assert.equal(outcome({}, 'yes', 'Naps impair memory'), 'opposite');
  assert.equal(outcome({}, 'no-difference'), 'wrong');
  assert.equal(outcome({}, 'mixed'), 'wrong');
  for (const label of ['none', 'list', null]) assert.equal(outcome({}, label), 'declined');
  assert.equal(outcome({ answer_label: 'mixed' }, 'yes'), 'wrong', 'a bare yes where papers disagree');
  assert.equal(outcome({ answer_label: 'mixed' }, 'mixed'), 'right');
  assert.equal(outcome({ answer_label: 'mixed' }, 'no-difference'), 'wrong');
  const idle = { answer_label: /** @type {const} */ ('mixed'), judgements: [two('1', { stance: 'no-difference' })] };
  assert.equal(outcome(idle, 'no-difference'), 'right', 'no consistent gain, under either name');
  assert.equal(outcome({ proposition: 'A is at least as effective as B.' }, 'no-difference'), 'right');
  assert.equal(outcome({ answer_label: 'none' }, 'none'), 'right');
  assert.equal(outcome({ answer_label: 'none' }, null), 'right');
  for (const label of ['yes', 'list']) assert.equal(outcome({ answer_label: 'none' }, label), 'wrong');
  assert.equal(outcome({ answer_label: 'list', proposition: null }, 'list'), 'right');
});

test('findings of a list on the first screen', () => {
  const late = Array.from({ length: 6 }, (_, at) => paper(`pm10${at}`, 'silent'));
  /** @type {Question} */
  const question = {
    ...QUESTION,
    judgements: [two('2501.00001'), two('2501.00002', { sentence: 'In mice the opposite was measured.' }), two('sf5')],
    must_contain: [
      { finding: 'by the answer', docs: ['2501.00001', 'sf99'] },
      { finding: 'by a paper against', docs: ['2501.00002'] },
      { finding: 'below the first rows', docs: ['sf5'] },
    ],
  };
  const sentence = 'Sentence that decides number 2501.00001 here.';
  const findings = [{ text: sentence, papers: ['doi:10.48550/arxiv.2501.00001'], against: ['doi:10.48550/arxiv.2501.00002'] }];
  const view = answering({ label: 'list', findings }, { papers: [...late, paper('sf5', 'yes')] });
  assert.deepEqual(measures.mustContain(question, view), { cited: { hit: 2, of: 3 }, stated: { hit: 1, of: 3 } });
  const rows = answering({ label: 'list' }, { papers: [paper('sf5', 'yes', ['Sentence that decides number sf5 here.']), ...late] });
  assert.deepEqual(measures.mustContain(question, rows), { cited: { hit: 1, of: 3 }, stated: { hit: 1, of: 3 } });
});

test('claims that take a side, for a person to read', () => {
  const checked = (/** @type {string} */ id, /** @type {string} */ label) => ({
    claim: { id, text: 'A claim.' },
    verdict: { label, evidenceFor: [{ quote: 'For.' }], evidenceAgainst: [{ quote: 'Against.' }] },
  });
  const claims = [checked('c1', 'leans-supported'), checked('c2', 'contested'), checked('c3', 'refuted')];
  assert.deepEqual(sidedClaims({ claims }), [
    { claim: 'c1', label: 'leans-supported', text: 'A claim.', evidence: ['For.'] },
    { claim: 'c3', label: 'refuted', text: 'A claim.', evidence: ['Against.'] },
  ]);
  assert.deepEqual(sidedClaims({}), []);
});

test('claims by strength, and words before the answer', () => {
  assert.deepEqual(measures.claimsDecided(VIEW), { decided: 1, leaning: 1, of: 4 });
  const head = '# Do naps improve memory? An evidence review\n\nProbatum 0.1.0, 2026-01-31 · 7 papers\n\n## Abstract\n\n';
  const text = 'Mostly yes: two of the three papers that take a side say so.';
  assert.equal(measures.wordsBefore(`${head}**Answer.** Mostly **yes**: two of [the three](#t) papers [\\[1\\]](#r) that take`, text), 0);
  assert.equal(measures.wordsBefore(`${head}**${text}** More.`, text), 0);
  assert.equal(measures.wordsBefore(`${head}**Search.** The question was put.\n\n${text}`, text), 4);
  assert.equal(measures.wordsBefore(`${head}Nothing of it.`, text), null);
  assert.equal(measures.wordsBefore(head, null), null);
});

const RUN = { report: REPORT, markdown: REPORT.answer.text, seconds: 2, pairs: 300 };

test('the table: shares over all judged papers, halves, intervals, and what is below', () => {
  const scored = [score(QUESTION, VIEW, RUN), score({ ...QUESTION, id: 'd02' }, viewOf({}), { ...RUN, report: {}, failed: 'no source' })];
  const taken = new Map(takeAll(MEASURES, scored).map((one) => [one.name, one]));
  const found = taken.get('deciding papers found');
  assert.deepEqual([found?.hit, found?.of, found?.value, found?.a, found?.b, found?.reached], [5, 10, 0.5, 1, 0, false]);
  assert.deepEqual(found?.interval, [0, 1]);
  assert.equal(taken.get('answer of the opposite sign')?.reached, true);
  assert.equal(taken.get('list where one is asked')?.value, null);
  assert.match(questionsTable(scored), /d01 .* yes +yes +right/);
  assert.match(questionsTable(scored), /d02 .* failed +declined/);
  assert.match(measuresTable('two questions', [...taken.values()]), /deciding papers found +0\.50 +5 of 10 +0\.00–1\.00 .* below/);
});

test('halves go by the number, intervals by a fixed seed', () => {
  assert.deepEqual(['d01', 'd22', '8017535'].map(halfOf), ['a', 'b', 'a']);
  const items = [0, 1, 1, 0, 1, 1];
  const share = (/** @type {number[]} */ drawn) => ({ hit: drawn.filter(Boolean).length, of: drawn.length });
  assert.deepEqual(interval(items, share), interval(items, share));
  assert.deepEqual(interval([1, 1], share), [1, 1]);
  assert.equal(interval([1, 1], () => null), null);
});

test('a constant that the report does not name was not taken', () => {
  const report = { provenance: { config: { maxPapers: 1 }, params: { floor: 0.4 } } };
  assert.deepEqual(notTaken(report, { maxPapers: 1, floor: 0.4, ceiling: 1 }), ['ceiling']);
  assert.deepEqual(notTaken({}, { floor: 1 }), ['floor']);
});

test('PubMedQA: an answer, its own paper, and what is none', () => {
  const papers = [paper('pm1', 'no-difference')];
  const of = (/** @type {'yes' | 'no' | 'maybe'} */ answer, /** @type {string} */ label, /** @type {object[]} */ listed) =>
    scorePubmedqa({ pmid: '1', question: '', answer }, answering({ label }, { papers: listed }), RUN);
  const scored = [of('no', 'no', papers), of('yes', 'no', [paper('pm1', 'silent')]), of('maybe', 'mixed', []), of('yes', 'none', papers)];
  assert.deepEqual(scored.map(({ said, own }) => [said, own]), [['no', 'no'], ['no', 'maybe'], ['maybe', null], [null, 'no']]);
  const values = Object.fromEntries(takeAll(PUBMEDQA_MEASURES, scored).map(({ name, value }) => [name, value]));
  assert.equal(values['own paper has a row'], 3 / 4);
  assert.equal(values['own row right'], 1 / 3);
  assert.equal(values.answered, 3 / 4);
  assert.equal(values['answered and right'], 2 / 4);
  assert.equal(values['answered with the opposite sign'], 1 / 4);
});
