/** The page's second door, as far as it needs no browser: how texts look, the pieces of a draft, decisions, exports. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageModule } from '../support/page-modules.mjs';

const { apart, draftAmong, isOneSentence, looksLike } = pageModule('page/check/given');
const { blocksOf, piecesOf } = await import('../../pkg/draft-pieces.mjs');
const { carriedOver, countsOf, headline, itemsOf, shown, unclaimed, workName } = pageModule('page/check/result');
const { asJson, asMarkdown } = pageModule('page/check/export');

const sentence = (/** @type {number} */ start, /** @type {number} */ end, /** @type {object} */ more = {}) => ({ place: { start, end }, marks: [], quotations: [], numbers: [], drifts: [], ...more });

test('a text is read as what it looks like', () => {
  assert.equal(looksLike('Naps help \\citep{doe}.'), 'tex');
  assert.equal(looksLike('# Naps\n\nThey help [@doe].'), 'markdown');
  assert.equal(looksLike('Naps help.[^1]'), 'markdown');
  assert.equal(looksLike('Naps help (Doe, 2020). Mail me@home.'), 'plain');
  assert.ok(isOneSentence(' Naps improve memory by 1.5 points, p < .05.\n'));
  assert.ok(isOneSentence('Naps improve\nmemory'));
  assert.ok(!isOneSentence('Naps improve memory. Trees cool.'));
  assert.ok(!isOneSentence('Naps\n\nimprove memory'));
});

test('of files that cite, TeX is the draft before Markdown, and more citations before fewer; a list never', () => {
  const file = (/** @type {string | undefined} */ draft, /** @type {number} */ citing, role = 'text') => ({ draft, citing, role });
  const [tex, markdown, plain, other, list] = [file('tex', 1), file('markdown', 9), file('plain', 3), file('plain', 5), file('plain', 50, 'list')];
  assert.equal(draftAmong([plain, markdown, tex]), tex);
  assert.equal(draftAmong([plain, list, other]), other);
  assert.equal(draftAmong([{ ...file('plain', 9), what: 'PDF' }]), undefined);
  assert.equal(draftAmong([file('plain', 0), file(undefined, 0), list]), undefined);
});

test('texts of one id are told apart', () => {
  assert.deepEqual(apart([{ id: 'a' }, { id: 'a', title: 'T' }, {}]).map((/** @type {any} */ { id }) => id), ['a', 'a (2)', 'text']);
});

test('blocks and their pieces hold every character of a draft once, whatever its sentences', () => {
  const draft = 'Title\n\nOne cites [1]. Free words.\n \nNo marks here.\n\nTwo spans\n\na break [2]. Three “has 4 [3] within” it.\n\nEnd.\n';
  const at = (/** @type {string} */ words) => draft.indexOf(words);
  const sentences = [
    sentence(at('One'), at(' Free')),
    sentence(at('Two'), at(' Three')),
    sentence(at('Three'), at('\n\nEnd'), { numbers: ['4', '99'], quotations: [{ place: { start: at('has'), end: at('”') }, isCited: false }] }),
    sentence(at('[3]'), at('[3]') + 3),
  ];
  const blocks = blocksOf(draft, sentences);
  assert.deepEqual(blocks.map((/** @type {any} */ { sentences }) => sentences), [[0], [1, 2, 3], []]);
  const pieces = blocks.flatMap((/** @type {any} */ block) => piecesOf(draft, block, sentences));
  assert.equal(pieces.map((/** @type {any} */ { text }) => text).join(''), draft);
  for (const [index] of sentences.entries()) {
    const own = pieces.filter((/** @type {any} */ piece) => piece.sentence === index);
    assert.deepEqual([own.filter((/** @type {any} */ { isFirst }) => isFirst).length, own.filter((/** @type {any} */ { isLast }) => isLast).length], [1, 1]);
  }
  assert.deepEqual(pieces.filter((/** @type {any} */ { isOdd }) => isOdd).map((/** @type {any} */ { text }) => text).join(''), 'has 4 [3] within');
  assert.deepEqual(blocksOf('', []), []);
});

const found = { text: 'a', start: 0, end: 5, quote: 'Naps *help*.', probability: { entailment: 0.9, neutral: 0.1, contradiction: 0 }, strength: 'firm', signals: [] };
const checked = { claim: 'Naps help.', label: 'supported', probability: 0.9, reason: 'It says so.', for: [found], against: [], nearest: [], tested: 1 };
const check = () => ({
  id: 1,
  date: '2026-01-31',
  draft: { format: 'plain', text: 'Naps help [1]. Trees #cool [2].' },
  texts: [{ id: 'a', title: 'Of naps', text: 'Naps *help*.' }, { id: 'b', title: '', text: 'Other.' }],
  works: [{ key: '1', title: 'Of naps', authors: ['Doe', 'Roe', 'Poe'], year: 2020, text: 'a' }, { key: '2', title: 'Trees', authors: [] }],
  sentences: [
    { ...sentence(0, 14), text: 'Naps help.', section: '', works: [0], troubles: [], verdict: 'supported', flagged: false, checked },
    { ...sentence(15, 31), text: 'Trees cool.', section: '', works: [1], troubles: [{ kind: 'no-text', reason: 'the text of the work is not at hand', remedy: 'Add the work as a file.' }], verdict: 'not-checkable', flagged: true },
  ],
  citing: 2,
});

test('a number is marked where it stands by itself, outside citations', () => {
  const draft = 'In 1946, 46 of 46.5 yards [46] cooled.';
  const one = sentence(0, draft.length, { numbers: ['46'], marks: [{ start: draft.indexOf('[46]'), end: draft.indexOf('[46]') + 4 }] });
  const odd = piecesOf(draft, blocksOf(draft, [one])[0], [one]).filter((/** @type {any} */ { isOdd }) => isOdd);
  assert.equal(odd.length, 1);
  const before = draft.slice(0, draft.indexOf(', 46') + 2);
  assert.equal(piecesOf(draft, blocksOf(draft, [one])[0], [one])[0].text, before);
});

test('a number in TeX is marked as it is written there', () => {
  const draft = 'It fell by 43\\,\\% in 41~ms \\cite{doe}.';
  const one = sentence(0, draft.length, { numbers: ['43 %', '41 ms'] });
  const odd = piecesOf(draft, blocksOf(draft, [one])[0], [one]).filter((/** @type {any} */ { isOdd }) => isOdd);
  assert.deepEqual(odd.map((/** @type {any} */ { text }) => text), ['43\\,\\%', '41~ms']);
});

test('the parts of a sentence are told apart, and so are words that no cited text has', () => {
  const draft = 'Naps improve recall [1] and reduce errors, but only in nurses [2].';
  const at = (/** @type {string} */ words) => ({ start: draft.indexOf(words), end: draft.indexOf(words) + words.length });
  const one = sentence(0, draft.length, { parts: [{ place: at('Naps improve recall') }, { place: at('reduce errors, but only in nurses') }], uncovered: [at('nurses'), at('errors')] });
  const pieces = piecesOf(draft, blocksOf(draft, [one])[0], [one]);
  assert.equal(pieces.map((/** @type {any} */ { text }) => text).join(''), draft);
  const of = (/** @type {number | undefined} */ part) => pieces.filter((/** @type {any} */ piece) => piece.part === part).map((/** @type {any} */ { text }) => text);
  assert.deepEqual([of(0).join(''), of(1).join(''), of(undefined)], ['Naps improve recall', 'reduce errors, but only in nurses', [' [1] and ', ' [2].']]);
  assert.deepEqual(pieces.filter((/** @type {any} */ { isUncovered }) => isUncovered).map((/** @type {any} */ { text }) => text), ['errors', 'nurses']);
});

test('what each part comes to, and the words that no text has, stand in what is exported', () => {
  const one = check();
  Object.assign(one.sentences[0], { verdict: 'partly', uncovered: [{ start: 5, end: 9 }], parts: [{ place: { start: 0, end: 4 }, text: 'Naps help.', works: [0], verdict: 'not-found' }] });
  const written = asMarkdown(one, {});
  assert.match(written, /- Not found in what was read: “Naps help\.”/);
  assert.match(written, /No cited text has the words “help”/);
});

test('“could not be checked” never looks like “not found”', () => {
  const unread = shown('not-checkable');
  const open = shown('not-found');
  assert.notEqual(unread.tone, open.tone);
  assert.match(unread.words, /^Could not be checked/);
  assert.match(open.words, /^Not found/);
  assert.deepEqual(countsOf(itemsOf(check())), [['supported', 1], ['not-checkable', 1]]);
});

test('the headline counts what is to be looked at, and says where a check ended early', () => {
  assert.equal(headline(check()), '2 sentences cite: 1 to look at');
  assert.equal(headline({ ...check(), citing: 9 }), '2 of 9 citing sentences checked: 1 to look at');
  assert.equal(headline({ ...check(), sentences: [], citing: 0 }), 'No sentence of this text cites a work');
  assert.equal(headline({ ...check(), claim: { ...checked, label: 'leans-refuted' } }), 'Leans to refuted');
  assert.equal(workName(check().works[0]), 'Doe and others, 2020');
  assert.equal(workName(check().works[1]), 'Trees');
  assert.deepEqual(unclaimed(check()).map((/** @type {any} */ { id }) => id), ['b']);
});

test('decisions hold for sentences that are written and judged as before', () => {
  const changed = check();
  changed.draft = { ...changed.draft, text: `Before. ${changed.draft.text}` };
  for (const { place } of changed.sentences) {
    place.start += 8;
    place.end += 8;
  }
  changed.sentences[1].verdict = 'supported';
  assert.deepEqual(carriedOver(check(), { 0: { says: 'agree' }, 1: { says: 'mend' } }, changed), { 0: { says: 'agree' } });
});

test('JSON is the library’s own, with the decisions beside; no text of a paper is in it', () => {
  const json = JSON.parse(asJson(check(), { 1: { says: 'mend', note: 'Find it.' } }, '1.2.3'));
  assert.equal(json.probatum, '1.2.3');
  assert.deepEqual(json.sentences[0], JSON.parse(JSON.stringify(check().sentences[0])));
  assert.deepEqual(json.sentences[1].reader, { says: 'mend', note: 'Find it.' });
  assert.deepEqual(json.texts, [{ id: 'a', title: 'Of naps' }, { id: 'b', title: '' }]);
  const claim = JSON.parse(asJson({ ...check(), claim: checked }, { 0: { says: 'agree' } }, ''));
  assert.deepEqual([claim.label, claim.given, claim.reader], ['supported', check().draft.text, { says: 'agree' }]);
});

test('Markdown has what is to be looked at first, and takes nothing of others for its own', () => {
  const markdown = asMarkdown(check(), { 1: { says: 'mend', note: 'Find\n# it.' } });
  assert.ok(markdown.indexOf('### 2. Could not be checked') < markdown.indexOf('### 1. Supported, probability 0.90'));
  assert.match(markdown, /> Trees \\#cool \\\[2\\\]\./);
  assert.match(markdown, /- For: “Naps \\\*help\\\*\.” \(Of naps\)/);
  assert.match(markdown, /- The reader: to mend\n- Note: Find \\# it\./);
});
