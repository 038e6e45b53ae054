/** What went wrong, in one sentence, and what the reader can do about it. Nothing already shown is taken away. */
import { byId, el } from './dom';
import { cut } from './folded';

/** How kinds of failures are presented, by the stable names of their errors. */
export type Kinds = Record<string, { title: string; remedy: string }>;

/** Those of a question. */
const KINDS: Kinds = {
  UsageError: { title: 'This cannot be asked as it stands.', remedy: 'Change the question or the settings and run it again.' },
  NothingAskedError: {
    title: 'No source could be asked, so nothing is known yet. This does not mean that nothing was published.',
    remedy: 'The list of sources says what happened to each, and what can be done about it.',
  },
  ModelError: {
    title: 'The language model cannot be used, so no claim could be checked.',
    remedy: 'Check the model folder in Settings, or empty that field to use the model that comes with the page.',
  },
  CancelledError: { title: 'Cancelled.', remedy: 'Everything found up to that point is shown below.' },
  VersionError: {
    title: 'The page and its engine are of different versions.',
    remedy: 'Close every tab of this page and open it again: that lets the new version take over.',
  },
  EngineError: {
    title: 'The engine stopped.',
    remedy: 'Run the question again. If it happens again, reload the page; with a weak connection the engine may not have arrived whole.',
  },
};

/** The same kinds while the device itself has no network. */
const OFFLINE: Kinds = {
  NothingAskedError: {
    title: 'This device is offline, so no source could be asked.',
    remedy: 'Connect it and run the question again. The demo works offline.',
  },
  ModelError: {
    title: 'This device is offline, and the language model is not kept here yet.',
    remedy: 'Connect it and run the question again.',
  },
};

/** Shows an error of a question. */
export function showError(thrown: unknown): void {
  byId('alert-box', HTMLDivElement).replaceChildren(alertOf(thrown, KINDS, OFFLINE));
}

/**
 * An error in words.
 * @param offline - the same kinds while the device has no network
 */
export function alertOf(thrown: unknown, kinds: Kinds, offline: Kinds): HTMLElement {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const known = navigator.onLine ? undefined : offline[error.name];
  const kind = known ?? (kinds[error.name] ?? { title: 'Something went wrong that the page did not expect.', remedy: 'Run it again, or reload the page.' });
  const gentle = error.name === 'CancelledError';
  // What several sources answered is long, and stands in their list already.
  const isLong = error.name === 'NothingAskedError' || cut(error.message).said !== '';
  const detail = !gentle && !known && sentence(error.message);
  return el(
    'div',
    { class: gentle ? 'alert gentle' : 'alert' },
    el('p', { class: 'alert-title' }, kind.title),
    detail && !isLong && el('p', { class: 'alert-detail' }, detail),
    el('p', { class: 'alert-remedy' }, kind.remedy),
    detail && isLong && el('details', { class: 'said' }, el('summary', {}, 'What happened'), el('p', { class: 'alert-detail' }, detail)),
  );
}

/**
 * Says of a run reopened that it has no report.
 * @param had - whether it had found anything
 * @param failure - what ended it, where it said so
 */
export function showBrokenOff(had: boolean, failure: string | undefined): void {
  byId('alert-box', HTMLDivElement).replaceChildren(
    el(
      'div',
      { class: 'alert gentle' },
      el('p', { class: 'alert-title' }, failure === undefined ? 'This run was broken off before its report.' : 'This run ended by an error, without a report.'),
      failure !== undefined && el('p', { class: 'alert-detail' }, sentence(cut(failure).line)),
      el('p', { class: 'alert-remedy' }, `${had ? 'What it had is shown below.' : 'It had found nothing yet.'} Run the question again to go on: what sources answered today is not asked twice.`),
    ),
  );
}

/** Takes the last error away: a new run begins. */
export function clearError(): void {
  byId('alert-box', HTMLDivElement).replaceChildren();
}

function sentence(message: string): string {
  const text = message.trim();
  const whole = /^https?:/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
