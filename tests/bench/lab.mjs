/** The bench's hold on `lab/`: engines in workers of a page, by name. Every wait is bounded. */
import { bounded } from './measure.mjs';

const CALL_MS = 120_000;
const CLOSE_MS = 10_000;

/** @typedef {import('./lab/runner.mjs').Pair} Pair */
/** @typedef {import('./browsers/chromium.mjs').Driver} Driver */

/** Where a driver must have its page. */
export const LAB = '/tests/bench/lab/index.html';

/** One engine with one model, open in a page. */
export class LabEngine {
  static #opened = 0;

  /**
   * @param {Driver} driver
   * @param {string} key
   */
  constructor(driver, key) {
    this.driver = driver;
    this.key = key;
    this.startMs = 0;
    this.loadMs = 0;
  }

  /**
   * @param {Driver} driver
   * @param {string} engine a file of `lab/engines`
   * @param {import('./lab/runner.mjs').Source} source
   * @returns {Promise<LabEngine>}
   */
  static async open(driver, engine, source) {
    LabEngine.#opened += 1;
    const lab = new LabEngine(driver, `${engine} ${LabEngine.#opened}`);
    await driver.evaluate(`lab.open(${JSON.stringify(lab.key)})`);
    return Object.assign(lab, await lab.#call('open', engine, source));
  }

  /**
   * @param {Pair[][]} batches
   * @returns {Promise<number[][]>} logits, a row a pair
   */
  prepare = (batches) => this.#call('prepare', batches);

  /**
   * @param {number} leastMs
   * @returns {Promise<number>} milliseconds of one pass through the batches
   */
  sample = (leastMs) => this.#call('sample', leastMs);

  /** @returns {Promise<number | null>} */
  memoryBytes = () => this.#call('memoryBytes');

  /**
   * @param {Pair} pair
   * @param {number} rounds
   * @returns {Promise<{ op: string, time: number, calls: number }[] | null>}
   */
  profile = (pair, rounds) => this.#call('profile', pair, rounds);

  close = () => bounded(this.driver.evaluate(`lab.close(${JSON.stringify(this.key)})`), CLOSE_MS, 'close');

  /**
   * @param {string} method
   * @param {unknown[]} args
   */
  async #call(method, ...args) {
    const expression = `lab.call(${JSON.stringify(this.key)}, ${JSON.stringify(method)}, ${JSON.stringify(args)})`;
    try {
      return await bounded(this.driver.evaluate(expression), CALL_MS, method);
    } catch (error) {
      // A page that hangs cannot close it either: why it failed is what counts.
      await this.close().catch(() => {});
      throw error;
    }
  }
}
