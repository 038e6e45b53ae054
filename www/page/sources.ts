/** The sources as a list of switches, each with its live state. */
import type { SourceId, SourceInfo, SourceState } from '../../pkg/probatum.js';
import { byId, el, setText, show } from './dom';
import { folded } from './folded';
import { count } from './words';

interface Row {
  item: HTMLLIElement;
  box: HTMLInputElement;
  state: HTMLElement;
  usual: boolean;
  remedy: HTMLElement;
  /** Goes on without it, while it is waited for. */
  leave: HTMLButtonElement;
}

const rows = new Map<SourceId, Row>();
const countdowns = new Map<SourceId, ReturnType<typeof setInterval>>();

/**
 * Lists the sources that a reader may choose.
 * @param leave - has the run go on without a source
 */
export function listSources(sources: SourceInfo[], leave: (id: SourceId) => void): void {
  const items = sources.map((source) => {
    const row = makeRow(source, leave);
    rows.set(source.id, row);
    return row.item;
  });
  byId('source-list', HTMLUListElement).replaceChildren(...items);
}

/** The ticked sources, in the order listed. */
export function chosenSources(): SourceId[] {
  return [...rows].filter(([, row]) => row.box.checked).map(([id]) => id);
}

/** Ticks these sources and no other; before they are listed nothing. */
export function chooseSources(chosen: readonly SourceId[]): void {
  // A link of another version may name none that there is.
  if (!chosen.some((id) => rows.has(id))) return;
  for (const [id, row] of rows) {
    row.box.checked = chosen.includes(id);
    write(row, ...readyState(row));
  }
}

/** The sources that are on where nobody chose. */
export const usualSources = (): SourceId[] => [...rows].filter(([, row]) => row.usual).map(([id]) => id);

const readyState = (row: Row): [string, string] => (row.box.checked ? ['ready', 'ready'] : ['off', 'off']);

/** While a run goes on, the choice stands still. */
export function lockSources(locked: boolean): void {
  for (const row of rows.values()) row.box.disabled = locked;
}

/** Before a run: the asked ones wait for their turn, the others are out of it. */
export function resetStates(asked: SourceId[]): void {
  for (const [id, row] of rows) {
    stopCountdown(id);
    write(row, asked.includes(id) ? 'waiting' : 'off', asked.includes(id) ? 'waiting' : 'not asked');
  }
}

/** After a run: what still waits or asks will not be heard of again. */
export function settleStates(): void {
  for (const [id, row] of rows) {
    stopCountdown(id);
    const kind = row.item.dataset.state;
    if (kind === 'waiting' || kind === 'asking' || kind === 'throttled') write(row, 'off', 'stopped');
  }
}

/** Shows how a source is doing. */
export function showState(id: SourceId, state: SourceState): void {
  const row = rows.get(id);
  if (!row) return;
  stopCountdown(id);
  switch (state.state) {
    case 'asking':
      write(row, 'asking', 'asking…');
      break;
    case 'throttled':
      countDown(id, row, Number(state.retryInS));
      break;
    case 'answered':
      write(row, 'answered', `answered: ${count('record', Number(state.records))}`);
      break;
    case 'left-out':
      write(row, 'left-out', Number(state.records) > 0 ? `left out after ${count('record', Number(state.records))}` : 'left out');
      break;
    case 'failed':
      if (navigator.onLine) write(row, 'failed', `failed: ${state.reason}`, state.remedy);
      else write(row, 'failed', 'failed: this device is offline', 'Connect it and run the question again.');
      break;
  }
}

function makeRow({ id, name, note, defaultOn }: SourceInfo, leave: (id: SourceId) => void): Row {
  const box = el('input', { type: 'checkbox', id: `source-${id}`, checked: defaultOn, 'aria-describedby': `source-${id}-note` });
  const state = el('span', { class: 'source-state' }, defaultOn ? 'ready' : 'off');
  const remedy = el('span', { class: 'source-remedy', hidden: true });
  const button = el('button', { type: 'button', class: 'source-leave quiet small', hidden: true }, `Go on without ${name}`);
  const label = el('label', { for: box.id }, el('span', { class: 'source-name' }, name));
  const item = el('li', { 'data-state': defaultOn ? 'ready' : 'off' }, box, label, state, el('span', { class: 'source-note', id: `source-${id}-note` }, note), remedy, button);
  const row = { item, box, state, remedy, usual: defaultOn, leave: button };
  button.addEventListener('click', () => {
    leave(id);
  });
  box.addEventListener('change', () => {
    write(row, ...readyState(row));
  });
  return row;
}

function write(row: Row, kind: string, text: string, remedy = ''): void {
  row.item.dataset.state = kind;
  row.state.replaceChildren(...folded(text));
  setText(row.remedy, remedy);
  show(row.remedy, remedy !== '');
  show(row.leave, kind === 'asking' || kind === 'throttled');
}

function countDown(id: SourceId, row: Row, seconds: number): void {
  let left = Math.ceil(seconds);
  const tick = () => {
    write(row, 'throttled', left > 0 ? `throttled: asking again in ${left} s` : 'asking again…');
    left -= 1;
    if (left < 0) stopCountdown(id);
  };
  countdowns.set(id, setInterval(tick, 1000));
  tick();
}

function stopCountdown(id: SourceId): void {
  clearInterval(countdowns.get(id));
  countdowns.delete(id);
}
