/** The page: puts its parts together and leads a run from the question to the report. */
import { LIMITS, today } from '../pkg/defaults.mjs';
import type { Config, SourceId } from '../pkg/probatum.js';
import { addressOf, questionIn } from './page/address';
import { clearError, showError } from './page/alert';
import { hideAnswer, showAnswer } from './page/answer';
import { Connection, type Introduction } from './page/connection';
import { deepUrl } from './page/deep';
import { byId, show } from './page/dom';
import { Found } from './page/found';
import { announce } from './page/live';
import { keepForOffline } from './page/offline';
import { ProgressPanel } from './page/progress';
import { listExamples, readQuestion, setQuestion } from './page/question';
import { bringBackReport, hideReport, showReport } from './page/report';
import { MODEL_URL, listSettings, readSettings, type Settings } from './page/settings';
import { answeredSources, chosenSources, listSources, resetStates, settleStates, showState } from './page/sources';
import { canRun } from './page/support';
import './page.css';

let progress: ProgressPanel | undefined;
let found: Found | undefined;

function main(): void {
  if (!canRun()) {
    show(byId('unsupported', HTMLParagraphElement), true);
    return;
  }
  const form = byId('ask-form', HTMLFormElement);
  show(byId('desk', HTMLDivElement), true);
  listSettings();
  listExamples(() => {
    form.requestSubmit();
  });
  const connection = new Connection({
    progress: (event) => {
      if (event.stage === 'searching') showState(event.source, event.state);
      if (event.stage === 'answering') showAnswer(event);
      progress?.progress(event);
      found?.progress(event);
    },
    model: (depth, state) => progress?.model(depth, state),
    pairs: (scored, asked) => progress?.pairs(scored, asked),
  });
  connection.introduce().then(
    ({ sources }) => {
      listSources(sources);
      void keepForOffline(() => connection.keep(shippedModelUrl()));
    },
    (error: unknown) => {
      showError(error);
    },
  );
  const asked = questionIn(location.href);
  if (asked !== undefined) setQuestion(asked);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!progress) void askReader(connection);
  });
  byId('demo-button', HTMLButtonElement).addEventListener('click', () => void askDemo(connection));
  byId('cancel-button', HTMLButtonElement).addEventListener('click', () => {
    progress?.cancelling();
    connection.cancel();
  });
}

/** The reader's own question. */
async function askReader(connection: Connection): Promise<void> {
  const question = readQuestion();
  const settings = question === undefined ? undefined : readSettings();
  if (question === undefined || !settings) return;
  const introduction = await introduced(connection);
  if (!introduction) return;
  const sources = chosenSources();
  if (sources.length === 0) {
    showError(Object.assign(new Error('No source is ticked'), { name: 'UsageError' }));
    return;
  }
  history.replaceState(null, '', addressOf(question, location.href));
  await run(connection, { question, sources, settings, propositions: [] });
}

/** The demonstration: its own question, its own papers, the models that come with the page. */
async function askDemo(connection: Connection): Promise<void> {
  const introduction = await introduced(connection);
  if (!introduction) return;
  setQuestion(introduction.demoQuestion);
  const { maxPapers, maxClaims, maxFullTexts } = LIMITS;
  const models = { modelUrl: shippedModelUrl(), deepUrl: deepUrl() };
  const settings = { maxPapers, maxClaims, maxFullTexts, relay: undefined, ...models };
  await run(connection, { question: introduction.demoQuestion, sources: ['demo'], settings, propositions: [] });
}

const shippedModelUrl = () => new URL(MODEL_URL, document.baseURI).href;

/** The engine, as soon as it has started; a reader may press a button before that. */
async function introduced(connection: Connection): Promise<Introduction | undefined> {
  const form = byId('ask-form', HTMLFormElement);
  form.setAttribute('aria-busy', 'true');
  try {
    return await connection.introduce();
  } catch (error) {
    showError(error);
    return undefined;
  } finally {
    form.removeAttribute('aria-busy');
  }
}

/** What is asked, of whom, how. */
interface Asked {
  question: string;
  sources: SourceId[];
  settings: Settings;
  /** Statements that the papers are asked about instead of the question's own. */
  propositions: string[];
}

/** @param fromKept - judge again what is kept of the day, and ask nobody */
async function run(connection: Connection, asked: Asked, fromKept = false): Promise<void> {
  const { question, sources, settings, propositions } = asked;
  const { modelUrl, deepUrl, ...chosen } = settings;
  const config: Config = { ...LIMITS, ...chosen, sources, propositions, date: today() };
  clearError();
  hideReport();
  resetStates(sources);
  found = new Found();
  progress = new ProgressPanel(sources, deepUrl !== undefined);
  setRunning(true);
  try {
    const request = { question, config, modelUrl, deepUrl };
    const outcome = await connection.run({ ...request, fromKept }).catch((error: unknown) => {
      // A browser that keeps nothing has nothing to judge again: then the sources are asked once more.
      if (fromKept && error instanceof Error && error.name === 'NothingAskedError') return connection.run(request);
      throw error;
    });
    progress.end(outcome.summary.cancelled ? 'cancelled' : 'finished');
    found.fold();
    announce(outcome.summary.cancelled ? 'Cancelled. The report of what was found follows.' : 'The report is ready.', true);
    // Sources that did not answer have left nothing to be judged again.
    const again = { ...asked, sources: answeredSources(sources) };
    showReport(outcome, config.date, (propositions) => void run(connection, { ...again, propositions }, true));
  } catch (error) {
    progress.end(error instanceof Error && error.name === 'CancelledError' ? 'cancelled' : 'failed');
    showError(error);
    bringBackReport();
  } finally {
    hideAnswer();
    settleStates();
    progress = undefined;
    setRunning(false);
  }
}

/** While a run goes on, what it was asked with stands still, and Cancel is at hand. */
function setRunning(running: boolean): void {
  const cancel = byId('cancel-button', HTMLButtonElement);
  const atCancel = document.activeElement === cancel;
  byId('question-text', HTMLTextAreaElement).readOnly = running;
  byId('scope-inputs', HTMLFieldSetElement).disabled = running;
  // Whoever has a report has no need of examples above it.
  show(byId('question-help', HTMLDivElement), !running && byId('result-panel', HTMLElement).hidden);
  for (const id of ['run-button', 'demo-button']) show(byId(id, HTMLButtonElement), !running);
  show(cancel, running);
  show(byId('key-hint', HTMLSpanElement), !running);
  if (running) {
    byId('settings-panel', HTMLDetailsElement).open = false;
    cancel.focus({ preventScroll: true });
    byId('progress-panel', HTMLElement).scrollIntoView({ block: 'nearest' });
  } else if (atCancel) {
    // The focused button is gone: a keyboard must not be thrown back to the top of the page.
    byId('run-button', HTMLButtonElement).focus({ preventScroll: true });
  }
}

main();
