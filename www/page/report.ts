/** The report: its downloads, its text, and what a reader can do with it. */
import type { Outcome } from '../../pkg/probatum.js';
import { byId, el, show } from './dom';
import { parseReport } from './markup';
import { offerPropositions } from './proposition';
import { enliven } from './table';
import { fileStem } from './words';

/**
 * Shows the report and moves the focus to its heading.
 * @param judge - called with the statements that the reader wants the papers to be asked instead
 */
export function showReport(outcome: Outcome, date: string, judge: (propositions: string[]) => void): void {
  const panel = byId('result-panel', HTMLElement);
  byId('result-downloads', HTMLDivElement).replaceChildren(el('span', { class: 'hint' }, 'Download'), ...downloads(outcome, date));
  const body = byId('result-report', HTMLDivElement);
  body.replaceChildren(parseReport(outcome.article));
  enliven(body);
  offerPropositions(body, askedIn(outcome), judge);
  show(panel, true);
  const heading = body.querySelector<HTMLElement>('h1, h2') ?? panel;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  panel.scrollIntoView({ block: 'start' });
}

/** The statements that the papers were asked about, in the order of their answers. */
function askedIn({ json }: Outcome): string[] {
  const { answer, otherAnswers } = JSON.parse(json) as { answer: Answered; otherAnswers: Answered[] };
  return [answer, ...otherAnswers].map(({ proposition }) => proposition ?? '').filter((text) => text !== '');
}

interface Answered {
  proposition?: string | null;
}

/** Puts the last report out of sight: a new run begins. */
export function hideReport(): void {
  show(byId('result-panel', HTMLElement), false);
}

/** Brings the last report back: the new run came to nothing. */
export function bringBackReport(): void {
  const body = byId('result-report', HTMLDivElement);
  show(byId('result-panel', HTMLElement), body.childElementCount > 0);
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
