/** The report: its strictness, its downloads, its text, and what a reader can do with it. */
import type { Outcome, SourceId } from '../../pkg/probatum.js';
import { byId, el, show } from './dom';
import { parseReport } from './markup';
import { offerPropositions } from './proposition';
import { save } from './save';
import { offerStrictness } from './strictness';
import { enliven } from './table';
import { fileStem } from './words';

/** What a reader can do with a report. */
export interface Actions {
  /** Have the papers asked other statements. */
  judge(propositions: string[]): void;
  /** The same run at another strictness, from 0 to 1. */
  rejudge(leniency: number): Promise<Outcome>;
  /** Told that the report now stands at another strictness. */
  moved(outcome: Outcome): void;
}

/** What is read here of the report's JSON. */
interface Facts {
  date: string;
  answer: Answered;
  otherAnswers: Answered[];
  sources: { source: SourceId; state: string }[];
}

interface Answered {
  proposition?: string | null;
}

const panel = () => byId('result-panel', HTMLElement);
const factsOf = ({ json }: Outcome) => JSON.parse(json) as Facts;

/**
 * Shows a report and moves the focus to its heading.
 * @param atRest - nobody asked for it just now: focus and place stay
 */
export function showReport(outcome: Outcome, actions: Actions, atRest: boolean): void {
  fill(outcome, actions);
  offerStrictness(outcome, (leniency) => actions.rejudge(leniency), (moved) => {
    fill(moved, actions);
    actions.moved(moved);
  });
  reportIsOld(false);
  show(byId('question-help', HTMLDivElement), false);
  show(panel(), true);
  if (atRest) return;
  const heading = byId('result-report', HTMLDivElement).querySelector<HTMLElement>('h1, h2') ?? panel();
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  panel().scrollIntoView({ block: 'start' });
}

function fill(outcome: Outcome, actions: Actions): void {
  const { date, answer, otherAnswers } = factsOf(outcome);
  byId('result-downloads', HTMLDivElement).replaceChildren(el('span', { class: 'hint' }, 'Download'), ...downloads(outcome, date));
  const body = byId('result-report', HTMLDivElement);
  body.replaceChildren(parseReport(outcome.article));
  enliven(body);
  // The statements that the papers were asked about, in the order of their answers.
  const asked = [answer, ...otherAnswers].map(({ proposition }) => proposition ?? '').filter((text) => text !== '');
  offerPropositions(body, asked, (propositions) => {
    actions.judge(propositions);
  });
}

/** The sources that answered. */
export const answeredIn = (outcome: Outcome): SourceId[] => {
  const { sources } = factsOf(outcome);
  return sources.filter(({ state }) => state === 'answered').map(({ source }) => source);
};

/** Puts the report out of sight. */
export function hideReport(): void {
  show(panel(), false);
}

/** Says of the report that stands there whether it is of the run before the one under way. */
export function reportIsOld(isOld: boolean): void {
  panel().toggleAttribute('data-old', isOld);
  show(byId('result-old', HTMLParagraphElement), isOld);
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
