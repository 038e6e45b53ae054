/** The margin view: the text as it is written, its sentences marked, and beside each what is said of it. */
import { CAVEAT } from '../../../pkg/draft-words.mjs';
import { blocksOf, piecesOf, type Block } from '../../../pkg/draft-pieces.mjs';
import { el } from '../dom';
import { card, worksList, type Deciding } from './card';
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
    el('p', { class: 'hint' }, [`Checked on ${check.date}`, whatIsRead].filter(Boolean).join(' · '), `. ${CAVEAT}`),
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
  /** The sentence that the last piece is of, and its link: pieces that follow each other are one. */
  let open: { at: number; link: HTMLElement } | undefined;
  for (const piece of pieces) {
    const { sentence: at = -1, isFirst, isLast } = piece;
    const item = items[at];
    // White space before the next block would be a gap below the last card.
    const text = piece === pieces[pieces.length - 1] ? piece.text.trimEnd() : piece.text;
    const words = piece.isOdd || piece.isUncovered ? el('span', { class: piece.isOdd ? 'odd' : 'uncovered', title: 'In no cited text' }, text) : text;
    if (!item) {
      passage.append(words);
      open = undefined;
      continue;
    }
    if (open?.at !== at) {
      open = { at, link: link(item, at, isFirst === true, deciding(at).changed !== undefined) };
      passage.append(open.link);
      if (isFirst) marks.set(at, open.link);
    }
    open.link.append(lined(words, item, piece.part));
    if (!isLast) continue;
    open.link.append(...tag(item, at, !check.claim));
    open = undefined;
    // Right behind its sentence: that is the order in which it is read, and below it where there is no margin.
    yield* place(at);
  }
  for (const at of [...waiting]) yield* place(at);
}

/** Pieces of a sentence that follow each other: they lead to its card. */
function link({ verdict }: Item, at: number, isFirst: boolean, isStop: boolean): HTMLElement {
  return el('a', {
    class: 'cited',
    href: `#card-${String(at + 1)}`,
    id: isFirst && `sentence-${String(at + 1)}`,
    tabindex: isStop && '-1',
    'data-sentence': String(at),
    'data-tone': shown(verdict).tone,
    'data-verdict': verdict,
  });
}

/** Words with the line of their part's verdict, or of the sentence's. */
function lined(words: HTMLElement | string, { verdict, parts }: Item, part: number | undefined): HTMLElement {
  const own = parts?.[part ?? -1];
  return el('span', { class: 'cited-words', 'data-tone': shown(own?.verdict ?? verdict).tone }, words);
}

/** The sentence's verdict in words, behind it. */
function tag({ verdict }: Item, at: number, isNumbered: boolean): HTMLElement[] {
  const { words } = shown(verdict);
  return [el('span', { class: 'unseen' }, ' '), el('span', { class: 'tag-verdict' }, isNumbered ? `${String(at + 1)} · ${words}` : words)];
}
