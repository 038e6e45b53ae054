/** The page's end of the pipeline worker: one question at a time, cancelled gently, ended only when it is deaf. */
import { Client, type Introduction } from '../../pkg/client.mjs';
import { named } from '../../pkg/errors.mjs';
import type { AskCall, ModelState, Told } from '../../pkg/messages.mjs';
import { startPipeline } from '../../pkg/pipeline-thread.mjs';
import type { Config, Depth, Outcome, Progress } from '../../pkg/probatum.js';

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

/** One question to answer. */
export interface RunRequest {
  question: string;
  config: Config;
  /** Judge again what is kept of the day: whatever is not kept is not asked for. */
  fromKept?: boolean;
  /** Absolute address of the folder that holds `manifest.json` and the files it names; ends in a slash. */
  modelUrl: string;
  /** Likewise of the larger model, where the reader will have it. */
  deepUrl?: string | undefined;
}

/** See the module's comment. */
export class Connection {
  // What the page's own models are compressed to lies beside them (webpack.config.js).
  readonly #client = new Client(startPipeline, { packed: true }, PROBATUM_VERSION);
  #running: AbortController | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly listener: Listener) {
    void this.introduce().catch(() => undefined);
  }

  /** Settles when the engine runs; rejects with an `EngineError` where it cannot. Asked again, it tries again. */
  introduce(): Promise<Introduction> {
    return this.#client.introduce();
  }

  /**
   * Answers a question.
   * @throws Error with one of the stable names of `pkg/errors.mjs`
   */
  async run({ modelUrl, deepUrl, ...asked }: RunRequest): Promise<Outcome> {
    const controller = new AbortController();
    this.#running = controller;
    const call: AskCall = { kind: 'ask', models: { small: modelUrl, deep: deepUrl }, ...asked };
    const told = (told: Told) => {
      this.#hear(told);
    };
    try {
      return await this.#client.call(call, { signal: controller.signal, told });
    } finally {
      clearTimeout(this.#deadline);
      this.#running = undefined;
    }
  }

  /** Asks the run to stop; its promise settles with what was found. */
  cancel(): void {
    if (!this.#running) return;
    this.#endAfter(DEAF_MS);
    this.#running.abort();
  }

  /**
   * Judges a finished run at another strictness, without the model.
   * @param leniency - from 0, as the manifest has it, to 1, where whatever leans decides
   * @throws Error with the name `VersionError` where another version made the record
   */
  rejudge(record: string, leniency: number): Promise<Outcome> {
    return this.#client.call({ kind: 'rejudge', record, leniency });
  }

  /**
   * Has the small model in this folder kept for use without a network.
   * @returns whether all of it is
   */
  keep(modelUrl: string): Promise<boolean> {
    return this.#client.call({ kind: 'keep', model: modelUrl }).catch(() => false);
  }

  #hear(told: Told): void {
    switch (told.type) {
      case 'progress':
        this.listener.progress(told.progress);
        break;
      case 'model':
        this.listener.model(told.depth, told.model);
        break;
      case 'pairs':
        if (told.depth === 'small') this.listener.pairs(told.scored, told.asked);
        break;
      case 'cancelling':
        this.#endAfter(SLOW_MS);
        break;
      case 'sentence':
        // Of a draft: the page asks for none.
        break;
    }
  }

  #endAfter(milliseconds: number): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => {
      void this.#client.end(named('CancelledError', 'the run was cancelled; its worker did not answer and was ended'));
    }, milliseconds);
  }
}
