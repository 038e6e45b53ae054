/** What is said of one sentence: the verdict, the works, the evidence in their words, what is wrong, and what to do. */
import { faultsOf, inQuotes, noneDecides, remarksOf, sided, workState, worksCounted, type Side } from '../../../pkg/draft-words.mjs';
import { probability } from '../../../pkg/elements/words.mjs';
import type { Checked, FoundSentence, GivenPlace } from '../../../pkg/probatum.js';
import { el, link } from '../dom';
import { decided, decider } from './decide';
import type { Text } from './given';
import { SIGNS, asSentence, placesOf, shown, sureness, textName, unclaimed, workName, type Check, type Decision, type Item } from './result';

/** Shows the pages of a PDF on which a sentence of its text stands. */
export type ShowOriginal = (text: Text, places: readonly GivenPlace[], sentence: string) => void;

/**
 * The reader's decision on a sentence, and what is called when it changes; a document has nobody who decides. `original` is
 * called where a reader wants to see a sentence as it is printed.
 */
export interface Deciding {
  decision: Decision;
  changed?: (decision: Decision) => void;
  original?: ShowOriginal;
}

/**
 * The card of a sentence.
 * @param at - its place among the sentences, from 0
 */
export function card(check: Check, item: Item, at: number, { decision, changed, original }: Deciding): HTMLElement {
  const { words, tone } = shown(item.verdict);
  const sure = sureness(item);
  const number = check.claim ? '' : `${String(at + 1)} `;
  const quote: Quote = (found, side) => quoted(check, found, side, original);
  const head = el(
    'h3',
    { class: 'card-verdict', 'data-tone': tone },
    number !== '' && el('span', { class: 'card-number' }, number),
    el('span', { class: 'card-sign', 'aria-hidden': 'true' }, SIGNS[tone]),
    ` ${words}`,
    sure !== undefined && el('span', { class: 'card-sure' }, ` probability ${probability(sure)}`),
  );
  return el(
    'section',
    { class: 'card', id: `card-${String(at + 1)}`, 'data-tone': tone, 'data-verdict': item.verdict, tabindex: changed && '-1', 'aria-label': `Sentence ${String(at + 1)}: ${words}` },
    head,
    ...works(check, item),
    ...parts(check, item, quote),
    ...faults(item),
    ...remarksOf(item).map((remark) => el('p', { class: 'hint' }, asSentence(remark))),
    ...evidence(check, item, quote),
    changed ? decider(at, decision, changed) : decided(decision),
  );
}

function works(check: Check, { works }: Item): HTMLElement[] {
  if (works.length === 0) return [];
  const cited = works.flatMap((place) => (check.works[place] ? [check.works[place]] : []));
  return [el('p', { class: 'card-works' }, 'Cites ', ...cited.flatMap((work, n) => [n > 0 ? '; ' : '', el('span', { title: work.title || undefined }, workName(work)), ` (${work.text === undefined ? 'not read' : 'read'})`]))];
}

/** What each part of a sentence comes to, with the sentence that decides it. */
function parts(check: Check, { parts = [] }: Item, quote: Quote): HTMLElement[] {
  if (parts.length === 0) return [];
  const items = parts.map(({ text, verdict, works, checked }) => {
    const { words, tone } = shown(verdict);
    const [best] = checked ? sides(checked, quote) : [];
    const cited = works.flatMap((place) => (check.works[place] ? [workName(check.works[place])] : []));
    return el(
      'li',
      {},
      el('b', { class: 'card-part', 'data-tone': tone }, el('span', { 'aria-hidden': 'true' }, SIGNS[tone]), ` ${words}`),
      ` ${text}`,
      el('span', { class: 'hint' }, ` ${cited.join('; ')}`),
      best,
    );
  });
  return [el('ol', { class: 'card-parts', 'aria-label': 'Its parts' }, ...items)];
}

function faults(item: Item): HTMLElement[] {
  const said = faultsOf(item);
  if (said.length === 0) return [];
  return [el('ul', { class: 'card-faults' }, ...said.map((fault) => el('li', {}, asSentence(fault))))];
}

function evidence(check: Check, { checked, parts = [] }: Item, quote: Quote): HTMLElement[] {
  if (!checked) return [];
  const found = sides(checked, quote);
  // Each part has its own beside it.
  if (found.length > 0 && parts.length > 0) return [];
  if (check.claim) return [el('p', { class: 'card-reason' }, checked.reason), ...found, ...(found.length > 0 ? [] : nearest(check, checked, quote, 'What comes nearest, and decides nothing'))];
  return found.length > 0 ? found : nearest(check, checked, quote, noneDecides(checked));
}

/** The sentences that decide, on both sides. */
function sides(checked: Checked, quote: Quote): HTMLElement[] {
  return [...checked.for.map((found) => quote(found, 'for')), ...checked.against.map((found) => quote(found, 'against'))];
}

type Quote = (found: FoundSentence, side: Side) => HTMLElement;

/** A sentence as it stands in the text as given, and where it is printed. */
function quoted(check: Check, found: FoundSentence, side: Side, original: ShowOriginal | undefined): HTMLElement {
  const given = check.texts.find(({ id }) => id === found.text);
  const words = given?.text.slice(found.start, found.end).trim() ?? found.quote;
  const places = placesOf(check, found);
  const page = places[0] ? ` · page ${String(places[0].page + 1)}` : '';
  const { name, how } = sided(found, side);
  return el(
    'figure',
    { class: 'card-evidence', 'data-side': side },
    el('blockquote', {}, el('b', { class: 'card-side' }, name), ` ${inQuotes(found, words)}`),
    el('figcaption', {}, `${textName(check, found.text)}${page} · ${how}`),
    original && given?.pdf !== undefined && places.length > 0 && originalButton(() => { original(given, places, words); }),
  );
}

function originalButton(show: () => void): HTMLElement {
  const button = el('button', { type: 'button', class: 'quiet small' }, 'Show on the page');
  button.addEventListener('click', show);
  return button;
}

/** What decides nothing, folded behind words that say so. */
function nearest(check: Check, { nearest }: Checked, quote: Quote, words: string): HTMLElement[] {
  if (nearest.length === 0) return check.claim ? [] : [el('p', {}, `${words}.`)];
  return [el('details', { class: 'card-nearest' }, el('summary', {}, words), ...nearest.slice(0, 3).map((one) => quote(one, 'neither')))];
}

/** All works that the draft and its lists name, and what became of each; and papers at hand that belong to none of them. */
export function worksList(check: Check): HTMLElement {
  const { works } = check;
  const others = unclaimed(check);
  const items = works.map((work) => {
    const { title, doi, trouble, found } = work;
    return el(
      'li',
      {},
      el('strong', {}, workName(work)),
      title !== '' && ` ${title}`,
      doi !== undefined && ' ',
      doi !== undefined && link(`https://doi.org/${doi}`, doi),
      el('span', { class: trouble ? 'works-trouble' : 'hint' }, ` ${workState(work)}`),
      found && el('span', { class: 'hint' }, ' Known as ', link(found.url, [found.title, found.year].filter(Boolean).join(', ')), found.notice === 'corrected' && ', with a correction'),
    );
  });
  return el(
    'details',
    { class: 'works', open: others.length > 0 },
    el('summary', {}, worksCounted(works)),
    el('ol', {}, ...items),
    others.length > 0 &&
      el('p', {}, el('strong', {}, `At hand, and of no work that is named: `), `${others.map(({ id }) => id).join(', ')}. Give the file the name of the work’s key, such as doe2020.txt, or the work’s title as its first line.`),
  );
}
