/** The page's end of the pipeline worker: one question and one check at a time, cancelled gently, ended only when it is deaf. */
import { Client, type Introduction } from '../../pkg/client.mjs';
import { Probatum } from '../../pkg/create.mjs';
import { named } from '../../pkg/errors.mjs';
import type { Identity } from '../../pkg/identity.mjs';
import type { AskCall, FileAtHand, ModelState, Told } from '../../pkg/messages.mjs';
import { startPipeline } from '../../pkg/pipeline-thread.mjs';
import type { Config, Depth, Outcome, OwnFile, Progress, SourceId } from '../../pkg/probatum.js';

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
  /** The reader's own papers. */
  files?: OwnFile[];
  /** What sources are let know of the reader. */
  identity: Identity;
  /** Absolute address of the folder that holds `manifest.json` and the files it names; ends in a slash. */
  modelUrl: string;
  /** Likewise of the larger model, where the reader will have it. */
  deepUrl?: string | undefined;
}

/** Something under way that the reader may cancel. */
export interface UnderWay<T> {
  /** Rejects with a `CancelledError` once it is cancelled. */
  answer: Promise<T>;
  cancel: () => void;
}

/** See the module's comment. */
export class Connection {
  // What the page's own models are compressed to lies beside them (webpack.config.js).
  readonly #client = new Client(startPipeline, { packed: true }, PROBATUM_VERSION);
  #running: AbortController | undefined;
  /** Of the run under way: aborted to go on without a source. */
  #leaving = new Map<SourceId, AbortController>();
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
    this.#leaving = new Map(asked.config.sources.map((source) => [source, new AbortController()]));
    const without = Object.fromEntries([...this.#leaving].map(([source, { signal }]) => [source, signal]));
    const call: AskCall = { kind: 'ask', models: { small: modelUrl, deep: deepUrl }, ...asked };
    const told = (told: Told) => {
      this.#hear(told);
    };
    try {
      return await this.#client.call(call, { signal: controller.signal, without, told });
    } finally {
      clearTimeout(this.#deadline);
      this.#running = undefined;
    }
  }

  /** Has the run go on without a source. */
  leave(source: SourceId): void {
    this.#leaving.get(source)?.abort();
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

  /** What a file is, and what can be taken from it; read in the worker. */
  async read(file: File): Promise<FileAtHand> {
    return this.#client.call({ kind: 'read', name: file.name, bytes: await file.arrayBuffer() });
  }

  /**
   * Does something with the small model in this folder, once it is loaded.
   * @param work - given the toolkit, and a signal that it must hand on
   * @param model - told how far the model is
   */
  check<T>(modelUrl: string, work: (toolkit: Probatum, signal: AbortSignal) => Promise<T>, model: (state: ModelState) => void): UnderWay<T> {
    const models = { small: modelUrl, deep: undefined };
    const controller = new AbortController();
    const { signal } = controller;
    const told = (told: Told) => {
      if (told.type === 'model') model(told.model);
    };
    let deadline: ReturnType<typeof setTimeout> | undefined;
    const answer = this.#client
      .call({ kind: 'load', models }, { signal, told })
      .then(() => work(new Probatum(this.#client, models, {}), signal))
      .finally(() => {
        clearTimeout(deadline);
      });
    const cancel = () => {
      deadline ??= setTimeout(() => {
        this.#end();
      }, SLOW_MS);
      controller.abort();
    };
    return { answer, cancel };
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
      case 'draft':
      case 'sentence':
        // Of a draft: its check hears them by itself.
        break;
    }
  }

  #endAfter(milliseconds: number): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => {
      this.#end();
    }, milliseconds);
  }

  #end(): void {
    void this.#client.end(named('CancelledError', 'the run was cancelled; its worker did not answer and was ended'));
  }
}
