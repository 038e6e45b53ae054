/** The page: puts its parts together and leads a run from the question to the report; checks have a desk of their own. */
import type { Introduction } from '../pkg/client.mjs';
import { LIMITS, today } from '../pkg/defaults.mjs';
import type { Config, Outcome, Progress, SourceId } from '../pkg/probatum.js';
import { addressOf, askedBy, type Asked } from './page/address';
import { clearError, showBrokenOff, showError } from './page/alert';
import { hideAnswer, showAnswer } from './page/answer';
import { CheckDesk } from './page/check/check';
import { Connection } from './page/connection';
import { deepUrl } from './page/deep';
import { byId, show } from './page/dom';
import { openDoors } from './page/doors';
import { listEarlier } from './page/earlier';
import { Found } from './page/found';
import { keptIdentity } from './page/identity';
import { deleteKept, keepBegun, keepEnded, keepStep, listKept, stepsOf, type Kept } from './page/kept';
import { announce } from './page/live';
import { keepForOffline } from './page/offline';
import { OwnPapers } from './page/own';
import { ProgressPanel } from './page/progress';
import { listExamples, readQuestion, setQuestion } from './page/question';
import { answeredIn, hideReport, reportIsOld, showReport } from './page/report';
import { MODEL_URL, listSettings, readSettings, type Settings } from './page/settings';
import { chooseSources, chosenSources, listSources, lockSources, resetStates, settleStates, showState, usualSources } from './page/sources';
import { Shown } from './page/shown';
import { canRun } from './page/support';
import './page.css';

/** The report that this tab shows. */
const shown = new Shown('probatum-shown');

/** The papers that the reader brings. */
let own: OwnPapers | undefined;
/** The link that the form was filled from, or that was made from it, last. */
let link = '';

let progress: ProgressPanel | undefined;
let found: Found | undefined;
/** Keeps the steps of the run under way. */
let keep: ((step: Progress) => void) | undefined;

function main(): void {
  if (!canRun()) {
    show(byId('unsupported', HTMLParagraphElement), true);
    return;
  }
  const form = byId('ask-form', HTMLFormElement);
  show(byId('desk', HTMLDivElement), true);
  openDoors();
  listSettings();
  own = new OwnPapers();
  listExamples(() => {
    form.requestSubmit();
  });
  const connection = new Connection({
    progress: (event) => {
      if (event.stage === 'searching') showState(event.source, event.state);
      else keep?.(event);
      if (event.stage === 'answering') showAnswer(event);
      progress?.progress(event);
      found?.progress(event);
    },
    model: (depth, state) => progress?.model(depth, state),
    pairs: (scored, asked) => progress?.pairs(scored, asked),
  });
  connection.introduce().then(
    ({ sources }) => {
      listSources(sources, (source) => {
        // The button goes: a keyboard must not be thrown back to the top of the page.
        byId('cancel-button', HTMLButtonElement).focus({ preventScroll: true });
        connection.leave(source);
      });
      fillForm(askedBy(location.href) ?? {});
      void keepForOffline(() => connection.keep(shippedModelUrl()));
    },
    (error: unknown) => {
      showError(error);
    },
  );
  fillForm(askedBy(location.href) ?? {});
  link = location.hash;
  // A link followed while the page is open loads nothing anew; the door back to the question is no new link.
  addEventListener('hashchange', () => {
    const asked = askedBy(location.href);
    if (!asked || progress || location.hash === link) return;
    link = location.hash;
    fillForm({ ...usualAsked(), ...asked });
  });
  void refreshEarlier(connection);
  void bringBack(connection);
  new CheckDesk({ connection, modelUrl: shippedModelUrl() });
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

/** Puts a question and its settings into the form; what is not named stays as it is. */
function fillForm({ question, sources, ...numbers }: Partial<Asked>): void {
  if (question !== undefined) setQuestion(question);
  if (sources !== undefined) chooseSources(sources);
  const fields = { maxPapers: 'max-papers', maxClaims: 'max-claims', maxFullTexts: 'max-full-texts' } as const;
  for (const [name, id] of Object.entries(fields)) {
    const value = numbers[name as keyof typeof fields];
    if (value !== undefined) byId(id, HTMLInputElement).value = String(value);
  }
}

/** The reader's own question. */
async function askReader(connection: Connection): Promise<void> {
  const question = readQuestion();
  const settings = question === undefined ? undefined : readSettings();
  if (question === undefined || !settings) return;
  const introduction = await introduced(connection);
  if (!introduction) return;
  const chosen = chosenSources();
  const sources = own?.among(chosen) ?? chosen;
  if (sources.length === 0) {
    showError(Object.assign(new Error('No source is ticked'), { name: 'UsageError' }));
    return;
  }
  setAddress(addressOf({ question, sources, ...settings }, usualAsked(), location.href));
  await run(connection, { question, sources, settings, propositions: [] });
}

/** The demonstration: its own question, its own papers, the models that come with the page. */
async function askDemo(connection: Connection): Promise<void> {
  const introduction = await introduced(connection);
  if (!introduction) return;
  setQuestion(introduction.demoQuestion);
  setAddress(location.pathname);
  await run(connection, { question: introduction.demoQuestion, sources: ['demo'], settings: usualSettings(), propositions: [] });
}

/** Writes what is asked into the page's address. */
function setAddress(address: string): void {
  history.replaceState(null, '', address);
  link = location.hash;
}

const usualAsked = () => ({ ...LIMITS, sources: usualSources() });

const shippedModelUrl = () => new URL(MODEL_URL, document.baseURI).href;

function usualSettings(): Settings {
  const { maxPapers, maxClaims, maxFullTexts } = LIMITS;
  return { maxPapers, maxClaims, maxFullTexts, relay: undefined, identity: keptIdentity(), modelUrl: shippedModelUrl(), deepUrl: deepUrl() };
}

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

/** What a run is asked. */
interface Running {
  question: string;
  sources: SourceId[];
  settings: Settings;
  /** Statements that the papers are asked about instead of the question's own. */
  propositions: string[];
}

/** @param fromKept - judge again what is kept of the day, and ask nobody */
async function run(connection: Connection, running: Running, fromKept = false): Promise<void> {
  const { question, sources, settings, propositions } = running;
  const { modelUrl, deepUrl, identity, ...chosen } = settings;
  const { maxPapers, maxClaims, maxFullTexts } = settings;
  const works = sources.includes('yours') ? own?.works() : undefined;
  const unpaywall = identity.email !== undefined;
  const config: Config = { ...LIMITS, ...chosen, sources, unpaywall, propositions, date: today(), ...(works && { works }) };
  const asked: Asked = { question, sources, maxPapers, maxClaims, maxFullTexts };
  clearError();
  hideAnswer();
  resetStates(sources);
  reportIsOld(true);
  found = new Found();
  progress = new ProgressPanel(sources, deepUrl !== undefined);
  setRunning(true);
  const before = shown.id;
  const begun = keepBegun(asked);
  let steps = 0;
  keep = (step) => {
    steps += 1;
    void begun.then((id) => keepStep(id, step));
  };
  void begun.then((id) => {
    shown.id = id;
  });
  try {
    const files = sources.includes('yours') ? await own?.files() : undefined;
    const request = { question, config, identity, modelUrl, deepUrl, ...(files && { files }) };
    const outcome = await connection.run({ ...request, fromKept }).catch((error: unknown) => {
      // A browser that keeps nothing has nothing to judge again: then the sources are asked once more.
      if (fromKept && error instanceof Error && error.name === 'NothingAskedError') return connection.run(request);
      throw error;
    });
    progress.end(outcome.summary.cancelled ? 'cancelled' : 'finished');
    found.fold();
    hideAnswer();
    announce(outcome.summary.cancelled ? 'Cancelled. The report of what was found follows.' : 'The report is ready.', true);
    const kept = { id: await begun, asked, outcome };
    void keepEnded(kept).then(() => refreshEarlier(connection));
    present(connection, kept, settings);
  } catch (error) {
    progress.end(error instanceof Error && error.name === 'CancelledError' ? 'cancelled' : 'failed');
    showError(error);
    reportIsOld(false);
    const id = await begun;
    const failure = error instanceof Error ? error.message : String(error);
    // A run that had found nothing leaves nothing, and the report before it is the one that this tab shows.
    if (steps === 0 && before !== undefined) shown.id = before;
    void (steps > 0 ? keepEnded({ id, asked, failure }) : deleteKept(id)).then(() => refreshEarlier(connection));
  } finally {
    settleStates();
    progress = undefined;
    keep = undefined;
    setRunning(false);
  }
}

/** Shows a report, new or kept. */
function present(connection: Connection, kept: Kept & { outcome: Outcome }, settings: Settings, atRest = false): void {
  const { asked, outcome } = kept;
  showReport(
    outcome,
    {
      // Sources that did not answer have left nothing to be judged again.
      judge: (propositions) => void run(connection, { question: asked.question, sources: answeredIn(outcome), settings, propositions }, true),
      rejudge: (leniency) => connection.rejudge(outcome.record, leniency),
      moved: (outcome) => void keepEnded({ ...kept, outcome }),
    },
    atRest,
  );
}

/** Opens a run kept: its report, or what it had when it was broken off. */
async function open(connection: Connection, kept: Kept, atRest = false): Promise<void> {
  if (progress) return;
  const { asked, outcome } = kept;
  const isDemo = asked.sources.includes('demo');
  fillForm(isDemo ? { question: asked.question } : asked);
  shown.id = kept.id;
  clearError();
  hideAnswer();
  if (!atRest) setAddress(isDemo ? location.pathname : addressOf(asked, usualAsked(), location.href));
  found = new Found();
  if (outcome) {
    const { maxPapers, maxClaims, maxFullTexts } = asked;
    present(connection, { ...kept, outcome }, { ...usualSettings(), maxPapers, maxClaims, maxFullTexts }, atRest);
    return;
  }
  hideReport();
  const steps = await stepsOf(kept.id);
  for (const step of steps) {
    found.progress(step);
    if (step.stage === 'answering') showAnswer(step);
  }
  showBrokenOff(steps.length > 0, kept.failure);
}

/** After a reload, a crash or a way back: the run that this tab showed last, unless the address asks something else. */
async function bringBack(connection: Connection): Promise<void> {
  const { id } = shown;
  const kept = id === undefined ? undefined : (await listKept()).find((kept) => kept.id === id);
  const asked = askedBy(location.href);
  if (!kept || (asked && asked.question !== kept.asked.question)) return;
  await open(connection, kept, true);
}

async function refreshEarlier(connection: Connection): Promise<void> {
  await listEarlier((kept) => void open(connection, kept));
}

/** While a run goes on, what it was asked with stands still, and Cancel is at hand. */
function setRunning(running: boolean): void {
  const cancel = byId('cancel-button', HTMLButtonElement);
  const atCancel = document.activeElement === cancel;
  byId('question-text', HTMLTextAreaElement).readOnly = running;
  byId('settings-inputs', HTMLFieldSetElement).disabled = running;
  lockSources(running);
  own?.lock(running);
  byId('earlier-inputs', HTMLFieldSetElement).disabled = running;
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
