/** The margin view: the text as it is written, its sentences marked, and beside each what is said of it. */
import { el } from '../dom';
import { card, worksList, type Deciding } from './card';
import { blocksOf, piecesOf, type Block, type Piece } from './passage';
import { headline, itemsOf, shown, type Check, type Item } from './result';

/** A sentence in the view. */
export interface Shown {
  item: Item;
  /** Where it begins; its card, where another sentence covers it wholly. */
  mark: HTMLElement;
  card: HTMLElement;
}

/** The view, and what fills it. */
export interface Margin {
  view: HTMLElement;
  /** Puts the text into it; each step is done with one more sentence. */
  fill: () => Iterable<Shown>;
}

/**
 * The whole of it, still without the text: that of a long draft takes longer than a page may stand still.
 * @param deciding - the decision on a sentence, and what hears that it changes
 */
export function marginView(check: Check, deciding: (at: number) => Deciding): Margin {
  const text = el('div', { class: 'margin-text' });
  const whatIsRead = check.claim ? `Checked against ${String(check.texts.length)} text${check.texts.length === 1 ? '' : 's'}` : '';
  const view = el(
    'article',
    { class: 'margin', lang: 'en' },
    el('h2', { id: 'check-heading', tabindex: '-1' }, headline(check)),
    el('p', { class: 'hint' }, [`Checked on ${check.date}`, whatIsRead].filter(Boolean).join(' · '), '. A verdict is a small language model’s reading of single sentences: read the papers.'),
    text,
    !check.claim && worksList(check),
  );
  function* fill() {
    const items = itemsOf(check);
    for (const block of blocksOf(check.draft.text, items)) {
      const passage = el('div', { class: 'passage', dir: 'auto' });
      text.append(passage);
      yield* fillPassage(passage, block, check, items, deciding);
    }
  }
  return { view, fill };
}

function* fillPassage(passage: HTMLElement, block: Block, check: Check, items: readonly Item[], deciding: (at: number) => Deciding): Iterable<Shown> {
  const waiting = new Set(block.sentences);
  /** Where sentences begin. */
  const marks = new Map<number, HTMLElement>();
  const place = (at: number): Shown[] => {
    const item = items[at];
    if (!item || !waiting.delete(at)) return [];
    const its = card(check, item, at, deciding(at));
    passage.append(its);
    return [{ item, card: its, mark: marks.get(at) ?? its }];
  };
  const pieces = piecesOf(check.draft.text, block, items);
  for (const piece of pieces) {
    const { sentence = -1, isFirst, isLast } = piece;
    const item = items[sentence];
    // White space before the next block would be a gap below the last card.
    const text = piece === pieces[pieces.length - 1] ? piece.text.trimEnd() : piece.text;
    const words = piece.isOdd || piece.isUncovered ? el('span', { class: piece.isOdd ? 'odd' : 'uncovered', title: 'In no cited text' }, text) : text;
    const marked = item ? mark(words, item, sentence, piece, !check.claim, deciding(sentence).changed !== undefined) : words;
    passage.append(marked);
    if (isFirst && marked instanceof HTMLElement) marks.set(sentence, marked);
    // Right behind its sentence: that is the order in which it is read, and below it where there is no margin.
    if (isLast) yield* place(sentence);
  }
  for (const at of [...waiting]) yield* place(at);
}

/** A piece of a sentence, with the line of its part's verdict; the first leads to its card, the last says the sentence's verdict. */
function mark(words: HTMLElement | string, { verdict, parts }: Item, at: number, { part, isFirst, isLast }: Piece, isNumbered: boolean, isStop: boolean): HTMLElement {
  const { words: said, tone } = shown(verdict);
  const own = parts?.[part ?? -1];
  return el(
    'a',
    {
      class: 'cited',
      href: `#card-${String(at + 1)}`,
      id: isFirst && `sentence-${String(at + 1)}`,
      tabindex: isStop && '-1',
      'data-sentence': String(at),
      'data-tone': tone,
      'data-verdict': verdict,
    },
    el('span', { class: 'cited-words', 'data-tone': own ? shown(own.verdict).tone : tone }, words),
    isLast && el('span', { class: 'unseen' }, ' '),
    isLast && el('span', { class: 'tag-verdict' }, isNumbered ? `${String(at + 1)} · ${said}` : said),
  );
}
