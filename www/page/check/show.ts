/** A check on the page: its view, filters and downloads, with the decisions that are kept as they are made. */
import { byId, el, show } from '../dom';
import { save } from '../save';
import { fileStem } from '../words';
import { browse } from './browse';
import { asDocument } from './document';
import { asJson, asMarkdown } from './export';
import { keepDecisions } from './kept';
import { marginView, type Shown } from './margin';
import { showOriginal } from './original';
import { itemsOf, type Check, type Decisions } from './result';

const panel = () => byId('check-result', HTMLElement);

/**
 * Shows a check.
 * @param atRest - nobody asked for it just now: focus and place stay
 */
export function showCheck(check: Check, decisions: Decisions, version: string, atRest: boolean): void {
  const { view, fill } = marginView(check, (at) => ({
    decision: decisions[at] ?? {},
    changed: (decision) => {
      decisions[at] = decision;
      void keepDecisions(check.id, decisions);
    },
    original: (text, places, sentence) => void showOriginal(text, places, sentence),
  }));
  const items = itemsOf(check);
  const { filters, add } = browse(view, items);
  const keys = el('p', { class: 'hint keys' }, el('kbd', {}, 'j'), ' ', el('kbd', {}, 'k'), ' or ', el('kbd', {}, '↓'), ' ', el('kbd', {}, '↑'), ' next and previous sentence, ', el('kbd', {}, 'Enter'), ' to what is said of it, ', el('kbd', {}, 'Esc'), ' back');
  const head = el('div', { class: 'check-tools' }, ...(items.length > 1 ? [filters, keys] : []));
  view.querySelector('.margin-text')?.before(head);
  byId('check-downloads', HTMLDivElement).replaceChildren(el('span', { class: 'hint' }, 'Download'), ...downloads(check, decisions, version));
  byId('check-report', HTMLDivElement).replaceChildren(view);
  show(panel(), true);
  void fillInSlices(view, fill(), add);
  if (atRest) return;
  byId('check-heading', HTMLHeadingElement).focus({ preventScroll: true });
  panel().scrollIntoView({ block: 'start' });
}

/** How long the text is put in at a stretch, in milliseconds: a frame, so that scrolling and typing go on. */
const SLICE_MS = 16;

/** Puts the text in slice by slice, until it is whole or the view is gone. */
async function fillInSlices(view: HTMLElement, sentences: Iterable<Shown>, add: (sentence: Shown) => void): Promise<void> {
  view.setAttribute('aria-busy', 'true');
  let since = performance.now();
  for (const sentence of sentences) {
    add(sentence);
    if (performance.now() - since < SLICE_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    if (!view.isConnected) return;
    since = performance.now();
  }
  view.removeAttribute('aria-busy');
}

/** Puts the check out of sight. */
export function hideCheck(): void {
  byId('check-report', HTMLDivElement).replaceChildren();
  show(panel(), false);
}

function downloads(check: Check, decisions: Decisions, version: string): HTMLElement[] {
  const stem = fileStem(check.claim ? check.draft.text.slice(0, TITLE) : 'checked draft', check.date);
  const forms: [string, string, string, () => string][] = [
    ['Markdown', 'md', 'text/markdown', () => asMarkdown(check, decisions)],
    ['HTML', 'html', 'text/html', () => asDocument(check, decisions)],
    ['JSON', 'json', 'application/json', () => asJson(check, decisions, version)],
  ];
  return forms.map(([name, extension, type, text]) => {
    const button = el('button', { class: 'quiet small', type: 'button', 'aria-label': `Download ${name}` }, name);
    button.addEventListener('click', () => {
      save(`${stem}.${extension}`, new Blob([text()], { type: `${type};charset=utf-8` }));
    });
    return button;
  });
}

/** Characters of a claim that its file is named by, at most. */
const TITLE = 200;
