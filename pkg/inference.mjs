/** The pool of inference workers. Pairs are split into batches, scored in parallel, and come back in order. */
import { availableParallelism, freemem } from 'node:os';
import { Worker } from 'node:worker_threads';
import { cancelledError, modelError } from './errors.mjs';

/**
 * @typedef {import('./probatum.js').Pair} Pair
 * @typedef {import('./probatum.js').Entailment} Entailment
 * @typedef {import('./inference-worker.mjs').Answer} Answer
 */

/** Small enough that a cancelled run leaves a worker idle within a second. */
const BATCH = 8;
const MOST_WORKERS = 4;

const WORKER = new URL('inference-worker.mjs', import.meta.url);

/** Of the larger model: more would be faster, but each holds a copy of its weights. */
const MOST_DEEP_WORKERS = 2;
/** What one of them holds, its share of the loading included: about three times the model's 105 MB. */
const DEEP_WORKER_BYTES = 350e6;

/** @returns {number} one worker a core, from 1 to 4 */
export const defaultWorkers = () => Math.min(MOST_WORKERS, Math.max(1, availableParallelism()));

/** @returns {number} workers for the larger model: as many, but no more than 2, and no more than memory is free for */
export const defaultDeepWorkers = () =>
  Math.min(MOST_DEEP_WORKERS, defaultWorkers(), Math.max(1, Math.floor(freemem() / DEEP_WORKER_BYTES)));

/** One batch on its way. */
class Batch {
  retried = false;

  /** @param {Pair[]} pairs */
  constructor(pairs) {
    this.pairs = pairs;
    /** @type {Promise<Entailment[]>} */
    this.scored = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

export class InferencePool {
  /** @type {Batch[]} */
  #waiting = [];
  /** @type {Set<Worker>} */
  #idle = new Set();
  /** @type {Map<Worker, Batch | null>} null while it loads the model or rests */
  #workers = new Map();
  #closed = false;
  /** @type {Error | undefined} why no worker can score */
  #failure;

  /**
   * @param {WebAssembly.Module} module
   * @param {import('./model.mjs').ModelFiles} files
   * @param {number} [size]
   * @param {URL} [script] of a worker
   */
  constructor(module, files, size = defaultWorkers(), script = WORKER) {
    this.workerData = { module, files };
    this.size = size;
    this.script = script;
    /** Settles once the model is loaded by the first worker; rejects with a `ModelError` where it cannot be. */
    this.ready = new Promise((resolve, reject) => {
      this.loaded = resolve;
      this.unusable = reject;
    });
    // A pool closed before it was awaited must not end the process.
    this.ready.catch(() => {});
    for (let n = 0; n < size; n += 1) this.#start();
  }

  /**
   * Scores pairs, in order. Rejects with a `ModelError`, or at once with a `CancelledError` when the signal aborts.
   * @param {Pair[]} pairs
   * @param {AbortSignal} signal
   * @returns {Promise<Entailment[]>}
   */
  async entail(pairs, signal) {
    if (signal.aborted) throw cancelledError();
    if (this.#failure) throw this.#failure;
    const length = Math.min(BATCH, Math.max(1, Math.ceil(pairs.length / this.size)));
    /** @type {Batch[]} */
    const batches = [];
    for (let start = 0; start < pairs.length; start += length) {
      batches.push(new Batch(pairs.slice(start, start + length)));
    }
    this.#waiting.push(...batches);
    this.#assign();
    const all = Promise.all(batches.map(({ scored }) => scored));
    return (await orAborted(all, signal, () => this.#drop(batches))).flat();
  }

  /** Ends the workers. */
  async close() {
    this.#closed = true;
    await Promise.all([...this.#workers.keys()].map((worker) => worker.terminate()));
  }

  /** @param {Batch[]} batches those of a cancelled call; what is already being scored is scored for nothing */
  #drop(batches) {
    this.#waiting = this.#waiting.filter((batch) => !batches.includes(batch));
  }

  #assign() {
    for (const worker of this.#idle) {
      const batch = this.#waiting.shift();
      if (!batch) return;
      this.#idle.delete(worker);
      this.#workers.set(worker, batch);
      worker.postMessage(batch.pairs);
    }
  }

  #start() {
    const worker = new Worker(this.script, { workerData: this.workerData });
    this.#workers.set(worker, null);
    worker.on('message', (/** @type {Answer} */ answer) => this.#answered(worker, answer));
    worker.on('error', (error) => this.#lost(worker, error.message));
    worker.on('exit', (code) => this.#lost(worker, `it ended with code ${code}`));
  }

  /**
   * @param {Worker} worker
   * @param {Answer} answer
   */
  #answered(worker, answer) {
    const batch = this.#workers.get(worker);
    if (answer.kind === 'failed' && answer.fatal) {
      this.#lost(worker, answer.message);
      return;
    }
    if (answer.kind === 'failed') this.#fail(answer.message, batch);
    if (answer.kind === 'scored') batch?.resolve?.(answer.entailments);
    if (answer.kind === 'ready') this.loaded?.(undefined);
    if (answer.kind === 'failed' && !batch) return; // it has no model: no work for it
    this.#workers.set(worker, null);
    this.#idle.add(worker);
    this.#assign();
  }

  /**
   * Replaces a worker that crashed and retries its batch once.
   * @param {Worker} worker
   * @param {string} reason
   */
  #lost(worker, reason) {
    if (this.#closed || !this.#workers.has(worker)) return;
    const batch = this.#workers.get(worker);
    const rested = this.#idle.delete(worker);
    this.#workers.delete(worker);
    void worker.terminate();
    if (batch && !batch.retried) {
      batch.retried = true;
      this.#waiting.unshift(batch);
    } else if (!rested) {
      this.#fail(`an inference worker crashed: ${reason}`, batch);
      // One that died while loading would die again.
      if (!batch) return;
    }
    this.#start();
  }

  /**
   * @param {string} message
   * @param {Batch | null | undefined} batch the one that failed, or none where the model could not be loaded
   */
  #fail(message, batch) {
    const error = modelError(message);
    if (batch) {
      batch.reject?.(error);
      return;
    }
    this.#failure = error;
    this.unusable?.(error);
    for (const waiting of this.#waiting.splice(0)) waiting.reject?.(error);
  }
}

/**
 * Waits for work, but no longer than until the signal aborts: then it rejects at once with a `CancelledError`.
 * @template T
 * @param {Promise<T>} work
 * @param {AbortSignal} signal
 * @param {() => void} [aborted] what to do when the signal comes first
 * @returns {Promise<T>}
 */
export function orAborted(work, signal, aborted) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      aborted?.();
      reject(cancelledError());
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
