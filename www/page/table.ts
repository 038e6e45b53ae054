/** The report's table of papers: sorted by its columns, filtered by words and by the parts of the meter. */
import { el, setText } from './dom';
import { count } from './words';

/** Stances in the order of the meter: how the column of stances is sorted. */
const STANCES = ['yes', 'mixed', 'no-difference', 'no', 'silent'];

/** What a row is sorted and filtered by. */
export interface Row {
  /** The side that the paper is counted on, as the JSON names it; empty where it is in no count. */
  stance: string;
  /** The text of each cell. */
  cells: readonly string[];
}

/** Whether a row has every word of the filter, and one of the stances where any is chosen. */
export function matches(row: Row, words: string, stances: ReadonlySet<string>): boolean {
  const text = row.cells.join(' ').toLowerCase();
  const wanted = words.toLowerCase().split(/\s+/u).filter(Boolean);
  return (stances.size === 0 || stances.has(row.stance)) && wanted.every((word) => text.includes(word));
}

/** Compares two rows by a column: stances by the meter, numbers as numbers, the rest as words. */
export function compare(a: Row, b: Row, column: number, byStance: boolean): number {
  if (byStance) return place(a.stance) - place(b.stance);
  const [one, other] = [a.cells[column] ?? '', b.cells[column] ?? ''];
  const [n, m] = [Number.parseFloat(one), Number.parseFloat(other)];
  if (Number.isFinite(n) && Number.isFinite(m)) return n - m;
  return one.localeCompare(other, 'en');
}

/** A retracted paper is on no side, and comes last. */
const place = (stance: string) => (STANCES.includes(stance) ? STANCES.indexOf(stance) : STANCES.length);

/** Makes the table of a report just shown work; a report without one is left as it is. */
export function enliven(report: HTMLElement): void {
  const table = report.querySelector<HTMLTableElement>('.papers-table table');
  if (table) new PapersTable(report, table);
}

class PapersTable {
  readonly #rows: { row: Row; element: HTMLTableRowElement }[];
  readonly #stances = new Set<string>();
  readonly #filter = el('input', { type: 'search', id: 'papers-filter', autocomplete: 'off', spellcheck: 'false' });
  readonly #shown = el('p', { class: 'papers-shown', role: 'status' });
  readonly #all = el('button', { type: 'button', class: 'quiet small', hidden: true }, 'Show all');

  constructor(
    report: HTMLElement,
    private readonly table: HTMLTableElement,
  ) {
    this.#rows = [...table.tBodies].flatMap((body) => [...body.rows]).map((element) => ({ element, row: rowOf(element) }));
    const label = el('label', { for: 'papers-filter' }, 'Filter the papers');
    table.closest('.papers-table')?.prepend(el('div', { class: 'papers-tools' }, label, this.#filter, this.#all, this.#shown));
    this.#filter.addEventListener('input', () => {
      this.#apply();
    });
    this.#all.addEventListener('click', () => {
      this.#stances.clear();
      this.#filter.value = '';
      this.#apply();
      this.#filter.focus();
    });
    for (const [column, header] of [...(table.tHead?.rows[0]?.cells ?? [])].entries()) this.#sortable(header, column);
    // Only the first meter is about the stances of the table.
    const meter = report.querySelector('.meter');
    for (const item of meter?.querySelectorAll<HTMLElement>('.legend [data-stance]') ?? []) this.#filtering(item);
    for (const part of meter?.querySelectorAll<SVGElement>('.bar [data-stance]') ?? []) {
      part.addEventListener('click', () => {
        this.#only(part.dataset.stance ?? '');
      });
    }
  }

  #sortable(header: HTMLTableCellElement, column: number): void {
    const button = el('button', { type: 'button', class: 'sort' }, header.textContent);
    header.replaceChildren(button);
    button.addEventListener('click', () => {
      const direction = header.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
      for (const other of header.parentElement?.children ?? []) other.removeAttribute('aria-sort');
      header.setAttribute('aria-sort', direction);
      const sign = direction === 'ascending' ? 1 : -1;
      const byStance = button.textContent === 'Stance';
      this.#rows.sort((a, b) => sign * compare(a.row, b.row, column, byStance));
      this.table.tBodies[0]?.append(...this.#rows.map(({ element }) => element));
    });
  }

  /** The legend's entry becomes a button that leads to the papers of its stance. */
  #filtering(item: HTMLElement): void {
    const stance = item.dataset.stance ?? '';
    const button = el('button', { type: 'button', class: 'filter', 'aria-pressed': 'false', 'data-stance': stance, title: 'Show only these papers' });
    button.append(...item.childNodes);
    item.replaceChildren(button);
    button.addEventListener('click', () => {
      this.#only(stance);
    });
  }

  #only(stance: string): void {
    const was = this.#stances.has(stance);
    this.#stances.clear();
    if (!was) this.#stances.add(stance);
    this.#apply();
    if (!was) this.table.closest('.papers-table')?.scrollIntoView({ block: 'start' });
  }

  #apply(): void {
    let shown = 0;
    for (const { row, element } of this.#rows) {
      element.hidden = !matches(row, this.#filter.value, this.#stances);
      if (!element.hidden) shown += 1;
    }
    for (const button of document.querySelectorAll<HTMLElement>('.filter[data-stance]')) {
      button.setAttribute('aria-pressed', String(this.#stances.has(button.dataset.stance ?? '')));
    }
    const narrowed = shown < this.#rows.length;
    this.#all.hidden = !narrowed;
    setText(this.#shown, narrowed ? `${shown} of ${count('paper', this.#rows.length)} shown` : '');
  }
}

function rowOf(element: HTMLTableRowElement): Row {
  return { stance: element.dataset.stance ?? '', cells: [...element.cells].map((cell) => cell.textContent.trim()) };
}
