/** What is said of one sentence: the verdict, the works, the evidence in their words, what is wrong, and what to do. */
import { faultsOf, remarksOf } from '../../../pkg/draft-words.mjs';
import { probability } from '../../../pkg/elements/words.mjs';
import type { Checked, FoundSentence } from '../../../pkg/probatum.js';
import { el, link } from '../dom';
import { count } from '../words';
import { decided, decider } from './decide';
import { SIGNS, asSentence, shown, sureness, textName, unclaimed, workName, type Check, type Decision, type Item } from './result';

/** The reader's decision on a sentence, and what is called when it changes; a document has nobody who decides. */
export interface Deciding {
  decision: Decision;
  changed?: (decision: Decision) => void;
}

/**
 * The card of a sentence.
 * @param at - its place among the sentences, from 0
 */
export function card(check: Check, item: Item, at: number, { decision, changed }: Deciding): HTMLElement {
  const { words, tone } = shown(item.verdict);
  const sure = sureness(item);
  const number = check.claim ? '' : `${String(at + 1)} `;
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
    ...parts(check, item),
    ...faults(item),
    ...remarksOf(item).map((remark) => el('p', { class: 'hint' }, asSentence(remark))),
    ...evidence(check, item),
    changed ? decider(at, decision, changed) : decided(decision),
  );
}

function works(check: Check, { works }: Item): HTMLElement[] {
  if (works.length === 0) return [];
  const cited = works.flatMap((place) => (check.works[place] ? [check.works[place]] : []));
  return [el('p', { class: 'card-works' }, 'Cites ', ...cited.flatMap((work, n) => [n > 0 ? '; ' : '', el('span', { title: work.title || undefined }, workName(work)), ` (${work.text === undefined ? 'not read' : 'read'})`]))];
}

/** What each part of a sentence comes to, with the sentence that decides it. */
function parts(check: Check, { parts = [] }: Item): HTMLElement[] {
  if (parts.length === 0) return [];
  const items = parts.map(({ text, verdict, works, checked }) => {
    const { words, tone } = shown(verdict);
    const [best] = checked ? sides(check, checked) : [];
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

function evidence(check: Check, { checked, parts = [] }: Item): HTMLElement[] {
  if (!checked) return [];
  const found = sides(check, checked);
  // Each part has its own beside it.
  if (found.length > 0 && parts.length > 0) return [];
  if (check.claim) return [el('p', { class: 'card-reason' }, checked.reason), ...found, ...(found.length > 0 ? [] : nearest(check, checked, 'What comes nearest, and decides nothing'))];
  return found.length > 0 ? found : nearest(check, checked, `${count('sentence', checked.tested)} of the cited texts read; none decides it`);
}

/** The sentences that decide, on both sides. */
function sides(check: Check, checked: Checked): HTMLElement[] {
  return [...checked.for.map((found) => quoted(check, found, 'for')), ...checked.against.map((found) => quoted(check, found, 'against'))];
}

type Side = 'for' | 'against' | 'neither';
const SIDES: Readonly<Record<Side, [string, string]>> = { for: ['+ For', 'entails it'], against: ['− Against', 'contradicts it'], neither: ['○ Nearest', ''] };

/** A sentence as it stands in the text as given. */
function quoted(check: Check, found: FoundSentence, side: Side): HTMLElement {
  const text = check.texts.find(({ id }) => id === found.text)?.text.slice(found.start, found.end).trim();
  const { entailment, contradiction } = found.probability;
  const [name, says] = SIDES[side];
  const how = side === 'neither' ? `entails it ${probability(entailment)}, contradicts it ${probability(contradiction)}` : `${found.strength === 'leaning' ? 'leans: ' : ''}${says} ${probability(side === 'for' ? entailment : contradiction)}`;
  return el(
    'figure',
    { class: 'card-evidence', 'data-side': side },
    el('blockquote', {}, el('b', { class: 'card-side' }, name), ` “${text ?? found.quote}”`),
    el('figcaption', {}, `${textName(check, found.text)} · ${how}`),
  );
}

/** What decides nothing, folded behind words that say so. */
function nearest(check: Check, { nearest }: Checked, words: string): HTMLElement[] {
  if (nearest.length === 0) return check.claim ? [] : [el('p', {}, `${words}.`)];
  return [el('details', { class: 'card-nearest' }, el('summary', {}, words), ...nearest.slice(0, 3).map((one) => quoted(check, one, 'neither')))];
}

/** All works that the draft and its lists name, and what became of each; and papers at hand that belong to none of them. */
export function worksList(check: Check): HTMLElement {
  const { works } = check;
  const read = works.filter(({ text }) => text !== undefined).length;
  const others = unclaimed(check);
  const items = works.map((work) => {
    const { title, doi, trouble, remark, found } = work;
    return el(
      'li',
      {},
      el('strong', {}, workName(work)),
      title !== '' && ` ${title}`,
      doi !== undefined && ' ',
      doi !== undefined && link(`https://doi.org/${doi}`, doi),
      trouble ? el('span', { class: 'works-trouble' }, ` Not read: ${trouble.reason}. ${trouble.remedy}`) : el('span', { class: 'hint' }, remark ? ` Read: ${remark.reason}` : ' Read'),
      found && el('span', { class: 'hint' }, ' Known as ', link(found.url, [found.title, found.year].filter(Boolean).join(', ')), found.notice === 'corrected' && ', with a correction'),
    );
  });
  return el(
    'details',
    { class: 'works', open: others.length > 0 },
    el('summary', {}, `Works: ${String(works.length)} named, ${String(read)} of them read`),
    el('ol', {}, ...items),
    others.length > 0 &&
      el('p', {}, el('strong', {}, `At hand, and of no work that is named: `), `${others.map(({ id }) => id).join(', ')}. Give the file the name of the work’s key, such as doe2020.txt, or the work’s title as its first line.`),
  );
}
