/** The report: its score, its downloads, its text. */
import type { Outcome, Summary } from '../../pkg/probatum.js';
import { byId, el, show } from './dom';
import { parseReport } from './markup';
import { fileStem } from './words';

/** Shows the report and moves the focus to its heading. */
export function showReport(outcome: Outcome, date: string): void {
  const panel = byId('result-panel', HTMLElement);
  byId('result-score', HTMLParagraphElement).replaceChildren(...scoreHeader(outcome.summary));
  byId('result-downloads', HTMLDivElement).replaceChildren(el('span', { class: 'hint' }, 'Download'), ...downloads(outcome, date));
  const body = byId('result-report', HTMLDivElement);
  body.replaceChildren(parseReport(outcome.article));
  show(panel, true);
  const heading = body.querySelector<HTMLElement>('h1, h2') ?? panel;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  panel.scrollIntoView({ block: 'start' });
}

/** Takes the last report away: a new run begins. */
export function hideReport(): void {
  show(byId('result-panel', HTMLElement), false);
  byId('result-report', HTMLDivElement).replaceChildren();
}

/** The counts stand in the report's own head; here only what decides whether to read on. */
function scoreHeader({ score, rating, cancelled }: Summary): (Node | string)[] {
  return [
    el('span', { class: 'score-number' }, score.toFixed(1)),
    ' ',
    el('span', { class: 'score-of' }, 'of 10 by the panel'),
    ' ',
    el('span', { class: 'score-rating' }, rating),
    ...(cancelled ? [el('strong', { class: 'partial' }, 'Cancelled: this is what was found until then.')] : []),
  ];
}

function downloads({ markdown, html, json, summary }: Outcome, date: string): HTMLElement[] {
  const stem = fileStem(summary.title, date);
  const forms: [string, string, string, string][] = [
    ['Markdown', 'md', 'text/markdown', markdown],
    ['HTML', 'html', 'text/html', html],
    ['JSON', 'json', 'application/json', json],
  ];
  return forms.map(([name, extension, type, text]) => {
    const button = el('button', { class: 'quiet small', type: 'button', 'aria-label': `Download ${name}` }, name);
    button.addEventListener('click', () => {
      save(`${stem}.${extension}`, new Blob([text], { type: `${type};charset=utf-8` }));
    });
    return button;
  });
}

function save(name: string, blob: Blob): void {
  const href = URL.createObjectURL(blob);
  el('a', { href, download: name }).click();
  // The download has its own hold on the data once it has begun.
  setTimeout(() => {
    URL.revokeObjectURL(href);
  }, 10_000);
}
