/** The models that a pipeline worker holds, from one call to the next: their manifests, and their inference workers. */
import { Shared, unlessAborted } from './abort.mjs';
import { Pool } from './pool.mjs';
import { startScorer } from './scorer.mjs';

/**
 * @typedef {import('./messages.mjs').Depth} Depth
 * @typedef {import('./messages.mjs').ModelPlace} ModelPlace
 * @typedef {import('./messages.mjs').ModelState} ModelState
 * @typedef {(state: ModelState) => void} Report told how far a model is
 */

/**
 * What loading a model needs.
 * @typedef {object} Engine
 * @property {WebAssembly.Module} module compiled once, and posted to every inference worker
 * @property {string} version of it
 * @property {number | undefined} workers of each model, where the caller said
 */

/** A model whose manifest is there. Its files are fetched, and its workers started, when they are first asked for. */
export class Model {
  /** @type {Shared<Pool, [ModelState]> | undefined} */
  #pool;
  #platform;

  /**
   * @param {import('./pipeline.mjs').Platform} platform
   * @param {Depth} depth
   * @param {ModelPlace} place
   * @param {Uint8Array} manifest
   */
  constructor(platform, depth, place, manifest) {
    this.#platform = platform;
    this.depth = depth;
    this.place = place;
    this.manifest = manifest;
  }

  /**
   * Its workers. A loading that fails, or that nobody waits for any more, is begun anew by who asks next. Rejects with a
   * `ModelError` where it cannot be had or loaded, or with a `CancelledError`.
   * @param {Engine} engine
   * @param {AbortSignal} signal
   * @param {Report} [report]
   * @returns {Promise<Pool>}
   */
  pool(engine, signal, report) {
    this.#pool ??= new Shared(
      (stopped, tell) => this.#open(engine, stopped, tell),
      () => (this.#pool = undefined),
    );
    return this.#pool.join(signal, report);
  }

  /** Ends its download and its workers. */
  close() {
    this.#pool?.work.then((pool) => pool.close(), () => {});
    this.#pool?.giveUp();
  }

  /**
   * @param {Engine} engine
   * @param {AbortSignal} signal
   * @param {Report} report
   */
  async #open({ module, version, workers: wanted }, signal, report) {
    const { files, workers: suited, startInference } = this.#platform;
    const all = await files(this.place, this.manifest, this.depth, signal, (received, total) => {
      report({ state: 'downloading', received, ...(total === undefined ? {} : { total }) });
    });
    const workers = wanted ?? suited(this.depth);
    report({ state: 'loading', workers });
    const pool = new Pool(workers, async () => {
      const scorer = await startScorer(startInference, module, all, version);
      report({ state: 'ready', workers, memoryBytes: scorer.memoryBytes });
      return scorer;
    });
    try {
      await unlessAborted(pool.ready, signal);
    } catch (error) {
      pool.close();
      throw error;
    }
    return pool;
  }
}

/** The models held: one of each depth. */
export class Models {
  /** @type {Record<Depth, { key: string, model: Shared<Model, []> } | undefined>} */
  #held = { small: undefined, deep: undefined };
  #platform;

  /** @param {import('./pipeline.mjs').Platform} platform */
  constructor(platform) {
    this.#platform = platform;
  }

  /**
   * The model at `place`, its manifest read unless it is the one already held. Rejects with a `ModelError` where its
   * manifest cannot be had, or with a `CancelledError`.
   * @param {Depth} depth
   * @param {ModelPlace} place
   * @param {AbortSignal} signal
   * @returns {Promise<Model>}
   */
  at(depth, place, signal) {
    const key = JSON.stringify(place);
    const before = this.#held[depth];
    if (before?.key === key) return before.model.join(signal);
    this.release(depth);
    const model = new Shared(
      async (stopped) => new Model(this.#platform, depth, place, await this.#platform.manifest(place, stopped)),
      () => {
        if (this.#held[depth]?.model === model) this.#held[depth] = undefined;
      },
    );
    this.#held[depth] = { key, model };
    return model.join(signal);
  }

  /**
   * Lets go of a model that is held: what it has fetched stays kept, the rest is not fetched.
   * @param {Depth} depth
   */
  release(depth) {
    const held = this.#held[depth];
    this.#held[depth] = undefined;
    held?.model.work.then((model) => model.close(), () => {});
    held?.model.giveUp();
  }
}
