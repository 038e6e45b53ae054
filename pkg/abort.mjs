/** Waiting that can be given up. */
import { cancelledError } from './errors.mjs';

/**
 * Waits for work, but no longer than until the signal aborts: then it rejects at once with a `CancelledError`.
 * @template T
 * @param {Promise<T>} work
 * @param {AbortSignal} signal
 * @returns {Promise<T>}
 */
export function unlessAborted(work, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => reject(cancelledError());
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/**
 * Work that several wait for and hear of: it is given up when nobody waits for it any more.
 * @template T
 * @template {unknown[]} Told what it tells while it goes on
 */
export class Shared {
  /** @type {Promise<T>} */
  work;
  #stop = new AbortController();
  /** @type {Set<(...told: Told) => void>} */
  #waiting = new Set();
  #settled = false;
  /** @type {(() => void) | undefined} */
  #ended;

  /**
   * @param {(signal: AbortSignal, tell: (...told: Told) => void) => Promise<T>} begin
   * @param {() => void} [ended] called where it failed or was given up, before anybody else hears of it: who asks then must
   *   begin anew
   */
  constructor(begin, ended) {
    this.#ended = ended;
    this.work = begin(this.#stop.signal, (...told) => {
      for (const tell of this.#waiting) tell(...told);
    });
    this.work.then(
      () => (this.#settled = true),
      () => this.#end(),
    );
  }

  /**
   * Waits for it. Rejects with whatever it fails of, or with a `CancelledError` when the signal aborts.
   * @param {AbortSignal} signal
   * @param {(...told: Told) => void} [told]
   * @returns {Promise<T>}
   */
  async join(signal, told) {
    /** @param {Told} what */
    const tell = (...what) => told?.(...what);
    this.#waiting.add(tell);
    try {
      return await unlessAborted(this.work, signal);
    } finally {
      this.#waiting.delete(tell);
      if (this.#waiting.size === 0) this.giveUp();
    }
  }

  /** Ends it, unless it has ended. */
  giveUp() {
    if (this.#settled) return;
    this.#end();
    this.#stop.abort();
  }

  #end() {
    if (this.#settled) return;
    this.#settled = true;
    this.#ended?.();
  }
}
