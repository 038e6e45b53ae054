/** Going through a check: by verdict, and from sentence to sentence by keyboard. */
import { el } from '../dom';
import { announce } from '../live';
import type { Shown } from './margin';
import { countsOf, shown, type Item } from './result';

/** How a view is gone through. */
export interface Browsing {
  /** The filters that belong above it. */
  filters: HTMLElement;
  /** Takes in one more sentence. */
  add: (sentence: Shown) => void;
}

/** Makes a view move by keyboard and by verdict, sentence after sentence as it is filled. */
export function browse(view: HTMLElement, items: readonly Item[]): Browsing {
  const all: Shown[] = [];
  let chosen: Item['verdict'] | undefined;
  const isShown = ({ item }: Shown) => chosen === undefined || item.verdict === chosen;
  let current = 0;
  /** One tab stop for all sentences; the keys go on from there. */
  const stop = (at: number) => {
    for (const one of [all[current], all[at]]) if (one) one.mark.tabIndex = one === all[at] ? 0 : -1;
    current = at;
  };
  const stand = (at: number) => {
    stop(at);
    for (const part of view.querySelectorAll('[data-current]')) part.removeAttribute('data-current');
    // A sentence may be in several pieces.
    for (const part of view.querySelectorAll(`[data-sentence="${String(at)}"], #card-${String(at + 1)}`)) part.setAttribute('data-current', '');
  };
  const go = (step: 1 | -1) => {
    const order = all.map((one, at) => ({ one, at })).filter(({ one }) => isShown(one));
    const next = step === 1 ? order.find(({ at }) => at > current) : [...order].reverse().find(({ at }) => at < current);
    // From a heading, the first step is onto the sentence where the reader stands.
    const to = document.activeElement?.closest('.cited, .card') ? next : (order.find(({ at }) => at >= current) ?? order[0]);
    if (!to) return;
    stand(to.at);
    to.one.mark.focus({ preventScroll: true });
    to.one.mark.scrollIntoView({ block: 'center' });
  };
  view.addEventListener('focusin', ({ target }) => {
    const at = all.findIndex(({ mark, card }) => target instanceof Node && (mark === target || card.contains(target)));
    if (at >= 0) stand(at);
  });
  view.addEventListener('click', (event) => {
    const piece = event.target instanceof Element ? event.target.closest<HTMLElement>('.cited') : null;
    if (!piece) return;
    event.preventDefault();
    const at = Number(piece.dataset.sentence);
    stand(at);
    all[at]?.card.focus();
  });
  view.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement) || /^(?:TEXTAREA|INPUT|SELECT)$/.test(event.target.tagName)) return;
    const onMark = event.target.classList.contains('cited');
    if (event.key === 'j' || (event.key === 'ArrowDown' && onMark)) go(1);
    else if (event.key === 'k' || (event.key === 'ArrowUp' && onMark)) go(-1);
    else if (event.key === 'Escape' && event.target.closest('.card')) all[current]?.mark.focus();
    else return;
    event.preventDefault();
  });
  const put = (one: Shown) => {
    one.card.hidden = !isShown(one);
  };
  const setAside = (pieces: Iterable<HTMLElement>) => {
    for (const piece of pieces) piece.toggleAttribute('data-aside', chosen !== undefined && piece.dataset.verdict !== chosen);
  };
  const choose = (verdict: Item['verdict'] | undefined) => {
    chosen = verdict;
    all.forEach(put);
    setAside(view.querySelectorAll<HTMLElement>('.cited'));
    const first = all.findIndex(isShown);
    if (first >= 0) stop(first);
    announce(`${String(items.filter(({ verdict }) => chosen === undefined || verdict === chosen).length)} of ${String(items.length)} sentences shown.`, true);
  };
  const add = (one: Shown) => {
    all.push(one);
    if (all.length === 1) stop(0);
    if (chosen === undefined) return;
    put(one);
    setAside(one.card.parentElement?.querySelectorAll<HTMLElement>('.cited') ?? []);
  };
  return { filters: filters(items, choose), add };
}

/**
 * A button for each verdict, with its count.
 * @param choose - called with the one to show, or nothing for all
 */
function filters(items: readonly Item[], choose: (verdict: Item['verdict'] | undefined) => void): HTMLElement {
  const all: [Item['verdict'] | undefined, string, number][] = [[undefined, 'All', items.length], ...countsOf(items).map(([verdict, n]): [Item['verdict'], string, number] => [verdict, shown(verdict).words, n])];
  const buttons = all.map(([verdict, words, n]) => {
    const button = el('button', { type: 'button', class: 'filter', 'aria-pressed': String(verdict === undefined) }, `${words} `, el('span', { class: 'filter-count' }, String(n)));
    button.addEventListener('click', () => {
      for (const other of buttons) other.setAttribute('aria-pressed', String(other === button));
      choose(verdict);
    });
    return button;
  });
  return el('div', { class: 'check-filters', role: 'group', 'aria-label': 'Show the sentences that are' }, ...buttons);
}
