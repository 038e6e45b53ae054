/** What a pipeline worker does: it runs the wasm pipeline and is its host, and keeps the inference workers. */
import { unlessAborted } from './abort.mjs';
import { noCache } from './cache.mjs';
import { asFailure, engineError, fromFailure, modelError } from './errors.mjs';
import { readFile } from './files.mjs';
import { signed } from './identity.mjs';
import { inOrder } from './in-order.mjs';
import { Models } from './models.mjs';
import { PdfReader } from './pdf.mjs';
import { DraftCheck, Library, calibrated, demoQuestion, initSync, rejudge, run, sources, version } from './probatum.js';

/**
 * @typedef {import('./messages.mjs').Call} Call
 * @typedef {import('./messages.mjs').AskCall} AskCall
 * @typedef {import('./cache.mjs').Cache} Cache
 * @typedef {import('./messages.mjs').Depth} Depth
 * @typedef {import('./messages.mjs').Entailment} Entailment
 * @typedef {import('./messages.mjs').FromPipeline} FromPipeline
 * @typedef {import('./messages.mjs').ModelPlace} ModelPlace
 * @typedef {import('./messages.mjs').Outcome} Outcome
 * @typedef {import('./messages.mjs').Pair} Pair
 * @typedef {import('./messages.mjs').SourceId} SourceId
 * @typedef {import('./messages.mjs').Told} Told
 * @typedef {import('./messages.mjs').ToPipeline} ToPipeline
 * @typedef {import('./models.mjs').Engine} Engine
 * @typedef {import('./models.mjs').Model} Model
 * @typedef {import('./pool.mjs').Pool} Pool
 */

/**
 * What the pipeline worker needs of where it runs: a browser, or Node.
 * @typedef {object} Platform
 * @property {(wasmUrl: string | undefined) => Promise<WebAssembly.Module>} compile the build of the module that runs here;
 *   rejects with an `EngineError`
 * @property {(place: ModelPlace, signal: AbortSignal) => Promise<Uint8Array>} manifest reads it; rejects with a `ModelError`
 * @property {(place: ModelPlace, manifest: Uint8Array, depth: Depth, signal: AbortSignal,
 *   received: (bytes: number, total: number | undefined) => void) => Promise<import('./messages.mjs').ModelFiles>} files reads
 *   the files that the manifest names; rejects with a `ModelError`
 * @property {(place: ModelPlace) => Promise<boolean>} keep has the small model at hand without a network; whether all of it is
 * @property {(depth: Depth) => number} workers inference workers that suit this device
 * @property {import('./scorer.mjs').StartInference} startInference
 * @property {import('./pdf.mjs').StartPdf} startPdf starts the thread that reads PDFs
 * @property {() => Promise<Cache>} openCache
 */

/** Sentences of a draft that are checked at once: two for each of the four inference workers that there are at most. */
const SENTENCES = 8;

/** One call under way. */
class Running {
  #stop = new AbortController();
  signal = this.#stop.signal;
  /** @type {Map<number, { resolve: (response: Response) => void, reject: (error: Error) => void }>} requests that the client answers */
  #requests = new Map();
  #asked = 0;
  /** @type {Map<SourceId, AbortController>} aborted once the client goes on without the source */
  #left = new Map();

  /**
   * @param {number} id
   * @param {(message: FromPipeline) => void} post
   */
  constructor(id, post) {
    this.id = id;
    this.post = post;
  }

  /** @param {Told} told */
  tell(told) {
    this.post({ type: 'told', id: this.id, told });
  }

  stop() {
    this.#stop.abort();
  }

  /** @param {SourceId} source that the client goes on without */
  leave(source) {
    this.#leaving(source).abort();
  }

  /**
   * Resolves once the client goes on without a source.
   * @param {SourceId} source
   * @returns {Promise<void>}
   */
  leftOut(source) {
    const { signal } = this.#leaving(source);
    return new Promise((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** @param {SourceId} source */
  #leaving(source) {
    const known = this.#left.get(source) ?? new AbortController();
    this.#left.set(source, known);
    return known;
  }

  /**
   * Has the client answer a request.
   * @param {Request} request
   * @returns {Promise<Response>}
   */
  fetch({ url, method, headers, signal }) {
    const number = this.#asked;
    this.#asked += 1;
    const answer = new Promise((resolve, reject) => this.#requests.set(number, { resolve, reject }));
    this.post({ type: 'fetch', id: this.id, request: number, asked: { url, method, headers: [...headers] } });
    return unlessAborted(answer, signal).finally(() => {
      this.#requests.delete(number);
      if (signal.aborted) this.post({ type: 'unfetch', id: this.id, request: number });
    });
  }

  /** @param {Extract<ToPipeline, { type: 'fetched' | 'unfetched' }>} message */
  answered(message) {
    const waiting = this.#requests.get(message.request);
    if (message.type === 'unfetched') return waiting?.reject(fromFailure(message.error));
    const { status, headers, body } = message.answer;
    waiting?.resolve(new Response(body.byteLength === 0 ? null : body, { status, headers }));
  }
}

/**
 * Serves this thread. Calls go on beside each other.
 * @param {import('./messages.mjs').Scope<ToPipeline, FromPipeline>} scope
 * @param {(setup: import('./messages.mjs').Setup) => Platform} platformFor
 */
export function servePipeline({ post, listen }, platformFor) {
  /** @type {Map<number, Running>} */
  const running = new Map();
  /** @type {Promise<Host> | undefined} */
  let host;

  // Before anything is awaited: a message that comes while wasm compiles must not be lost.
  listen((message) => {
    switch (message.type) {
      case 'start':
        host = start(message.setup, platformFor(message.setup), post);
        break;
      case 'call':
        void serve(message.id, message.call);
        break;
      case 'cancel':
        running.get(message.id)?.tell({ type: 'cancelling' });
        running.get(message.id)?.stop();
        break;
      case 'leave':
        running.get(message.id)?.leave(message.source);
        break;
      case 'release':
        host?.then((ready) => ready.release(message.library), () => {});
        break;
      case 'fetched':
      case 'unfetched':
        running.get(message.id)?.answered(message);
        break;
    }
  });

  /**
   * @param {number} id
   * @param {Call} call
   */
  async function serve(id, call) {
    const under = new Running(id, post);
    running.set(id, under);
    try {
      if (!host) throw engineError('a call came before the start');
      const ready = await unlessAborted(host, under.signal);
      post({ type: 'done', id, answer: await ready.answer(call, under) });
    } catch (error) {
      // A trap leaves the instance in an unknown state: nothing more can be asked of it.
      if (error instanceof WebAssembly.RuntimeError) post({ type: 'broken', error: asFailure(engineError(`the engine stopped: ${error.message}`)) });
      else post({ type: 'failed', id, error: asFailure(error) });
    } finally {
      running.delete(id);
    }
  }
}

/**
 * Starts the module, and says so.
 * @param {import('./messages.mjs').Setup} setup
 * @param {Platform} platform
 * @param {(message: FromPipeline) => void} post
 */
async function start({ wasmUrl, workers }, platform, post) {
  try {
    const module = await platform.compile(wasmUrl);
    initSync({ module });
    post({ type: 'hello', version: version(), sources: sources(), demoQuestion: demoQuestion() });
    return new Host({ module, version: version(), workers }, platform);
  } catch (error) {
    post({ type: 'broken', error: asFailure(error) });
    throw error;
  }
}

/** Answers calls. */
class Host {
  #engine;
  #platform;
  #models;
  /** @type {Promise<Cache> | undefined} */
  #cache;
  /** @type {Map<number, Library>} texts, by the client's own numbers */
  #libraries = new Map();
  #pdf;

  /**
   * @param {Engine} engine
   * @param {Platform} platform
   */
  constructor(engine, platform) {
    this.#engine = engine;
    this.#platform = platform;
    this.#models = new Models(platform);
    this.#pdf = new PdfReader(platform.startPdf);
  }

  /**
   * @param {Call} call
   * @param {Running} running
   */
  async answer(call, running) {
    switch (call.kind) {
      case 'load':
        return this.#load(call.models, running);
      case 'ask':
        return this.#ask(call, running);
      case 'entail':
        return (await this.#pool(call.depth, call.models, running)).entail(call.pairs, running.signal, counter(call.depth, call.pairs.length, running));
      case 'judge':
        return this.#judge(call.pairs, call.models.small, running);
      case 'index':
        this.#libraries.set(call.library, new Library(call.texts, call.params));
        return undefined;
      case 'check':
        return this.#check(call, running);
      case 'draft':
        return this.#draft(call, running);
      case 'read':
        return this.#atHand(call.name, new Uint8Array(call.bytes));
      case 'rejudge':
        return rejudge(call.record, call.leniency);
      case 'keep':
        return this.#platform.keep(call.model);
    }
  }

  /**
   * What a file is, and how many of its sentences cite.
   * @param {string} name
   * @param {Uint8Array} bytes
   * @returns {Promise<import('./messages.mjs').FileAtHand>}
   */
  async #atHand(name, bytes) {
    const file = await readFile(name, bytes, (pdf) => this.#pdf.read(pdf));
    if (file.draft === undefined) return { ...file, citing: 0 };
    const check = new DraftCheck({ format: file.draft, text: file.text }, [], undefined);
    const citing = check.sentences;
    check.free();
    return { ...file, citing };
  }

  /**
   * @param {import('./messages.mjs').Models} models
   * @param {Running} running
   */
  async #load({ small, deep }, running) {
    // The larger one's files are for whoever has use for them; that it has none at all is better known at once.
    if (deep !== undefined) await this.#models.at('deep', deep, running.signal);
    await (await this.#models.at('small', small, running.signal)).pool(this.#engine, running.signal, told('small', running));
  }

  /**
   * @param {Depth} depth
   * @param {import('./messages.mjs').Models} models
   * @param {Running} running
   * @returns {Promise<Pool>}
   */
  async #pool(depth, models, running) {
    const place = models[depth];
    if (place === undefined) throw modelError('it was opened without the larger model');
    return (await this.#models.at(depth, place, running.signal)).pool(this.#engine, running.signal, told(depth, running));
  }

  /**
   * @param {Pair[]} pairs
   * @param {ModelPlace} place
   * @param {Running} running
   */
  async #judge(pairs, place, running) {
    const { signal } = running;
    const model = await this.#models.at('small', place, signal);
    const pool = await model.pool(this.#engine, signal, told('small', running));
    return calibrated(model.manifest, pairs, await pool.entail(pairs, signal));
  }

  /**
   * @param {Extract<Call, { kind: 'check' }>} call
   * @param {Running} running
   */
  async #check({ library: number, claim, limits, models }, running) {
    const { signal } = running;
    const library = this.#libraries.get(number);
    if (!library) throw engineError('the texts went with the worker that held them: check again');
    const model = await this.#models.at('small', models.small, signal);
    const pool = await model.pool(this.#engine, signal, told('small', running));
    const scores = await pool.entail(library.pairs(claim, limits), signal);
    return library.judge(claim, limits, scores, model.manifest);
  }

  /**
   * @param {Extract<Call, { kind: 'draft' }>} call
   * @param {Running} running
   */
  async #draft(call, running) {
    const { draft, texts, params, models } = call;
    const { signal } = running;
    const check = new DraftCheck(draft, texts, params);
    try {
      if (call.lookUp) await check.lookUp(inquirerOf(networkOf(call, running), await this.#cacheFor(call), running));
      const [works, abstracts] = [check.works(), check.abstracts()];
      running.tell({ type: 'draft', read: { works, abstracts, citing: check.sentences } });
      const model = await this.#models.at('small', models.small, signal);
      const pool = await model.pool(this.#engine, signal, told('small', running));
      const judge = async (/** @type {number} */ n) => check.judge(n, await pool.entail(check.pairs(n), signal), model.manifest);
      const sentences = [];
      for await (const sentence of inOrder(Array(check.sentences).keys(), SENTENCES, judge)) {
        running.tell({ type: 'sentence', sentence });
        sentences.push(sentence);
      }
      return { works, abstracts, sentences };
    } finally {
      check.free();
    }
  }

  /**
   * Where answers of the last day are kept; nowhere where the caller will not have it.
   * @param {import('./messages.mjs').Asking} call
   * @returns {Promise<Cache>}
   */
  async #cacheFor({ cache }) {
    return cache === false ? noCache : (this.#cache ??= this.#platform.openCache());
  }

  /** @param {number} number of texts that nobody needs any more */
  release(number) {
    this.#libraries.get(number)?.free();
    this.#libraries.delete(number);
  }

  /**
   * @param {AskCall} call
   * @param {Running} running
   * @returns {Promise<Outcome>}
   */
  async #ask(call, running) {
    const { signal } = running;
    const [model, deepModel] = await Promise.all([this.#models.at('small', call.models.small, signal), this.#larger(call.models.deep, running)]);
    const small = model.pool(this.#engine, signal, told('small', running));
    const deep = deepModel && new Later(() => deepModel.pool(this.#engine, signal, told('deep', running)), running);
    const cache = await this.#cacheFor(call);
    const outcome = run(call.question, call.config, model.manifest, deepModel?.manifest, hostOf(small, deep, this.#pdf, call.files ?? [], networkOf(call, running), cache, running));
    const unusable = new Promise((_, reject) => void small.catch(reject));
    try {
      // The model loads while the sources are searched; where it cannot be loaded, searching on would be for nothing.
      return await Promise.race([outcome, unusable]);
    } catch (error) {
      if (signal.aborted) return await outcome;
      running.stop();
      await outcome.catch(() => {});
      throw error;
    }
  }

  /**
   * The larger model, where the caller will have it. Where it cannot be had, the run goes on without it.
   * @param {ModelPlace | undefined} place
   * @param {Running} running
   * @returns {Promise<Model | undefined>}
   */
  async #larger(place, running) {
    if (place === undefined) {
      this.#models.release('deep');
      return undefined;
    }
    try {
      return await this.#models.at('deep', place, running.signal);
    } catch (error) {
      tellMissing(error, running);
      return undefined;
    }
  }
}

/** The workers of the larger model, loaded when the first results are there: until then nothing is to come in their way. */
class Later {
  /** @type {Promise<Pool> | undefined} */
  #pool;

  /**
   * @param {() => Promise<Pool>} open
   * @param {Running} running
   */
  constructor(open, running) {
    this.open = open;
    this.running = running;
  }

  /** Begins; asked again, it gives what it began, even if that failed. */
  pool() {
    if (!this.#pool) {
      this.#pool = this.open();
      this.#pool.catch((error) => tellMissing(error, this.running));
    }
    return this.#pool;
  }
}

/**
 * @param {unknown} error
 * @param {Running} running
 */
function tellMissing(error, running) {
  const { name, message } = asFailure(error);
  if (name !== 'CancelledError') told('deep', running)({ state: 'missing', reason: message });
}

/**
 * @param {Depth} depth
 * @param {Running} running
 * @returns {import('./models.mjs').Report}
 */
const told = (depth, running) => (model) => running.tell({ type: 'model', depth, model });

/**
 * Tells how many of some pairs are scored.
 * @param {Depth} depth
 * @param {number} asked
 * @param {Running} running
 */
function counter(depth, asked, running) {
  let scored = 0;
  return (/** @type {number} */ count) => {
    scored += count;
    running.tell({ type: 'pairs', depth, scored, asked });
  };
}

/**
 * Who answers the requests of a run.
 * @param {import('./messages.mjs').Asking} call
 * @param {Running} running
 * @returns {(request: Request) => Promise<Response>}
 */
function networkOf({ fromKept, fetches, identity = {} }, running) {
  // A run that asks nobody: every request fails at once.
  if (fromKept) return async () => new Response(null, { status: 410 });
  const send = fetches ? (/** @type {Request} */ request) => running.fetch(request) : fetch;
  return (request) => send(signed(request, identity));
}

/**
 * The world of whoever only asks sources.
 * @param {(request: Request) => Promise<Response>} network
 * @param {Cache} cache
 * @param {Running} running
 * @returns {import('./probatum.js').PipelineHost}
 */
function inquirerOf(network, cache, running) {
  const { signal } = running;
  return {
    entail: async () => {
      throw modelError('no pair is scored while references are looked up');
    },
    pdfRuns: async () => {
      throw new Error('no full text is read while references are looked up');
    },
    ownFiles: () => [],
    emit: (progress) => {
      running.tell({ type: 'progress', progress });
      return !signal.aborted;
    },
    fetch: network,
    leftOut: (source) => running.leftOut(source),
    cacheGet: cache.get,
    cachePut: cache.put,
    signal,
  };
}

/**
 * @param {Promise<Pool>} small
 * @param {Later | undefined} deep
 * @param {PdfReader} pdf
 * @param {import('./messages.mjs').OwnFile[]} files of the reader's
 * @param {(request: Request) => Promise<Response>} network
 * @param {Cache} cache
 * @param {Running} running
 * @returns {import('./probatum.js').PipelineHost}
 */
function hostOf(small, deep, pdf, files, network, cache, running) {
  const { signal } = running;
  const inquirer = inquirerOf(network, cache, running);
  /** @type {Record<Depth, { scored: number, asked: number }>} */
  const counts = { small: { scored: 0, asked: 0 }, deep: { scored: 0, asked: 0 } };
  /** @param {Depth} depth */
  const workersOf = (depth) => {
    if (depth === 'small') return small;
    if (!deep) throw modelError('the larger model was not asked for');
    return deep.pool();
  };
  return {
    ...inquirer,
    entail: async (pairs, depth) => {
      const count = counts[depth];
      const report = () => running.tell({ type: 'pairs', depth, ...count });
      count.asked += pairs.length;
      report();
      const pool = await unlessAborted(workersOf(depth), signal);
      return pool.entail(pairs, signal, (scored) => {
        count.scored += scored;
        report();
      });
    },
    pdfRuns: (bytes) => unlessAborted(pdf.read(bytes), signal),
    ownFiles: () => files,
    emit: (progress) => {
      const goesOn = inquirer.emit(progress);
      if (progress.stage === 'answering' || progress.stage === 'extracted') deep?.pool().catch(() => {});
      return goesOn;
    },
  };
}
