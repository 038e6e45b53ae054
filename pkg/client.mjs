/** A client's end of a pipeline worker: calls go on beside each other, each with its own progress and cancellation. */
import { asError, asFailure, cancelledError, engineError, fromFailure, named } from './errors.mjs';

/**
 * @typedef {import('./messages.mjs').Answers} Answers
 * @typedef {import('./messages.mjs').Call} Call
 * @typedef {Partial<Record<import('./messages.mjs').SourceId, AbortSignal>>} Without signals, by source
 * @typedef {import('./messages.mjs').FromPipeline} FromPipeline
 * @typedef {import('./messages.mjs').Told} Told
 * @typedef {import('./messages.mjs').ToPipeline} ToPipeline
 * @typedef {import('./messages.mjs').Thread<ToPipeline>} Thread
 * @typedef {(listener: import('./messages.mjs').Listener<FromPipeline>) => Thread} StartPipeline
 */

/**
 * What the engine tells of itself once it runs.
 * @typedef {object} Introduction
 * @property {string} version of the module
 * @property {import('./probatum.js').SourceInfo[]} sources that a question may be put to, in the order they are asked
 * @property {string} demoQuestion the question of the demonstration, whose papers are those of the source `demo`
 */

/**
 * @typedef {object} CallOptions
 * @property {AbortSignal | undefined} [signal] cancels the call, gently: a run ends with what was found
 * @property {((told: Told) => unknown) | undefined} [told] what it throws, or what the promise that it gives rejects with, cancels the
 *   call, which rejects with it
 * @property {typeof globalThis.fetch | undefined} [fetch] answers the requests of the call
 * @property {Without | undefined} [without] goes on without a source once its signal aborts
 */

/** See the module's comment. A worker that died is replaced when it is needed again. */
export class Client {
  /** @type {Thread | undefined} */
  #thread;
  /** @type {Promise<Introduction>} */
  #introduction = Promise.reject(engineError('the pipeline worker was not started'));
  /** @type {(introduction: Introduction) => void} */
  #introduced = () => {};
  /** @type {(error: Error) => void} */
  #refused = () => {};
  /** @type {Map<number, Caller>} */
  #calls = new Map();
  #called = 0;
  #start;
  #setup;
  #version;

  /**
   * @param {StartPipeline} start
   * @param {import('./messages.mjs').Setup} setup
   * @param {string} [version] that the engine must have; a worker of another is refused with a `VersionError`
   */
  constructor(start, setup, version) {
    this.#introduction.catch(() => {});
    this.#start = start;
    this.#setup = setup;
    this.#version = version;
  }

  /**
   * Settles when the engine runs; rejects with an `EngineError` where it cannot. Asked again, it tries again.
   * @returns {Promise<Introduction>}
   */
  async introduce() {
    this.#open();
    return this.#introduction;
  }

  /**
   * Has something done. Rejects with what the call fails of; with an `EngineError` where the worker died;
   * with a `CancelledError`, at once, where the signal has aborted already.
   * @template {keyof Answers} Kind
   * @param {Extract<Call, { kind: Kind }>} call
   * @param {CallOptions} [options]
   * @returns {Promise<Answers[Kind]>}
   */
  async call(call, { signal, told, fetch, without = {} } = {}) {
    if (signal?.aborted) throw cancelledError();
    const thread = this.#open();
    const id = this.#called;
    this.#called += 1;
    const cancel = () => thread.post({ type: 'cancel', id });
    const over = new AbortController();
    const answer = new Promise((resolve, reject) => {
      this.#calls.set(id, new Caller({ id, thread, told, fetch, cancel, resolve, reject }));
    }).finally(() => {
      this.#calls.delete(id);
      over.abort();
    });
    thread.post({ type: 'call', id, call });
    signal?.addEventListener('abort', cancel, { signal: over.signal });
    for (const [source, left] of sourcesOf(without)) {
      const leave = () => thread.post({ type: 'leave', id, source });
      if (left.aborted) leave();
      left.addEventListener('abort', leave, { signal: over.signal });
    }
    return answer;
  }

  /**
   * Lets go of texts that were indexed. Never fails: where the worker died, they went with it.
   * @param {number} library
   */
  release(library) {
    this.#thread?.post({ type: 'release', library });
  }

  /**
   * Ends the worker, whatever it is doing.
   * @param {Error} error what calls under way reject with
   */
  async end(error) {
    const thread = this.#thread;
    this.#thread = undefined;
    this.#refused(error);
    for (const call of [...this.#calls.values()]) call.fail(error);
    await thread?.end();
  }

  /** @returns {Thread} the one that runs, or one just started */
  #open() {
    if (this.#thread) return this.#thread;
    this.#introduction = new Promise((resolve, reject) => {
      this.#introduced = resolve;
      this.#refused = reject;
    });
    // Whoever needs it awaits it; the others hear of it from their calls.
    this.#introduction.catch(() => {});
    const thread = this.#begin({
      heard: (message) => {
        if (this.#thread === thread) this.#hear(message);
      },
      lost: (reason) => {
        if (this.#thread === thread) void this.end(engineError(reason));
      },
    });
    this.#thread = thread;
    thread.post({ type: 'start', setup: this.#setup });
    return thread;
  }

  /** @param {import('./messages.mjs').Listener<FromPipeline>} listener */
  #begin(listener) {
    try {
      return this.#start(listener);
    } catch (error) {
      throw engineError(`the pipeline worker cannot be started: ${asError(error).message}`);
    }
  }

  /** @param {FromPipeline} message */
  #hear(message) {
    switch (message.type) {
      case 'hello':
        if (this.#version === undefined || this.#version === message.version) this.#introduced(message);
        else void this.end(named('VersionError', `this is version ${this.#version}, its engine ${message.version}`));
        break;
      case 'broken':
        void this.end(engineError(message.error.message));
        break;
      default:
        this.#calls.get(message.id)?.hear(message);
    }
  }
}

/** @param {Without} without */
const sourcesOf = (without) => /** @type {[import('./messages.mjs').SourceId, AbortSignal][]} */ (Object.entries(without));

/** One call under way. */
class Caller {
  /** @type {{ error: unknown } | undefined} what the caller's own function threw */
  #thrown;
  /** @type {Map<number, AbortController>} requests that the caller's own function is answering */
  #fetching = new Map();
  #call;

  /**
   * @param {object} call
   * @param {number} call.id
   * @param {Thread} call.thread
   * @param {((told: Told) => unknown) | undefined} call.told
   * @param {typeof globalThis.fetch | undefined} call.fetch
   * @param {() => void} call.cancel
   * @param {(answer: any) => void} call.resolve
   * @param {(error: unknown) => void} call.reject
   */
  constructor(call) {
    this.#call = call;
  }

  /** @param {Extract<FromPipeline, { id: number }>} message */
  hear(message) {
    switch (message.type) {
      case 'told':
        this.#tell(message.told);
        break;
      case 'fetch':
        void this.#fetch(message.request, message.asked);
        break;
      case 'unfetch':
        this.#fetching.get(message.request)?.abort();
        break;
      case 'done':
        if (this.#thrown) this.fail(this.#thrown.error);
        else this.#call.resolve(message.answer);
        break;
      case 'failed':
        this.fail(this.#thrown ? this.#thrown.error : fromFailure(message.error));
        break;
    }
  }

  /** @param {unknown} error */
  fail(error) {
    for (const controller of this.#fetching.values()) controller.abort();
    this.#call.reject(error);
  }

  /** @param {Told} told */
  #tell(told) {
    if (this.#thrown) return;
    /** @param {unknown} error */
    const end = (error) => {
      if (this.#thrown) return;
      this.#thrown = { error };
      this.#call.cancel();
    };
    try {
      // An asynchronous function of the caller's rejects instead.
      Promise.resolve(this.#call.told?.(told)).catch(end);
    } catch (error) {
      end(error);
    }
  }

  /**
   * @param {number} request
   * @param {import('./messages.mjs').Asked} asked
   */
  async #fetch(request, { url, method, headers }) {
    const { id, thread, fetch } = this.#call;
    const controller = new AbortController();
    this.#fetching.set(request, controller);
    try {
      if (!fetch) throw new TypeError('nobody answers requests here');
      const response = await fetch(new Request(url, { method, headers, signal: controller.signal }));
      if (response.type === 'opaque') throw new TypeError('an opaque response cannot be read');
      const body = await response.arrayBuffer();
      thread.post({ type: 'fetched', id, request, answer: { status: response.status, headers: [...response.headers], body } }, [body]);
    } catch (error) {
      thread.post({ type: 'unfetched', id, request, error: asFailure(asError(error)) });
    } finally {
      this.#fetching.delete(request);
    }
  }
}
