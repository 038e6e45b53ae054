/** The library: what `createProbatum` gives, in a browser and in Node alike. */
import { Client } from './client.mjs';
import { BOUNDS, LIMITS, today } from './defaults.mjs';
import { asError, cancelledError, usageError } from './errors.mjs';
import { checkedIdentity } from './identity.mjs';
import { inOrder } from './in-order.mjs';
import { progressing } from './progressing.mjs';

/**
 * @typedef {import('./client.mjs').Introduction} Introduction
 * @typedef {import('./messages.mjs').ModelState} ModelState
 * @typedef {import('./messages.mjs').Told} Told
 * @typedef {import('./probatum.js').CheckLimits} CheckLimits
 * @typedef {import('./probatum.js').Checked} Checked
 * @typedef {import('./messages.mjs').DraftChecked} DraftChecked
 * @typedef {import('./messages.mjs').DraftRead} DraftRead
 * @typedef {import('./probatum.js').CheckedSentence} CheckedSentence
 * @typedef {import('./probatum.js').Depth} Depth
 * @typedef {import('./probatum.js').Entailment} Entailment
 * @typedef {import('./probatum.js').GivenDraft} GivenDraft
 * @typedef {import('./probatum.js').GivenText} GivenText
 * @typedef {import('./probatum.js').Outcome} Outcome
 * @typedef {import('./probatum.js').OwnFile} OwnFile
 * @typedef {import('./probatum.js').Pair} Pair
 * @typedef {import('./probatum.js').Probability} Probability
 * @typedef {import('./probatum.js').Progress} Progress
 * @typedef {import('./probatum.js').SourceId} SourceId
 */

/**
 * What is the same for a browser and for Node.
 * @typedef {object} CommonOptions
 * @property {string | URL} [wasmUrl] absolute address of the module, or of the folder that holds both builds of it and ends
 *   in a slash; the ones that ship where not given
 * @property {number} [workers] inference workers for each model, at least 1; as many as suit the device, at most 4 for the
 *   small model and 2 for the larger, where not given
 * @property {typeof globalThis.fetch} [fetch] answers the requests to the sources, in place of the network
 * @property {boolean} [cache] whether answers of the sources may be used and kept for a day; true where not given
 * @property {import('./identity.mjs').Identity} [identity] keys and an e-mail address, each sent to the hosts that it is for and kept
 *   nowhere; nothing where not given
 * @property {AbortSignal} [signal] closes it; while it opens, `createProbatum` then rejects with a `CancelledError`
 * @property {(depth: Depth, state: ModelState) => void} [onModel] told how far a model is: bytes downloaded, workers started
 */

/**
 * How a question is answered.
 * @typedef {object} AskOptions
 * @property {SourceId[]} [sources] the sources to search; those that are on by default where not given; none, `[]`, to ask your own
 *   papers alone, and nobody else anything
 * @property {OwnFile[]} [papers] papers of your own, as JATS, TeX (or arXiv's package of it), DOCX, PDF, HTML by LaTeXML, Markdown or
 *   plain text, asked beside those found; no two may have the same name. They stay on this device
 * @property {string[]} [works] works that are asked whatever their relevance, by DOI, arXiv id or PubMed id; they are looked up at the
 *   sources
 * @property {string} [date] `YYYY-MM-DD`, printed in the report; today where not given
 * @property {Partial<import('./defaults.mjs').Limits>} [limits] what the run may do; `LIMITS` where not given
 * @property {string[]} [propositions] statements that the papers are asked about, in place of the question's own; the answer is about the first
 * @property {string} [relay] address put in front of arXiv's encoded query address
 * @property {Record<string, unknown>} [params] constants that an evaluation varies, by name; the shipped ones where not given
 * @property {typeof globalThis.fetch} [fetch] as that of `createProbatum`, for this question
 * @property {boolean} [cache] as that of `createProbatum`, for this question
 * @property {import('./identity.mjs').Identity} [identity] likewise
 * @property {(progress: Progress) => void} [onProgress] told every step; what it throws ends the run, and is what it rejects with
 * @property {(depth: Depth, scored: number, asked: number) => void} [onPairs] told the pairs scored so far, of those handed to
 *   that model so far; likewise
 * @property {AbortSignal} [signal] cancels: the run ends with what was found
 * @property {Partial<Record<SourceId, AbortSignal>>} [without] goes on without a source once its signal aborts; the report says
 *   that it was left out
 */

/**
 * How a claim is checked.
 * @typedef {object} CheckOptions
 * @property {Partial<CheckLimits>} [limits] how much of the texts is read for a claim, and which of them is the claim's own
 * @property {Record<string, unknown>} [params] constants that an evaluation varies, by name; the shipped ones where not given
 * @property {AbortSignal} [signal] cancels
 */

/**
 * How a draft is checked.
 * @typedef {object} DraftOptions
 * @property {boolean} [lookUp] whether the works that are cited and have no text are looked up: their titles and identifiers are
 *   sent to OpenAlex, Crossref and Semantic Scholar, and an abstract found there becomes the work's text. False where not given:
 *   then nothing is sent anywhere
 * @property {typeof globalThis.fetch} [fetch] as that of `createProbatum`, for this draft
 * @property {boolean} [cache] as that of `createProbatum`, for this draft
 * @property {import('./identity.mjs').Identity} [identity] likewise
 * @property {(done: number, total: number) => void} [onLookUp] told how many works are looked up, of how many
 * @property {(read: DraftRead) => void} [onRead] told once, before the first sentence, which works are named and how many sentences cite
 * @property {(sentence: CheckedSentence) => void} [onSentence] told every sentence as it is checked
 *
 * @typedef {Omit<CheckOptions, 'limits'> & DraftOptions} CheckDraftOptions
 */

/**
 * How many claims are checked.
 * @typedef {object} ManyOptions
 * @property {readonly (string | GivenText)[]} texts what they are checked against; indexed once
 * @property {number} [concurrency] claims under way at once, at least 1; 8 where not given
 *
 * @typedef {CheckOptions & ManyOptions} CheckManyOptions
 */

/**
 * One of many claims; `own` is the id of the text that it was taken from, in place of that of the limits.
 * @typedef {string | { claim: string, own?: string | undefined }} ClaimGiven
 */

/**
 * What became of one of many claims: `index` is its place among them, from 0 on; `error` says why it could not be checked,
 * a `UsageError` (it has no word) or a `ModelError`.
 * @typedef {{ index: number, claim: string, checked: Checked, error?: undefined }
 *   | { index: number, claim: string, checked?: undefined, error: Error }} CheckedRow
 */

/** Two for each of the four inference workers there are at most: a claim has about one batch of pairs, and none waits. */
const CONCURRENCY = 8;
/** What is wrong with one claim; whatever else goes wrong would go wrong with the next one too. */
const OF_ONE_CLAIM = ['UsageError', 'ModelError'];

/** The toolkit, with one model loaded. Several calls may go on at once. */
export class Probatum {
  #client;
  #models;
  #options;
  #closed = false;
  #libraries = 0;

  /**
   * Made by `createProbatum`.
   * @param {Client} client
   * @param {import('./messages.mjs').Models} models
   * @param {CommonOptions} options
   */
  constructor(client, models, options) {
    this.#client = client;
    this.#models = models;
    this.#options = options;
  }

  /**
   * What it is and knows: its version, the sources that can be asked, the question of the demonstration. Rejects with an
   * `EngineError` where the module cannot be started.
   * @returns {Promise<Introduction>}
   */
  async describe() {
    const { version, sources, demoQuestion } = await this.#open().introduce();
    return { version, sources, demoQuestion };
  }

  /**
   * Answers a question with a report in which every claim is checked.
   *
   * What it gives is a promise of the report, and can be iterated over for its progress: `for await (const step of asked)`.
   *
   * Rejects with an `Error` whose `name` is `UsageError` (the question or an option), `NothingAskedError` (no source could be
   * asked), `ModelError` (the model cannot be used), `CancelledError` (cancelled before anything was found) or `EngineError`
   * (the module or a worker died).
   * @param {string} question
   * @param {AskOptions} [options]
   * @returns {import('./progressing.mjs').Progressing<Outcome, Progress>}
   */
  ask(question, options = {}) {
    return progressing((tell) => this.#ask(question, options, tell));
  }

  /**
   * What a claim comes to by texts at hand: the label, its calibrated probability, the sentences that decide for and
   * against it, with where they stand in the texts as given, and why. It is the verdict that a report gives of the same
   * claim and texts.
   *
   * Rejects with an `Error` whose `name` is `UsageError` (the claim has no word, or an option), `ModelError`,
   * `CancelledError` or `EngineError`.
   * @param {string} claim one statement
   * @param {readonly (string | GivenText)[]} texts abstracts or whole papers, as plain text
   * @param {CheckOptions} [options]
   * @returns {Promise<Checked>}
   */
  async check(claim, texts, { limits = {}, params, signal } = {}) {
    expectText('claim', claim);
    const library = await this.#index(texts, params, signal);
    try {
      return await this.#open().call({ kind: 'check', library, claim, limits, models: this.#models }, { signal });
    } finally {
      this.#client.release(library);
    }
  }

  /**
   * Checks claims against the same texts, several at once: a row for each, in their order. Claims are taken only as there
   * is room for them, so that there may be any number. A claim that cannot be checked is a row too; what ends all of it
   * (`CancelledError`, `EngineError`, a `UsageError` of the texts, whatever the claims throw) is thrown. Leaving the loop
   * ends it.
   * @param {Iterable<ClaimGiven> | AsyncIterable<ClaimGiven>} claims
   * @param {CheckManyOptions} options
   * @returns {AsyncGenerator<CheckedRow, void, undefined>}
   */
  async *checkMany(claims, { texts, concurrency = CONCURRENCY, limits = {}, params, signal }) {
    const library = await this.#index(texts, params, signal);
    const stop = new AbortController();
    const cancel = () => stop.abort();
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      yield* inOrder(claims, concurrency, (given, index) => this.#row(given, index, library, limits, stop.signal));
    } finally {
      signal?.removeEventListener('abort', cancel);
      stop.abort();
      this.#client.release(library);
    }
  }

  /**
   * Checks a draft: every sentence that cites, against the texts of the works it cites, as far as they are among the texts.
   * A text belongs to a work by its `id` (the work's key, DOI, arXiv or PubMed id) or by its title. A sentence has a `verdict`,
   * its places in the draft as given (UTF-16), the numbers and quotations that no cited text has, and what is wrong with
   * its citations, each with a remedy. Where `lookUp` is asked for, the works without a text are looked up first; what was found
   * of each stands in `works`, and a work that could not be asked for is never called not found.
   *
   * What it gives is a promise, and can be iterated over for the sentences as they are checked. Rejects as
   * {@link Probatum.check} does.
   * @param {GivenDraft} draft plain text, Markdown or TeX, with lists of works (BibTeX, RIS, CSL-JSON, printed) beside it
   * @param {readonly (string | GivenText)[]} texts of the works, as plain text
   * @param {CheckDraftOptions} [options]
   * @returns {import('./progressing.mjs').Progressing<DraftChecked, CheckedSentence>}
   */
  checkDraft(draft, texts, options = {}) {
    const { params, signal, lookUp = false, fetch = this.#options.fetch, cache = this.#options.cache, onLookUp, onRead, onSentence } = options;
    return progressing(async (tell) => {
      const identity = checkedIdentity(options.identity ?? this.#options.identity);
      const asking = { lookUp, fetches: fetch !== undefined, cache: cache ?? true, identity };
      const call = /** @type {const} */ ({ kind: 'draft', draft, texts: asTexts(texts), models: this.#models, ...asking, ...(params && { params }) });
      return this.#open().call(call, {
        signal,
        fetch,
        told: (told) => {
          if (told.type === 'progress' && told.progress.stage === 'looking-up') return onLookUp?.(told.progress.done, told.progress.total);
          if (told.type === 'draft') return onRead?.(told.read);
          if (told.type !== 'sentence') return;
          tell(told.sentence);
          return onSentence?.(told.sentence);
        },
      });
    });
  }

  /**
   * What the model says of one pair: calibrated probabilities, in `0..=1`, that sum to 1. Rejects with a `ModelError`, a
   * `CancelledError` or an `EngineError`.
   * @param {string} premise what is known: a sentence or a short passage
   * @param {string} hypothesis what is to be checked: one statement
   * @param {{ signal?: AbortSignal }} [options]
   * @returns {Promise<Probability>}
   */
  async judge(premise, hypothesis, { signal } = {}) {
    expectText('premise', premise);
    expectText('hypothesis', hypothesis);
    const [probability] = await this.#open().call({ kind: 'judge', pairs: [{ premise, hypothesis }], models: this.#models }, { signal });
    return probability;
  }

  /**
   * The model's raw logits of pairs, in order; for measurements. Rejects as {@link Probatum.judge} does.
   * @param {Pair[]} pairs
   * @param {{ depth?: Depth, signal?: AbortSignal }} [options] `depth`: by which of the two models, the small one where not given
   * @returns {Promise<Entailment[]>}
   */
  async entail(pairs, { depth = 'small', signal } = {}) {
    return this.#open().call({ kind: 'entail', pairs, depth, models: this.#models }, { signal });
  }

  /** Ends its workers; calls under way reject with a `CancelledError`. */
  async close() {
    this.#closed = true;
    await this.#client.end(cancelledError());
  }

  /**
   * @param {string} question
   * @param {AskOptions} options
   * @param {(progress: Progress) => void} tell
   */
  async #ask(question, options, tell) {
    const { fetch = this.#options.fetch, cache = this.#options.cache, signal, without, onProgress, onPairs } = options;
    expectText('question', question);
    const identity = checkedIdentity(options.identity ?? this.#options.identity);
    const config = { ...configOf(options, (await this.#open().introduce()).sources), unpaywall: identity.email !== undefined };
    /** @param {Told} told */
    const hear = (told) => {
      if (told.type === 'model') this.#options.onModel?.(told.depth, told.model);
      if (told.type === 'pairs') return onPairs?.(told.depth, told.scored, told.asked);
      if (told.type !== 'progress') return;
      tell(told.progress);
      return onProgress?.(told.progress);
    };
    return this.#open().call(
      { kind: 'ask', question, config, models: this.#models, files: options.papers ?? [], fetches: fetch !== undefined, cache: cache ?? true, identity },
      { signal, fetch, without, told: hear },
    );
  }

  /**
   * Has texts indexed.
   * @param {readonly (string | GivenText)[]} texts
   * @param {Record<string, unknown> | undefined} params
   * @param {AbortSignal | undefined} signal
   * @returns {Promise<number>} under which the worker holds them
   */
  async #index(texts, params, signal) {
    const library = this.#libraries;
    this.#libraries += 1;
    await this.#open().call({ kind: 'index', library, texts: asTexts(texts), ...(params && { params }) }, { signal });
    return library;
  }

  /**
   * @param {ClaimGiven} given
   * @param {number} index
   * @param {number} library
   * @param {Partial<CheckLimits>} all
   * @param {AbortSignal} signal
   * @returns {Promise<CheckedRow>}
   */
  async #row(given, index, library, all, signal) {
    const { claim, own = all.own } = typeof given === 'object' && given !== null ? given : { claim: given };
    const limits = own === undefined ? all : { ...all, own };
    try {
      expectText('claim', claim);
      return { index, claim, checked: await this.#open().call({ kind: 'check', library, claim, limits, models: this.#models }, { signal }) };
    } catch (thrown) {
      const error = asError(thrown);
      if (this.#closed || !OF_ONE_CLAIM.includes(error.name)) throw error;
      return { index, claim, error };
    }
  }

  /** @returns {Client} */
  #open() {
    if (this.#closed) throw usageError('it is closed: make another with createProbatum');
    return this.#client;
  }
}

/**
 * @param {readonly (string | GivenText)[]} texts
 * @returns {GivenText[]}
 */
const asTexts = (texts) =>
  texts.map((given, at) => {
    const text = typeof given === 'string' ? { text: given } : given;
    expectText(`text at ${at}`, text?.text);
    return text;
  });

/**
 * Starts a pipeline worker and has it load the model. Rejects with a `ModelError`, an `EngineError` or a `CancelledError`,
 * and leaves nothing running then.
 * @param {import('./client.mjs').StartPipeline} start
 * @param {import('./messages.mjs').Models} models
 * @param {CommonOptions} options
 * @returns {Promise<Probatum>}
 */
export async function openProbatum(start, models, options) {
  const { wasmUrl, workers, signal, onModel } = options;
  const client = new Client(start, { wasmUrl: wasmUrl?.toString(), workers });
  const probatum = new Probatum(client, models, options);
  try {
    await client.call({ kind: 'load', models }, {
      signal,
      told: (told) => {
        if (told.type === 'model') onModel?.(told.depth, told.model);
      },
    });
  } catch (error) {
    await probatum.close();
    throw error;
  }
  signal?.addEventListener('abort', () => void probatum.close(), { once: true });
  return probatum;
}

/**
 * @param {AskOptions} options
 * @param {import('./probatum.js').SourceInfo[]} known
 * @returns {import('./probatum.js').Config}
 */
function configOf(options, known) {
  const ids = known.map(({ id }) => id);
  const { papers = [], works = [], sources = known.filter(({ defaultOn }) => defaultOn).map(({ id }) => id) } = options;
  if (!Array.isArray(sources)) throw usageError(`the sources are "${sources}", which is no list`);
  const unknown = sources.find((id) => id !== 'demo' && !ids.includes(id));
  if (unknown !== undefined) throw usageError(`unknown source "${unknown}": choose among ${ids.join(', ')}`);
  const names = papers.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw usageError(`two papers are named "${twice}": give each a name of its own`);
  return {
    sources: [...new Set(papers.length + works.length > 0 ? [...sources, /** @type {const} */ ('yours')] : sources)],
    works,
    date: options.date ?? today(),
    ...LIMITS,
    ...limitsOf(options.limits ?? {}),
    propositions: options.propositions ?? [],
    ...(options.params && { params: options.params }),
    relay: options.relay,
  };
}

/**
 * The limits that are given, each a whole number within its bounds.
 * @param {Partial<import('./defaults.mjs').Limits>} given
 */
function limitsOf(given) {
  const chosen = Object.entries(given).filter(([, value]) => value !== undefined);
  for (const [name, value] of chosen) {
    if (!Object.hasOwn(BOUNDS, name)) throw usageError(`unknown limit "${name}": choose among ${Object.keys(BOUNDS).join(', ')}`);
    const [least, most] = BOUNDS[/** @type {keyof typeof BOUNDS} */ (name)];
    const fits = Number.isInteger(value) && value >= least && value <= most;
    const found = typeof value === 'number' ? String(value) : JSON.stringify(value);
    if (!fits) throw usageError(`${name} is ${found}; it must be a whole number from ${least} to ${most}`);
  }
  return Object.fromEntries(chosen);
}

/**
 * A text, for the engine can read nothing else.
 * @param {string} what it is
 * @param {unknown} given
 */
function expectText(what, given) {
  if (typeof given !== 'string') throw usageError(`the ${what} is ${given === null ? 'null' : `of type ${typeof given}`}; it must be a string`);
}
