/**
 * A stand-in for the scholarly web, held by a worker thread of this process: the pipeline's requests are answered by it and
 * never leave the process. Its folder has a `web.mjs` with a class `ScholarlyWeb` whose `answer(url)` gives
 * `{ status, headers, body }`, or null where the connection fails.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { usageError } from '../../pkg/errors.mjs';

/** @typedef {{ status: number, headers: Record<string, string>, body: string } | null} Answer */

/** Memory for its records and their index: 46,000 take about 1 GB. */
const HEAP_MB = 4096;
/** Where full texts are, asked for after the search is over. */
const FULL_TEXTS = ['https://arxiv.org/', 'https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi?db=pmc&'];

/**
 * @param {string} folder of a stand-in
 * @returns {string} its script
 */
export function scriptOf(folder) {
  const script = join(folder, 'web.mjs');
  if (!existsSync(script)) throw usageError(`${script} does not exist: --web names the folder of the stand-in`);
  return script;
}

export class StandIn {
  /** @type {Map<number, { resolve: (answer: Answer) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  #asked = 0;
  #worker;
  /** When a search was last answered, by `performance.now()`. */
  searched = 0;

  /**
   * Loads the records, for half a minute.
   * @param {string} script see {@link scriptOf}
   */
  static async open(script) {
    const worker = new Worker(new URL('stand-in-worker.mjs', import.meta.url), {
      workerData: { script },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    return new StandIn(worker);
  }

  /** @param {Worker} worker that has loaded its records */
  constructor(worker) {
    this.#worker = worker;
    worker.on('message', ({ id, answer }) => {
      this.#waiting.get(id)?.resolve(answer);
      this.#waiting.delete(id);
    });
    worker.on('error', (error) => {
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    });
  }

  /**
   * Takes the place of `fetch`. What a page could not read, for want of a CORS header, fails here too.
   * @type {typeof globalThis.fetch}
   */
  fetch = async (input, init) => {
    const { url, signal } = new Request(input, init);
    signal.throwIfAborted();
    const answer = await this.#ask(url);
    signal.throwIfAborted();
    if (!FULL_TEXTS.some((place) => url.startsWith(place))) this.searched = performance.now();
    if (!answer?.headers['access-control-allow-origin']) throw new TypeError('Failed to fetch');
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  };

  /**
   * @param {string} url
   * @returns {Promise<Answer>}
   */
  #ask(url) {
    const id = this.#asked;
    this.#asked += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, url });
    });
  }

  async close() {
    await this.#worker.terminate();
  }
}
