/**
 * The pool of inference instances: pairs are split into batches, idle instances take the next batch from one queue,
 * and the answers come back in order. It knows neither workers nor wasm, only {@link Scorer}.
 */
import type { Entailment, Pair } from '../../pkg/probatum.js';
import { named } from '../shared/failure';
import { cancelled, unlessAborted } from './abort';

/** Small enough that an instance is idle again within a second of a cancellation. */
export const BATCH = 8;

/** One instance that holds the model. */
export interface Scorer {
  /** Scores pairs in order. Rejects with {@link Crash} where the instance cannot be used any more. */
  score(pairs: Pair[]): Promise<Entailment[]>;
  /** Ends the instance. */
  stop(): void;
}

/** The instance is in an unknown state (a trap in wasm): it must be replaced, and its batch may be tried elsewhere. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

class Batch {
  retried = false;
  resolve!: (entailments: Entailment[]) => void;
  reject!: (error: Error) => void;
  readonly scored = new Promise<Entailment[]>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });

  constructor(readonly pairs: Pair[]) {}
}

/** See the module's comment. */
export class Pool {
  /** Settles once the first instance is loaded; rejects with a `ModelError` where none can be. */
  readonly ready: Promise<void>;
  #opened!: () => void;
  #refused!: (error: Error) => void;
  #queue: Batch[] = [];
  #waiting: (() => void)[] = [];
  #lanes: number;
  #failure: Error | undefined;
  #closed = false;

  /**
   * @param size - instances to keep, at least 1
   * @param spawn - makes one instance with the model loaded
   */
  constructor(
    readonly size: number,
    private readonly spawn: () => Promise<Scorer>,
  ) {
    this.ready = new Promise((resolve, reject) => {
      this.#opened = resolve;
      this.#refused = reject;
    });
    // Whoever needs the pool awaits `ready`; a pool closed before that must not raise an unhandled rejection.
    this.ready.catch(() => undefined);
    this.#lanes = size;
    for (let lane = 0; lane < size; lane += 1) void this.#serve();
  }

  /**
   * Scores pairs, in order. Rejects with a `ModelError`, or at once with a `CancelledError` when the signal aborts.
   * @param scored - told the number of pairs of each batch that is done
   */
  async entail(pairs: Pair[], signal: AbortSignal, scored?: (count: number) => void): Promise<Entailment[]> {
    if (this.#failure) throw this.#failure;
    if (signal.aborted) throw cancelled();
    const length = Math.min(BATCH, Math.max(1, Math.ceil(pairs.length / this.size)));
    const batches: Batch[] = [];
    for (let start = 0; start < pairs.length; start += length) batches.push(new Batch(pairs.slice(start, start + length)));
    this.#queue.push(...batches);
    this.#wake(batches.length);
    for (const batch of batches) batch.scored.then(() => scored?.(batch.pairs.length), () => undefined);
    try {
      const answers = Promise.all(batches.map((batch) => batch.scored));
      return (await unlessAborted(answers, signal)).flat();
    } finally {
      // Whether cancelled or failed: nobody waits for the rest any more.
      this.#queue = this.#queue.filter((batch) => !batches.includes(batch));
    }
  }

  /** Ends every instance; calls under way reject with a `ModelError`. */
  close(): void {
    this.#closed = true;
    this.#fail(named('ModelError', 'the inference workers were closed'));
    this.#wake(this.size);
  }

  /** The life of one lane: an instance, replaced when it crashes. */
  async #serve(): Promise<void> {
    let scorer: Scorer | undefined;
    try {
      while (!this.#closed) {
        scorer ??= await this.spawn();
        this.#opened();
        const batch = await this.#take();
        if (batch && !(await this.#score(scorer, batch))) {
          scorer.stop();
          scorer = undefined;
        }
      }
    } catch (error) {
      // It could not be loaded. The others go on without it, as long as there are any.
      this.#lanes -= 1;
      if (this.#lanes === 0) this.#fail(asModelError(error));
    } finally {
      scorer?.stop();
    }
  }

  /** False where the instance crashed. */
  async #score(scorer: Scorer, batch: Batch): Promise<boolean> {
    try {
      batch.resolve(await scorer.score(batch.pairs));
      return true;
    } catch (error) {
      if (!(error instanceof Crash)) {
        batch.reject(asModelError(error));
        return true;
      }
      if (batch.retried) {
        batch.reject(named('ModelError', `the inference worker crashed twice on the same pairs: ${error.message}`));
      } else {
        batch.retried = true;
        this.#queue.unshift(batch);
        this.#wake(1);
      }
      return false;
    }
  }

  /** The next batch, or nothing once the pool is closed. */
  async #take(): Promise<Batch | undefined> {
    while (this.#queue.length === 0 && !this.#closed) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return this.#queue.shift();
  }

  #wake(lanes: number): void {
    for (const resume of this.#waiting.splice(0, lanes)) resume();
  }

  #fail(error: Error): void {
    this.#failure = error;
    this.#refused(error);
    for (const batch of this.#queue.splice(0)) batch.reject(error);
  }
}

function asModelError(error: unknown): Error {
  return error instanceof Error && error.name === 'ModelError'
    ? error
    : named('ModelError', error instanceof Error ? error.message : String(error));
}
