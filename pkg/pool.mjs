/**
 * The pool of inference instances: pairs are split into batches, idle instances take the next batch from one queue,
 * and the answers come back in order. It knows neither workers nor wasm, only {@link Scorer}.
 */
import { unlessAborted } from './abort.mjs';
import { asError, cancelledError, modelError } from './errors.mjs';

/**
 * @typedef {import('./probatum.js').Pair} Pair
 * @typedef {import('./probatum.js').Entailment} Entailment
 */

/**
 * One instance that holds the model.
 * @typedef {object} Scorer
 * @property {(pairs: Pair[]) => Promise<Entailment[]>} score scores pairs, in order; rejects with a {@link Crash} where the
 *   instance cannot be used any more
 * @property {() => void} stop ends the instance
 */

/** Small enough that an instance is idle again within a second of a cancellation. */
export const BATCH = 8;

/** The instance is in an unknown state (a trap in wasm): it must be replaced, and its batch may be tried elsewhere. */
export class Crash extends Error {
  /** @override */
  name = 'Crash';
}

/** One batch on its way. */
class Batch {
  retried = false;

  /** @param {Pair[]} pairs */
  constructor(pairs) {
    this.pairs = pairs;
    /** @type {(entailments: Entailment[]) => void} */
    this.resolve = () => {};
    /** @type {(error: Error) => void} */
    this.reject = () => {};
    /** @type {Promise<Entailment[]>} */
    this.scored = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

/** See the module's comment. */
export class Pool {
  /** @type {Batch[]} */
  #queue = [];
  /** @type {(() => void)[]} */
  #waiting = [];
  #lanes;
  /** @type {Error | undefined} why no instance can score */
  #failure;
  #closed = false;
  #spawn;
  /** @type {() => void} */
  #opened = () => {};
  /** @type {(error: Error) => void} */
  #refused = () => {};

  /**
   * @param {number} size instances to keep, at least 1
   * @param {() => Promise<Scorer>} spawn makes one instance with the model loaded
   */
  constructor(size, spawn) {
    this.size = size;
    this.#spawn = spawn;
    /**
     * Settles once the first instance is loaded; rejects with a `ModelError` where none can be.
     * @type {Promise<void>}
     */
    this.ready = new Promise((resolve, reject) => {
      this.#opened = resolve;
      this.#refused = reject;
    });
    // Whoever needs the pool awaits `ready`; a pool closed before that must not raise an unhandled rejection.
    this.ready.catch(() => {});
    this.#lanes = size;
    for (let lane = 0; lane < size; lane += 1) void this.#serve();
  }

  /**
   * Scores pairs, in order. Rejects with a `ModelError`, or at once with a `CancelledError` when the signal aborts.
   * @param {Pair[]} pairs
   * @param {AbortSignal} signal
   * @param {(count: number) => void} [scored] told the number of pairs of each batch that is done
   * @returns {Promise<Entailment[]>}
   */
  async entail(pairs, signal, scored) {
    if (this.#failure) throw this.#failure;
    if (signal.aborted) throw cancelledError();
    const length = Math.min(BATCH, Math.max(1, Math.ceil(pairs.length / this.size)));
    /** @type {Batch[]} */
    const batches = [];
    for (let start = 0; start < pairs.length; start += length) batches.push(new Batch(pairs.slice(start, start + length)));
    this.#queue.push(...batches);
    this.#wake(batches.length);
    for (const batch of batches) batch.scored.then(() => scored?.(batch.pairs.length), () => {});
    try {
      return (await unlessAborted(Promise.all(batches.map((batch) => batch.scored)), signal)).flat();
    } finally {
      // Whether cancelled or failed: nobody waits for the rest any more.
      this.#queue = this.#queue.filter((batch) => !batches.includes(batch));
    }
  }

  /** Ends every instance; calls under way reject with a `ModelError`. */
  close() {
    this.#closed = true;
    this.#fail(modelError('the inference workers were closed'));
    this.#wake(this.size);
  }

  /** The life of one lane: an instance, replaced when it crashes. */
  async #serve() {
    /** @type {Scorer | undefined} */
    let scorer;
    try {
      while (!this.#closed) {
        scorer ??= await this.#spawn();
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

  /**
   * @param {Scorer} scorer
   * @param {Batch} batch
   * @returns {Promise<boolean>} false where the instance crashed
   */
  async #score(scorer, batch) {
    try {
      batch.resolve(await scorer.score(batch.pairs));
      return true;
    } catch (error) {
      if (!(error instanceof Crash)) {
        batch.reject(asModelError(error));
        return true;
      }
      if (batch.retried) {
        batch.reject(modelError(`the inference worker crashed twice on the same pairs: ${error.message}`));
      } else {
        batch.retried = true;
        this.#queue.unshift(batch);
        this.#wake(1);
      }
      return false;
    }
  }

  /** @returns {Promise<Batch | undefined>} the next batch, or nothing once the pool is closed */
  async #take() {
    while (this.#queue.length === 0 && !this.#closed) {
      await new Promise((resolve) => this.#waiting.push(() => resolve(undefined)));
    }
    return this.#queue.shift();
  }

  /** @param {number} lanes */
  #wake(lanes) {
    for (const resume of this.#waiting.splice(0, lanes)) resume();
  }

  /** @param {Error} error */
  #fail(error) {
    this.#failure = error;
    this.#refused(error);
    for (const batch of this.#queue.splice(0)) batch.reject(error);
  }
}

/** @param {unknown} error */
function asModelError(error) {
  const { name, message } = asError(error);
  return name === 'ModelError' ? /** @type {Error} */ (error) : modelError(message);
}
