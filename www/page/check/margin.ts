/** The margin view: the text as it is written, its sentences marked, and beside each what is said of it. */
import { el } from '../dom';
import { card, worksList, type Deciding } from './card';
import { blocksOf, piecesOf, type Piece } from './passage';
import { headline, itemsOf, shown, type Check, type Item } from './result';

/** Id of the mark of a sentence. */
const markId = (at: number): string => `sentence-${String(at + 1)}`;

/**
 * The whole of it.
 * @param deciding - the decision on a sentence, and what hears that it changes
 */
export function marginView(check: Check, deciding: (at: number) => Deciding): HTMLElement {
  const items = itemsOf(check);
  const blocks = blocksOf(check.draft.text, items).map((block) => {
    const passage = el('div', { class: 'passage', dir: 'auto' });
    const cards = new Map(block.sentences.flatMap((at) => (items[at] ? [[at, card(check, items[at], at, deciding(at))]] : [])));
    const pieces = piecesOf(check.draft.text, block, items);
    for (const piece of pieces) {
      const { text, sentence = -1, isOdd, isLast } = piece;
      const item = items[sentence];
      // White space before the next block would be a gap below the last card.
      const shownText = piece === pieces[pieces.length - 1] ? text.trimEnd() : text;
      const words = isOdd ? el('span', { class: 'odd', title: 'In no cited text' }, shownText) : shownText;
      passage.append(item ? mark(words, item, sentence, piece, !check.claim) : words);
      // Right behind its sentence: that is the order in which it is read, and below it where there is no margin.
      if (isLast) passage.append(cards.get(sentence) ?? '');
    }
    passage.append(...[...cards.values()].filter((card) => card.parentElement === null));
    return passage;
  });
  const whatIsRead = check.claim ? `Checked against ${String(check.texts.length)} text${check.texts.length === 1 ? '' : 's'}` : '';
  return el(
    'article',
    { class: 'margin', lang: 'en' },
    el('h2', { id: 'check-heading', tabindex: '-1' }, headline(check)),
    el('p', { class: 'hint' }, [`Checked on ${check.date}`, whatIsRead].filter(Boolean).join(' · '), '. A verdict is a small language model’s reading of single sentences: read the papers.'),
    el('div', { class: 'margin-text' }, ...blocks),
    !check.claim && worksList(check),
  );
}

/** A piece of a sentence; the first leads to its card, the last says the verdict. */
function mark(words: HTMLElement | string, { verdict }: Item, at: number, { isFirst, isLast }: Piece, isNumbered: boolean): HTMLElement {
  const { words: said, tone } = shown(verdict);
  return el(
    'a',
    { class: 'cited', href: `#card-${String(at + 1)}`, id: isFirst && markId(at), 'data-sentence': String(at), 'data-tone': tone, 'data-verdict': verdict },
    el('span', { class: 'cited-words' }, words),
    isLast && el('span', { class: 'unseen' }, ' '),
    isLast && el('span', { class: 'tag-verdict' }, isNumbered ? `${String(at + 1)} · ${said}` : said),
  );
}
