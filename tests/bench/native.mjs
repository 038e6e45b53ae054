/** onnxruntime as a native program, one thread: what the machine can do where WebAssembly is not in the way. */
import { installed } from './installed.mjs';
import { encoded, rows } from './lab/engines/tensors.mjs';
import { bounded } from './measure.mjs';

const CALL_MS = 120_000;

/** @typedef {import('./lab/runner.mjs').Pair} Pair */

export class NativeEngine {
  /** @type {Record<string, unknown>[]} */
  #batches = [];

  /**
   * @param {any} ort
   * @param {any} session
   */
  constructor(ort, session) {
    this.ort = ort;
    this.session = session;
  }

  /**
   * @param {Uint8Array} model
   * @returns {Promise<NativeEngine>} rejects where the package has no program for this machine
   */
  static async open(model) {
    const { default: ort } = await installed('onnxruntime-node');
    const options = { intraOpNumThreads: 1, interOpNumThreads: 1, executionProviders: ['cpu'] };
    // A copy: the package refuses bytes in shared memory, which is where the workers' model lies.
    return new NativeEngine(ort, await bounded(ort.InferenceSession.create(Uint8Array.from(model), options), CALL_MS, 'load'));
  }

  /** @param {Pair[][]} batches */
  async prepare(batches) {
    const { Tensor } = this.ort;
    this.#batches = batches.map((batch) =>
      encoded(batch, this.session.inputNames, (values, shape) => new Tensor('int64', values, shape)),
    );
    return bounded(this.#pass(), CALL_MS, 'prepare');
  }

  /** @param {number} leastMs */
  async sample(leastMs) {
    const started = performance.now();
    let passes = 0;
    do {
      await bounded(this.#pass(), CALL_MS, 'sample');
      passes += 1;
    } while (performance.now() - started < leastMs);
    return (performance.now() - started) / passes;
  }

  /** @returns {Promise<number[][]>} */
  async #pass() {
    const logits = [];
    for (const feeds of this.#batches) {
      const output = await this.session.run(feeds);
      logits.push(...rows(output[this.session.outputNames[0]]));
    }
    return logits;
  }

  close = () => this.session.release();
}
