/** The margin view: the text as it is written, its sentences marked, and beside each what is said of it. */
import { el } from '../dom';
import { card, worksList, type Deciding } from './card';
import { blocksOf, piecesOf } from './passage';
import { headline, itemsOf, shown, type Check, type Item } from './result';

/** Its id of a sentence's mark. */
export const markId = (at: number): string => `sentence-${String(at + 1)}`;

/**
 * The whole of it.
 * @param deciding - the decision on a sentence, and what hears that it changes
 */
export function marginView(check: Check, deciding: (at: number) => Deciding): HTMLElement {
  const items = itemsOf(check);
  const rows = blocksOf(check.draft.text, items).map((block) => {
    const passage = el('div', { class: 'passage', dir: 'auto' });
    for (const { text, sentence, isFirst, isLast, isOdd } of piecesOf(check.draft.text, block, items)) {
      const item = sentence === undefined ? undefined : items[sentence];
      const words = isOdd ? el('span', { class: 'odd', title: 'In no cited text' }, text) : text;
      passage.append(sentence === undefined || !item ? words : mark(words, item, sentence, isFirst === true, isLast === true, !check.claim));
    }
    const notes = block.sentences.flatMap((at) => (items[at] ? [card(check, items[at], at, deciding(at))] : []));
    return el('div', { class: 'margin-row' }, passage, el('div', { class: 'notes' }, ...notes));
  });
  const whatIsRead = check.claim ? `Checked against ${String(check.texts.length)} text${check.texts.length === 1 ? '' : 's'}` : '';
  return el(
    'article',
    { class: 'margin', lang: 'en' },
    el('h2', { id: 'check-heading', tabindex: '-1' }, headline(check)),
    el('p', { class: 'hint' }, [`Checked on ${check.date}`, whatIsRead].filter(Boolean).join(' · '), '. A verdict is a small language model’s reading of single sentences: read the papers.'),
    el('div', { class: 'margin-rows' }, ...rows),
    check.works.length > 0 && worksList(check),
  );
}

/** A piece of a sentence; the first leads to its card, the last says the verdict. */
function mark(words: HTMLElement | string, { verdict }: Item, at: number, isFirst: boolean, isLast: boolean, isNumbered: boolean): HTMLElement {
  const { words: said, tone } = shown(verdict);
  const tag = isLast && el('span', { class: 'tag-verdict' }, [isNumbered ? String(at + 1) : '', said].filter(Boolean).join(' · '));
  return el(
    'a',
    { class: 'cited', href: `#card-${String(at + 1)}`, id: isFirst ? markId(at) : undefined, 'data-sentence': String(at), 'data-tone': tone, 'data-verdict': verdict },
    el('span', { class: 'cited-words' }, words),
    tag && el('span', { class: 'unseen' }, ' '),
    tag,
  );
}
