/** What the parts of the bench share: the models, one Chromium, and the list of what could not be measured. */
import { chromiumPage, launchChromium } from './browsers/chromium.mjs';
import { LAB } from './lab.mjs';
import { served } from './models.mjs';
import { serveCheckout } from './server.mjs';
import { say } from '../../scripts/terminal.mjs';

/**
 * @typedef {object} Options
 * @property {string} scifact folder of SciFact
 * @property {boolean} build whether what is missing may be built
 */

/** @typedef {(context: Context) => Promise<{ data: unknown, ratios?: Record<string, number> }>} Part */

export class Context {
  /** @type {{ what: string, why: string }[]} */
  skipped = [];
  /** @type {Promise<import('playwright-core').Browser> | undefined} */
  #browser;

  /**
   * @param {import('./models.mjs').BenchModel[]} models
   * @param {Options} options
   * @param {Map<string, Uint8Array>} contents
   * @param {Awaited<ReturnType<typeof serveCheckout>>} server
   */
  constructor(models, options, contents, server) {
    this.models = models;
    this.options = options;
    this.contents = contents;
    this.server = server;
  }

  /**
   * @param {import('./models.mjs').BenchModel[]} models
   * @param {Options} options
   */
  static async open(models, options) {
    const contents = new Map(models.flatMap(served));
    return new Context(models, options, contents, await serveCheckout(contents));
  }

  say = say;

  /** @returns {Promise<import('playwright-core').Browser>} the same one for all parts */
  browser() {
    this.#browser ??= launchChromium();
    return this.#browser;
  }

  /** A fresh page of it, where engines can be opened. */
  async chromium() {
    return chromiumPage(await this.browser(), this.lab);
  }

  /** Address of the page in which engines are measured. */
  get lab() {
    return `${this.server.url}${LAB}`;
  }

  /**
   * @param {string} address
   * @param {Uint8Array} content
   */
  serve(address, content) {
    this.contents.set(address, content);
  }

  /**
   * @param {string} what
   * @param {string} why
   */
  skip(what, why) {
    this.skipped.push({ what, why });
    this.say(`  skipped: ${what}: ${why}`);
  }

  /**
   * @param {string} model
   * @returns {(engine: string, error: Error) => void}
   */
  failing = (model) => (engine, { message }) => this.skip(`${engine}, ${model}`, reason(message));

  /** @returns {Promise<string | undefined>} nothing where it was not needed, or could not be started */
  async browserName() {
    const browser = await this.#browser?.catch(() => undefined);
    return browser && `Chromium ${browser.version()}`;
  }

  async close() {
    this.server.close();
    const browser = await this.#browser?.catch(() => undefined);
    await browser?.close();
  }
}

/**
 * @param {string} message of a browser's driver
 * @returns {string} without the driver's own words and the stack
 */
const reason = (message) => message.split('\n')[0].replace(/^page\.evaluate: (Error: )?/, '');
