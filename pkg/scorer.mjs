/** One inference worker, as the pool needs it. */
import { engineError, fromFailure } from './errors.mjs';
import { Crash } from './pool.mjs';

/**
 * @typedef {import('./messages.mjs').ToInference} ToInference
 * @typedef {import('./messages.mjs').FromInference} FromInference
 * @typedef {Exclude<FromInference, { type: 'failed' }>} Said
 * @typedef {(listener: import('./messages.mjs').Listener<FromInference>) => import('./messages.mjs').Thread<ToInference>} StartInference
 */

/**
 * A scorer in a worker of its own; `memoryBytes` is the WebAssembly memory that it held once the model was loaded.
 * @typedef {import('./pool.mjs').Scorer & { memoryBytes: number }} WorkerScorer
 */

/**
 * Starts an inference worker and loads the model into it. Rejects with a `ModelError` where the model cannot be loaded, or
 * with an `EngineError` where the worker is of another version.
 * @param {StartInference} start
 * @param {WebAssembly.Module} module
 * @param {import('./messages.mjs').ModelFiles} files
 * @param {string} version of this side
 * @returns {Promise<WorkerScorer>}
 */
export async function startScorer(start, module, files, version) {
  const worker = new Worked(start);
  try {
    const hello = await worker.ask({ type: 'load', module, files });
    if (hello.type !== 'hello' || hello.version !== version) {
      const theirs = hello.type === 'hello' ? hello.version : 'none';
      throw engineError(`the inference worker runs version ${theirs}, the pipeline ${version}: reload the page`);
    }
    return {
      memoryBytes: hello.memoryBytes,
      score: async (pairs) => {
        const answer = await worker.ask({ type: 'score', pairs });
        if (answer.type !== 'scored') throw new Crash(`it answered "${answer.type}" when asked for scores`);
        return answer.entailments;
      },
      stop: () => worker.end(),
    };
  } catch (error) {
    worker.end();
    throw error;
  }
}

/** A worker that is asked one thing at a time. */
class Worked {
  /** @type {import('./messages.mjs').Thread<ToInference>} */
  #thread;
  /** @type {Error | undefined} why it will not answer any more */
  #lost;
  /** @type {(said: Said) => void} */
  #resolve = () => {};
  /** @type {(error: Error) => void} */
  #reject = () => {};

  /** @param {StartInference} start */
  constructor(start) {
    this.#thread = start({
      heard: (message) => {
        if (message.type !== 'failed') this.#resolve(message);
        else this.#reject(message.fatal ? new Crash(message.error.message) : fromFailure(message.error));
      },
      lost: (reason) => {
        this.#lost = new Crash(reason);
        this.#reject(this.#lost);
      },
    });
  }

  /**
   * Posts one message and waits for its answer. Rejects with a {@link Crash} where the worker died.
   * @param {ToInference} message
   * @returns {Promise<Said>}
   */
  ask(message) {
    return new Promise((resolve, reject) => {
      if (this.#lost) return reject(this.#lost);
      this.#resolve = resolve;
      this.#reject = reject;
      this.#thread.post(message);
    });
  }

  end() {
    void this.#thread.end();
  }
}
