/** A checked draft as one page: the draft with its marks, and beside each citing sentence what is said of it. No script, nothing loaded. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { blocksOf, piecesOf } from '../draft-pieces.mjs';
import { CAVEAT, SIGNS, asSentence, draftHeadline, faultsOf, inQuotes, noneDecides, remarksOf, shown, sided, sureness, workName, workState, worksCounted } from '../draft-words.mjs';
import { probability } from '../elements/words.mjs';
import { el, link, styleSheet } from './markup.mjs';

/**
 * @typedef {import('../probatum.js').CheckedSentence} CheckedSentence
 * @typedef {import('../probatum.js').Checked} Checked
 * @typedef {import('../probatum.js').CitedWork} CitedWork
 * @typedef {import('../probatum.js').FoundSentence} FoundSentence
 * @typedef {import('../probatum.js').GivenText} GivenText
 * @typedef {import('../messages.mjs').DraftChecked} DraftChecked
 * @typedef {import('../draft-pieces.mjs').Piece} Piece
 * @typedef {import('./markup.mjs').Markup} Markup
 */

/** Sentences of the texts that are shown where none decides. */
const NEAREST = 3;

/**
 * What is shown of a check.
 * @typedef {object} Shown
 * @property {string} text of the draft
 * @property {DraftChecked} checked
 * @property {readonly GivenText[]} texts that it was checked against
 * @property {string} date `YYYY-MM-DD`
 */

/**
 * The page.
 * @param {Shown} check
 * @returns {string}
 */
export function draftPage(check) {
  const { sentences, works } = check.checked;
  const headline = draftHeadline(sentences, sentences.length);
  const css = ['report.css', 'margin.css'].map((name) => readFileSync(new URL(`../styles/${name}`, import.meta.url), 'utf8')).join('\n');
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'; base-uri 'none'; form-action 'none'`;
  const head = el(
    'head',
    {},
    el('meta', { charset: 'utf-8' }),
    el('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    el('meta', { name: 'referrer', content: 'no-referrer' }),
    el('title', {}, `${headline} · Probatum`),
    styleSheet(css),
  );
  const body = el(
    'body',
    { class: 'report-page check-page' },
    el(
      'main',
      { class: 'margin' },
      el('h1', {}, headline),
      el('p', { class: 'hint' }, `Checked on ${check.date}. ${CAVEAT}`),
      el('div', { class: 'margin-text' }, ...blocksOf(check.text, sentences).map((block) => passage(check, block))),
      el('details', { class: 'works' }, el('summary', {}, worksCounted(works)), el('ol', {}, ...works.map(work))),
    ),
  );
  return `<!doctype html>\n${el('html', { lang: 'en' }, head, body).html}\n`;
}

/**
 * A part of the draft, each card right behind its sentence: that is the order in which it is read.
 * @param {Shown} check
 * @param {import('../draft-pieces.mjs').Block} block
 */
function passage(check, block) {
  const pieces = piecesOf(check.text, block, check.checked.sentences);
  const last = pieces.at(-1);
  // White space before the next block would be a gap below the last card.
  if (last) last.text = last.text.trimEnd();
  return el('div', { class: 'passage', dir: 'auto' }, ...runsOf(pieces).flatMap((run) => shownRun(check, run)));
}

/**
 * Pieces of one sentence that follow each other, and those between sentences, together: each is one link, or none.
 * @param {readonly Piece[]} pieces
 */
function runsOf(pieces) {
  /** @type {Piece[][]} */
  const runs = [];
  for (const piece of pieces) {
    const run = runs.at(-1);
    if (run && run[0].sentence === piece.sentence && !run.at(-1)?.isLast) run.push(piece);
    else runs.push([piece]);
  }
  return runs;
}

/**
 * @param {Shown} check
 * @param {readonly Piece[]} run
 * @returns {Markup[]}
 */
function shownRun(check, run) {
  const at = run[0].sentence ?? -1;
  const sentence = check.checked.sentences[at];
  const marked = run.map((piece) => {
    const words = piece.isOdd || piece.isUncovered ? el('span', { class: piece.isOdd ? 'odd' : 'uncovered', title: 'In no cited text' }, piece.text) : piece.text;
    const of = sentence?.parts[piece.part ?? -1] ?? sentence;
    return el('span', of ? { class: 'cited-words', 'data-tone': shown(of.verdict).tone } : {}, words);
  });
  if (!sentence) return marked;
  const [isFirst, isLast] = [run.some((piece) => piece.isFirst), run.some((piece) => piece.isLast)];
  const target = { class: 'cited', href: `#card-${at + 1}`, id: isFirst && `sentence-${at + 1}`, 'data-tone': shown(sentence.verdict).tone };
  const led = el('a', target, ...marked, ...(isLast ? tag(sentence, at) : []));
  return isLast ? [led, card(check, sentence, at)] : [led];
}

/**
 * The sentence's verdict in words, behind it.
 * @param {CheckedSentence} sentence
 * @param {number} at
 */
const tag = ({ verdict }, at) => [' ', el('span', { class: 'tag-verdict' }, `${at + 1} · ${shown(verdict).words}`)];

/**
 * What is said of a sentence.
 * @param {Shown} check
 * @param {CheckedSentence} sentence
 * @param {number} at
 */
function card(check, sentence, at) {
  const { words, tone } = shown(sentence.verdict);
  const sure = sureness(sentence);
  const faults = faultsOf(sentence);
  return el(
    'section',
    { class: 'card', id: `card-${at + 1}`, 'data-tone': tone, 'aria-label': `Sentence ${at + 1}: ${words}` },
    el(
      'h2',
      { class: 'card-verdict', 'data-tone': tone },
      el('span', { class: 'card-number' }, `${at + 1} `),
      el('span', { class: 'card-sign', 'aria-hidden': 'true' }, SIGNS[tone]),
      ` ${words}`,
      sure !== undefined && el('span', { class: 'card-sure' }, ` probability ${probability(sure)}`),
    ),
    ...cites(check, sentence),
    ...parts(check, sentence),
    faults.length > 0 && el('ul', { class: 'card-faults' }, ...faults.map((fault) => el('li', {}, asSentence(fault)))),
    ...remarksOf(sentence).map((remark) => el('p', { class: 'hint' }, asSentence(remark))),
    ...evidence(check, sentence),
    el('p', {}, el('a', { href: `#sentence-${at + 1}` }, 'Back to the sentence')),
  );
}

/**
 * @param {Shown} check
 * @param {CheckedSentence} sentence
 */
function cites({ checked }, { works }) {
  const names = works.map((place) => `${workName(checked.works[place])} (${checked.works[place].text === undefined ? 'not read' : 'read'})`);
  return names.length === 0 ? [] : [el('p', { class: 'card-works' }, `Cites ${names.join('; ')}`)];
}

/**
 * What each part of a sentence comes to, with the sentence that decides it.
 * @param {Shown} check
 * @param {CheckedSentence} sentence
 */
function parts(check, { parts: all }) {
  if (all.length === 0) return [];
  const items = all.map(({ text, verdict, works, checked }) => {
    const { words, tone } = shown(verdict);
    const [best] = checked ? deciding(check, checked) : [];
    return el(
      'li',
      {},
      el('b', { class: 'card-part', 'data-tone': tone }, el('span', { 'aria-hidden': 'true' }, SIGNS[tone]), ` ${words}`),
      ` ${text}`,
      el('span', { class: 'hint' }, ` ${works.map((place) => workName(check.checked.works[place])).join('; ')}`),
      best,
    );
  });
  return [el('ol', { class: 'card-parts', 'aria-label': 'Its parts' }, ...items)];
}

/**
 * @param {Shown} check
 * @param {CheckedSentence} sentence
 * @returns {Markup[]}
 */
function evidence(check, { checked, parts: all }) {
  if (!checked) return [];
  const found = deciding(check, checked);
  // Each part has its own beside it.
  if (found.length > 0) return all.length > 0 ? [] : found;
  if (checked.nearest.length === 0) return [el('p', {}, `${noneDecides(checked)}.`)];
  const nearest = checked.nearest.slice(0, NEAREST).map((one) => quoted(check, one, 'neither'));
  return [el('details', { class: 'card-nearest' }, el('summary', {}, noneDecides(checked)), ...nearest)];
}

/**
 * The sentences that decide, on both sides.
 * @param {Shown} check
 * @param {Checked} checked
 */
const deciding = (check, checked) => [...checked.for.map((found) => quoted(check, found, 'for')), ...checked.against.map((found) => quoted(check, found, 'against'))];

/**
 * A sentence as it stands in the text as given.
 * @param {Shown} check
 * @param {FoundSentence} found
 * @param {import('../draft-words.mjs').Side} side
 */
function quoted({ texts }, found, side) {
  const given = texts.find(({ id }) => id === found.text);
  const words = given?.text?.slice(found.start, found.end).trim() ?? found.quote;
  const { name, how } = sided(found, side);
  return el(
    'figure',
    { class: 'card-evidence', 'data-side': side },
    el('blockquote', {}, el('b', { class: 'card-side' }, name), ` ${inQuotes(found, words)}`),
    el('figcaption', {}, `${given?.title || found.text} · ${how}`),
  );
}

/**
 * A work that the draft, or a list, names, and what became of it.
 * @param {CitedWork} cited
 */
function work(cited) {
  const { title, doi, trouble, found } = cited;
  return el(
    'li',
    {},
    el('strong', {}, workName(cited)),
    title !== '' && ` ${title}`,
    doi !== undefined && ' ',
    doi !== undefined && link(`https://doi.org/${doi}`, doi),
    el('span', { class: trouble ? 'works-trouble' : 'hint' }, ` ${workState(cited)}`),
    found && el('span', { class: 'hint' }, ' Known as ', link(found.url, [found.title, found.year].filter(Boolean).join(', ')), found.notice === 'corrected' && ', with a correction'),
  );
}
