/** Going through a check: by verdict, and from sentence to sentence by keyboard. */
import { el } from '../dom';
import { announce } from '../live';
import { countsOf, shown, type Item } from './result';

/** Where the sentences and their cards are. */
interface Marked {
  mark: HTMLElement;
  card: HTMLElement;
  item: Item;
}

/** Makes a view move by keyboard, and gives the filters that belong above it. */
export function browse(view: HTMLElement, items: readonly Item[]): HTMLElement {
  const all = items.flatMap((item, at): Marked[] => {
    const card = view.querySelector<HTMLElement>(`#card-${String(at + 1)}`);
    // One that another covers wholly has no mark of its own.
    return card ? [{ mark: view.querySelector<HTMLElement>(`#sentence-${String(at + 1)}`) ?? card, card, item }] : [];
  });
  let shownOnes = all;
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
  for (const piece of view.querySelectorAll<HTMLElement>('.cited')) piece.tabIndex = -1;
  stop(0);
  const go = (step: 1 | -1) => {
    const order = all.map((one, at) => ({ one, at })).filter(({ one }) => shownOnes.includes(one));
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
  return filters(items, (verdict) => {
    shownOnes = all.filter(({ item }) => verdict === undefined || item.verdict === verdict);
    for (const one of all) one.card.hidden = !shownOnes.includes(one);
    for (const piece of view.querySelectorAll<HTMLElement>('.cited')) piece.toggleAttribute('data-aside', verdict !== undefined && piece.dataset.verdict !== verdict);
    const first = all.findIndex((one) => shownOnes.includes(one));
    if (first >= 0) stop(first);
    announce(`${String(shownOnes.length)} of ${String(all.length)} sentences shown.`, true);
  });
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
