/** The page's end of the pipeline worker: one question at a time, cancelled gently, ended only when it is deaf. */
import type { Depth, Outcome, Progress, SourceInfo } from '../../pkg/probatum.js';
import { asError, asFailure, named } from '../shared/failure';
import type { Failure, FromPipeline, ModelState, RunRequest, ToPipeline } from '../shared/messages';

/** The version this page was built with; the worker's wasm module must be the same. */
declare const PROBATUM_VERSION: string;

/** A worker that has not heard a cancellation after so long is ended. */
const DEAF_MS = 1000;
/** A worker that heard it but still brings no result after so long is ended too. */
const SLOW_MS = 5000;

/** What the page wants to hear while a run goes on. */
export interface Listener {
  progress(progress: Progress): void;
  model(depth: Depth, state: ModelState): void;
  pairs(scored: number, asked: number): void;
}

/** What the engine tells of itself once it runs. */
export interface Introduction {
  sources: SourceInfo[];
  demoQuestion: string;
}

interface Pending {
  resolve: (outcome: Outcome) => void;
  reject: (error: Error) => void;
}

/** See the module's comment. */
export class Connection {
  #introduction!: Promise<Introduction>;
  #worker: Worker | undefined;
  #pending: Pending | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #introduced!: (introduction: Introduction) => void;
  #broken!: (error: Error) => void;
  #kept: ((whole: boolean) => void) | undefined;
  #rejudged: ((outcome: Outcome | Failure) => void) | undefined;

  constructor(private readonly listener: Listener) {
    this.#open();
  }

  /** Settles when the engine runs; rejects with an `EngineError` where it cannot. Asked again, it tries again. */
  introduce(): Promise<Introduction> {
    if (!this.#worker) this.#open();
    return this.#introduction;
  }

  /**
   * Answers a question.
   * @throws Error with one of the stable names of `pkg/probatum.d.ts`, or `EngineError`
   */
  run(request: RunRequest): Promise<Outcome> {
    const answer = new Promise<Outcome>((resolve, reject) => {
      this.#pending = { resolve, reject };
    });
    void this.introduce().catch(() => undefined);
    this.#post({ type: 'run', ...request });
    return answer;
  }

  /** Asks the run to stop; its promise settles with what was found. */
  cancel(): void {
    if (!this.#pending) return;
    this.#post({ type: 'cancel' });
    this.#endAfter(DEAF_MS);
  }

  /**
   * Judges a finished run at another strictness, without the model. One at a time.
   * @param leniency - from 0, as the manifest has it, to 1, where whatever leans decides
   * @throws Error with the name `VersionError` where another version made the record
   */
  async rejudge(record: string, leniency: number): Promise<Outcome> {
    await this.introduce();
    const outcome = await new Promise<Outcome | Failure>((resolve) => {
      this.#rejudged = resolve;
      this.#post({ type: 'rejudge', record, leniency });
    });
    if ('name' in outcome) throw asError(outcome);
    return outcome;
  }

  /**
   * Has the small model in this folder kept for use without a network.
   * @returns whether all of it is
   */
  keep(modelUrl: string): Promise<boolean> {
    this.#kept?.(false);
    return new Promise((resolve) => {
      this.#kept = resolve;
      this.#post({ type: 'keep', modelUrl });
    });
  }

  #open(): void {
    this.#introduction = new Promise((resolve, reject) => {
      this.#introduced = resolve;
      this.#broken = reject;
    });
    const worker = new Worker(new URL('../worker/pipeline.worker.ts', import.meta.url), { name: 'pipeline' });
    worker.onmessage = ({ data }: MessageEvent<FromPipeline>) => {
      this.#hear(data);
    };
    // Also where the pipeline itself traps: its promise would never settle.
    worker.onerror = (event) => {
      this.#lost(named('EngineError', event.message || 'the pipeline worker could not be loaded'));
    };
    this.#worker = worker;
  }

  #hear(message: FromPipeline): void {
    switch (message.type) {
      case 'hello':
        if (message.version === PROBATUM_VERSION) this.#introduced(message);
        else this.#lost(named('VersionError', `this page is version ${PROBATUM_VERSION}, its engine ${message.version}`));
        break;
      case 'broken':
        this.#lost(asError({ ...message.error, name: 'EngineError' }));
        break;
      case 'model':
        this.listener.model(message.depth, message.model);
        break;
      case 'progress':
        this.listener.progress(message.progress);
        break;
      case 'pairs':
        this.listener.pairs(message.scored, message.asked);
        break;
      case 'kept':
        this.#kept?.(message.whole);
        break;
      case 'rejudged':
        this.#rejudged?.(message.outcome);
        break;
      case 'cancelling':
        if (this.#pending) this.#endAfter(SLOW_MS);
        break;
      case 'done':
        this.#settle((pending) => {
          pending.resolve(message.outcome);
        });
        break;
      case 'failed':
        this.#settle((pending) => {
          pending.reject(asError(message.error));
        });
        break;
    }
  }

  #endAfter(milliseconds: number): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => {
      this.#lost(named('CancelledError', 'the run was cancelled; its worker did not answer and was ended'));
    }, milliseconds);
  }

  /** The worker is of no use any more: whoever waits is told, and the next run starts a new one. */
  #lost(error: Error): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#broken(error);
    this.#kept?.(false);
    this.#rejudged?.(asFailure(error));
    this.#settle((pending) => {
      pending.reject(error);
    });
  }

  #settle(settle: (pending: Pending) => void): void {
    clearTimeout(this.#deadline);
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending) settle(pending);
  }

  #post(message: ToPipeline): void {
    this.#worker?.postMessage(message);
  }
}
