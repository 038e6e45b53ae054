/** What comes of a check: the verdict in words, what decides it, and the texts as given with those sentences marked. */
import { el } from './dom.mjs';
import { VERDICTS, isDecided, isOfTable, probability } from './words.mjs';

/**
 * @typedef {import('../probatum.js').Checked} Checked
 * @typedef {import('../probatum.js').FoundSentence} FoundSentence
 * @typedef {{ id: string, text: string, name: string }} Text a text as given, and how the reader knows it
 * @typedef {'for' | 'against'} Side
 * @typedef {{ sentence: FoundSentence, side: Side, mark: HTMLElement }} Deciding a sentence, and its place in its text
 */

const SAYS = { for: 'entails the claim', against: 'contradicts the claim' };

/**
 * The verdict, as the heading that the focus is moved to.
 * @param {Checked} checked
 * @returns {HTMLElement}
 */
export function heading({ label, probability: sure }) {
  const chip = el('span', { class: `chip ${label}`, part: 'label' }, VERDICTS[label]);
  const number = isDecided(label) && sure !== undefined && el('span', { class: 'sure', part: 'probability' }, ` probability ${probability(sure)}`);
  return el('h3', { id: 'verdict', tabindex: '-1' }, chip, number);
}

/**
 * What stands under it.
 * @param {Checked} checked
 * @param {readonly Text[]} texts
 * @returns {HTMLElement[]}
 */
export function marked(checked, texts) {
  const deciding = [...checked.for.map(placed('for')), ...checked.against.map(placed('against'))];
  return [
    // The fields above may have been edited since.
    el('p', { class: 'asked', part: 'asked', dir: 'auto' }, `“${checked.claim}”`),
    el('p', { part: 'reason' }, checked.reason),
    ...listed(deciding, texts),
    ...nearest(checked, texts),
    ...texts.filter(({ text }) => text.trim() !== '').map((text, at) => shown(text, at, deciding)),
  ];
}

/** @param {Side} side */
const placed = (side) => (/** @type {FoundSentence} */ sentence) => ({
  sentence,
  side,
  mark: el('mark', { class: `${side} ${sentence.strength ?? ''}`, part: `mark mark-${side}`, tabindex: '-1' }),
});

/**
 * The sentences that decide, each leading to its place.
 * @param {Deciding[]} deciding
 * @param {readonly Text[]} texts
 */
function listed(deciding, texts) {
  if (deciding.length === 0) return [];
  const items = deciding.map(({ sentence, side, mark }) => {
    const go = el('button', { type: 'button', class: 'go', part: 'sentence', title: 'Show it in its text' }, sentence.quote);
    go.addEventListener('click', () => {
      mark.scrollIntoView({ block: 'center' });
      mark.focus({ preventScroll: true });
    });
    const from = isOfTable(sentence) ? 'read from a table · ' : '';
    const how = `${from}${sentence.strength === 'leaning' ? 'leans: ' : ''}${SAYS[side]}, probability ${probability(of(side, sentence))}`;
    return el('li', { class: side }, el('b', { class: 'side' }, side === 'for' ? '+ For' : '− Against'), go, el('span', { class: 'fine' }, `${named(sentence, texts)} · ${how}`));
  });
  return [el('h4', {}, 'Sentences that decide'), el('ul', { class: 'deciding', part: 'deciding' }, ...items)];
}

/**
 * The sentences that decide nothing, where nothing else does.
 * @param {Checked} checked
 * @param {readonly Text[]} texts
 */
function nearest({ nearest, label }, texts) {
  if (isDecided(label) || nearest.length === 0) return [];
  const items = nearest.map((sentence) => {
    const { entailment, contradiction } = sentence.probability;
    return el('li', {}, sentence.quote, ' ', el('span', { class: 'fine' }, `${named(sentence, texts)} · ${isOfTable(sentence) ? 'read from a table · ' : ''}entails ${probability(entailment)}, contradicts ${probability(contradiction)}`));
  });
  return [el('details', { part: 'nearest' }, el('summary', {}, `Nearest sentences, deciding nothing (${items.length})`), el('ul', { class: 'deciding' }, ...items))];
}

/**
 * A text exactly as given, with its sentences that decide marked. Each is where its offsets say, in UTF-16 units.
 * @param {Text} text
 * @param {number} at
 * @param {Deciding[]} deciding
 */
function shown({ id, text, name }, at, deciding) {
  const own = deciding.filter(({ sentence }) => sentence.text === id).sort((a, b) => a.sentence.start - b.sentence.start);
  const body = el('div', { class: 'given', part: 'given', dir: 'auto', tabindex: '0', role: 'region', 'aria-labelledby': `given-${at}` });
  let done = 0;
  for (const { sentence, mark } of own) {
    body.append(text.slice(done, sentence.start));
    mark.append(text.slice(Math.max(done, sentence.start), sentence.end));
    body.append(mark);
    done = Math.max(done, sentence.end);
  }
  body.append(text.slice(done));
  return el('div', {}, el('h4', { id: `given-${at}` }, name), body);
}

/**
 * @param {FoundSentence} sentence
 * @param {readonly Text[]} texts
 */
const named = (sentence, texts) => texts.find(({ id }) => id === sentence.text)?.name ?? sentence.text;

/**
 * @param {Side} side
 * @param {FoundSentence} sentence
 */
const of = (side, { probability: { entailment, contradiction } }) => (side === 'for' ? entailment : contradiction);
