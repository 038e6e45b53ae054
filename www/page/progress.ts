/** Progress by stage, with counts, the time gone and the time left. */
import type { Depth, Progress, SourceId, SourceState } from '../../pkg/probatum.js';
import type { ModelState } from '../../pkg/messages.mjs';
import { byId, el, setText, show } from './dom';
import { Estimate } from './estimate';
import { announce } from './live';
import { titleSays } from './title';
import { clock, count, megabytes, roughly } from './words';

const STAGES = ['Search', 'Screen', 'Answer', 'Read', 'Extract', 'Verify', 'Reread', 'Review'] as const;
type Stage = (typeof STAGES)[number];

interface Step {
  item: HTMLLIElement;
  detail: HTMLElement;
}

/** The progress panel of one run. */
export class ProgressPanel {
  readonly #steps = new Map<Stage, Step>();
  readonly #sources = new Map<SourceId, SourceState | undefined>();
  readonly #estimate = new Estimate();
  readonly #startedAt = performance.now();
  readonly #ticking: ReturnType<typeof setInterval>;
  readonly #gauge = byId('progress-gauge', HTMLProgressElement);
  readonly #text = byId('progress-text', HTMLParagraphElement);
  readonly #model = byId('progress-model', HTMLParagraphElement);
  readonly #models: Record<Depth, string> = { small: '', deep: '' };
  #current: Stage = 'Search';
  #judged: { done: number; total: number } | undefined;
  /** Whether the abstracts are being asked what they say. */
  #asking = true;
  #fullTexts = 0;
  #records = 0;

  /**
   * Begins a run that asks these sources.
   * @param rereads - whether the larger model reads again what could decide
   */
  constructor(asked: SourceId[], rereads: boolean) {
    for (const source of asked) this.#sources.set(source, undefined);
    const items = STAGES.filter((stage) => rereads || stage !== 'Reread').map((stage) => {
      const detail = el('span', { class: 'stage-detail' });
      const item = el('li', { 'data-state': 'todo' }, el('span', { class: 'stage-name' }, stage), detail);
      this.#steps.set(stage, { item, detail });
      return item;
    });
    byId('progress-stages', HTMLOListElement).replaceChildren(...items);
    setText(byId('progress-heading', HTMLHeadingElement), 'Progress');
    setText(this.#model, '');
    delete this.#gauge.dataset.ended;
    show(byId('progress-panel', HTMLElement), true);
    this.#enter('Search', 'Starting…');
    this.#ticking = setInterval(() => {
      this.#tick();
    }, 1000);
    this.#tick();
  }

  /** Shows one report of the pipeline. */
  progress(progress: Progress): void {
    switch (progress.stage) {
      case 'searching':
        this.#sources.set(progress.source, progress.state);
        this.#searching();
        break;
      case 'found':
        this.#records += progress.papers.length;
        this.#searching();
        break;
      case 'screened':
        this.#note('Screen', `${progress.kept.length} kept, ${progress.excluded} set aside`);
        this.#enter('Answer', `${count('paper', progress.kept.length)} kept. Asking what they say…`);
        break;
      case 'reading':
        this.#reading(progress.done, progress.total, progress.fullText);
        break;
      case 'answering':
        this.#answering(progress.done, progress.total);
        break;
      case 'extracted':
        this.#note('Extract', count('claim', progress.claims.length));
        this.#judged = { done: 0, total: progress.claims.length };
        this.#enter('Verify', `${count('claim', progress.claims.length)} to test. Choosing passages…`);
        break;
      case 'verifying':
        this.#judged = { done: progress.done, total: progress.total };
        this.#estimate.judged(progress.done);
        this.#verifying();
        break;
      case 'deepening':
        this.#rereading(progress.done, progress.total);
        break;
      case 'looking-up':
        // Of a draft's references: its check shows it.
        break;
      case 'reviewing':
        this.#enter('Review', 'The panel is scoring the result…');
        break;
    }
  }

  /** Shows how far a model is. */
  model(depth: Depth, state: ModelState): void {
    this.#models[depth] = `${depth === 'deep' ? 'Larger model' : 'Model'}: ${modelWords(state)}`;
    if (depth === 'deep' && state.state === 'missing') this.#note('Reread', 'left out');
    setText(this.#model, [this.#models.small, this.#models.deep].filter(Boolean).join(' · '));
  }

  /** Counts pairs scored, of those handed to the model. */
  pairs(scored: number, asked: number): void {
    this.#estimate.pairs(scored, asked);
    if (this.#current === 'Verify') this.#verifying();
  }

  /** The reader has cancelled; the run is coming to its end. */
  cancelling(): void {
    this.#gauge.removeAttribute('value');
    setText(this.#text, 'Cancelling: putting together what was found…');
    announce('Cancelling', true);
  }

  /** The run is over: by a report, by an error, or cancelled. */
  end(how: 'finished' | 'failed' | 'cancelled'): void {
    clearInterval(this.#ticking);
    titleSays();
    const now = this.#steps.get(this.#current);
    if (now) now.item.dataset.state = how === 'finished' ? 'done' : 'stopped';
    this.#gauge.value = how === 'finished' ? 1 : Math.max(0, this.#gauge.position);
    this.#gauge.dataset.ended = how === 'finished' ? 'well' : 'early';
    const words = { finished: 'Finished', failed: 'Stopped by an error', cancelled: 'Cancelled' }[how];
    const scored = this.#estimate.scored > 0 ? `, ${count('pair', this.#estimate.scored)} scored` : '';
    setText(this.#text, `${words} after ${clock(this.#seconds())}${scored}.`);
  }

  #searching(): void {
    const states = [...this.#sources.values()];
    const settled = states.filter((state) => state?.state === 'answered' || state?.state === 'left-out' || state?.state === 'failed').length;
    // No record and no answer are two things.
    const answered = this.#records > 0 || states.some((state) => state?.state === 'answered');
    const brought = answered ? `${count('record', this.#records)} so far` : 'none has answered';
    this.#note('Search', answered ? count('record', this.#records) : 'no answer');
    this.#enter('Search', `${settled} of ${count('source', states.length)} done, ${brought}`);
    this.#gauge.value = settled / Math.max(1, states.length);
  }

  #reading(done: number, total: number, fullText: boolean): void {
    if (fullText) this.#fullTexts += 1;
    this.#note('Read', count('full text', this.#fullTexts));
    // Full texts come while the abstracts are asked, which has a count of its own.
    if (this.#asking) return;
    this.#enter('Read', `Full texts tried: ${done} of ${total}, read: ${this.#fullTexts}`);
    this.#gauge.value = done / Math.max(1, total);
  }

  #answering(done: number, total: number): void {
    // Papers are asked again once their full text is there, and while the larger model reads.
    if (this.#current === 'Read' || this.#current === 'Reread') return;
    this.#asking = done < total;
    this.#note('Answer', `${done} of ${count('paper', total)}`);
    this.#enter('Answer', `${done} of ${count('paper', total)} asked what they say`);
    this.#gauge.value = done / Math.max(1, total);
  }

  #rereading(done: number, total: number): void {
    this.#note('Reread', `${done} of ${total}`);
    this.#enter('Reread', `Reading again with the larger model: ${done} of ${total}`);
    this.#gauge.value = done / Math.max(1, total);
  }

  #verifying(): void {
    if (this.#current === 'Reread') return;
    const { done, total } = this.#judged ?? { done: 0, total: 0 };
    const left = this.#estimate.secondsLeft(total);
    const rate = this.#estimate.rate();
    const pace = rate === undefined ? '' : ` at ${rate.toFixed(0)} a second`;
    const rest = left === undefined || done === total ? '' : `, ${roughly(left)} left`;
    this.#note('Verify', `${done} of ${count('claim', total)}`);
    this.#enter('Verify', `${done} of ${count('claim', total)} judged, ${count('pair', this.#estimate.scored)} scored${pace}${rest}`);
    this.#gauge.value = done / Math.max(1, total);
  }

  /** Makes a stage the current one: those before it are done. */
  #enter(stage: Stage, text: string): void {
    const at = STAGES.indexOf(stage);
    for (const [index, name] of STAGES.entries()) {
      const step = this.#steps.get(name);
      if (!step) continue;
      step.item.dataset.state = index < at ? 'done' : index === at ? 'now' : 'todo';
      step.item.toggleAttribute('aria-current', false);
      if (index === at) step.item.setAttribute('aria-current', 'step');
    }
    if (stage !== this.#current) this.#gauge.removeAttribute('value');
    this.#current = stage;
    setText(this.#text, text);
    announce(`${stage}: ${text}`);
    const { detail } = this.#steps.get(stage) ?? {};
    titleSays(`${stage} ${detail?.textContent ?? ''}`.trim());
  }

  #note(stage: Stage, detail: string): void {
    const step = this.#steps.get(stage);
    if (step) setText(step.detail, detail);
  }

  #seconds = () => (performance.now() - this.#startedAt) / 1000;

  #tick(): void {
    setText(byId('progress-clock', HTMLParagraphElement), clock(this.#seconds()));
  }
}

/** How far a model is, in words. */
export function modelWords(state: ModelState): string {
  switch (state.state) {
    case 'downloading':
      return `${state.total === undefined ? '' : `${megabytes(state.received)} of `}${megabytes(state.total ?? state.received)}`;
    case 'loading':
      return `loading into ${count('worker', state.workers)}…`;
    case 'ready':
      return `ready in ${count('worker', state.workers)}, ${megabytes(state.memoryBytes)}${state.workers > 1 ? ' each' : ''}`;
    case 'missing':
      return `left out: ${state.reason}`;
  }
}
