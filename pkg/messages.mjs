/**
 * What the threads say to each other: client ⇄ pipeline worker ⇄ inference workers. The first message that each worker
 * sends is `hello` with the version of the wasm module that it runs.
 *
 * @typedef {import('./probatum.js').CheckLimits} CheckLimits
 * @typedef {import('./probatum.js').Checked} Checked
 * @typedef {import('./probatum.js').CheckedSentence} CheckedSentence
 * @typedef {import('./probatum.js').CitedWork} CitedWork
 * @typedef {import('./probatum.js').Config} Config
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
 * @typedef {import('./probatum.js').SourceInfo} SourceInfo
 * @typedef {import('./errors.mjs').Failure} Failure
 */

/**
 * A thread that was started, as who started it sees it.
 * @template Message what is posted to it
 * @typedef {object} Thread
 * @property {(message: Message, transfer?: ArrayBuffer[]) => void} post
 * @property {() => void | Promise<unknown>} end ends it, whatever it is doing
 */

/**
 * Who hears a thread.
 * @template Message what it posts
 * @typedef {object} Listener
 * @property {(message: Message) => void} heard
 * @property {(reason: string) => void} lost called when it died: it will say nothing more
 */

/**
 * This thread's own end.
 * @template In
 * @template Out
 * @typedef {object} Scope
 * @property {(message: Out, transfer?: (ArrayBuffer | ImageBitmap)[]) => void} post
 * @property {(heard: (message: In) => void) => void} listen
 */

/**
 * Where the files of a model lie: a folder (a path of this machine, or an absolute address that ends in a slash), or the
 * absolute address of each of its files by its name, as bundlers move them.
 * @typedef {string | Record<string, string>} ModelPlace
 */

/**
 * The models that a call may use: the small one, and the larger one that reads again what could decide.
 * @typedef {object} Models
 * @property {ModelPlace} small
 * @property {ModelPlace | undefined} deep
 */

/**
 * How far a model is: bytes received, and `total` where that is known · its inference workers start · at least one of them
 * answers, and each holds so many bytes of WebAssembly memory · it cannot be had, and the run goes on without it.
 * @typedef {{ state: 'downloading', received: number, total?: number }
 *   | { state: 'loading', workers: number }
 *   | { state: 'ready', workers: number, memoryBytes: number }
 *   | { state: 'missing', reason: string }} ModelState
 */

/**
 * What a pipeline worker is started with.
 * @typedef {object} Setup
 * @property {string} [wasmUrl] absolute address of the module, or of the folder that holds both builds of it and ends in a
 *   slash; the ones that ship where not given
 * @property {number} [workers] inference workers of each model; as many as suit the device where not given
 * @property {boolean} [packed] whether the models of this site lie there compressed too, as NAME.gz
 */

/**
 * How sources are asked. `fromKept`: by what is kept of the day alone; whatever is not kept is not asked for. `fetches`: the
 * client answers the requests. `cache`: whether answers of the last day may be used and kept. `identity`: what sources are let
 * know of the reader.
 * @typedef {{ fromKept?: boolean, fetches?: boolean, cache?: boolean, identity?: import('./identity.mjs').Identity | undefined }} Asking
 */

/**
 * One question to answer.
 * @typedef {{ kind: 'ask', question: string, config: Config, models: Models, files?: OwnFile[] } & Asking} AskCall
 */

/**
 * A draft, checked: the works that it and its lists name, the abstracts that looking works up brought, each under the id by which
 * works and sentences name it, and the sentences that cite, in their order.
 * @typedef {{ works: CitedWork[], abstracts: GivenText[], sentences: CheckedSentence[] }} DraftChecked
 */

/**
 * What a draft was read to be, before any sentence of it is checked: the works that it and its lists name, the abstracts that
 * looking works up brought, and how many sentences cite.
 * @typedef {{ works: CitedWork[], abstracts: GivenText[], citing: number }} DraftRead
 */

/**
 * A file that was read, and how many sentences of it cite, where it can be a draft.
 * @typedef {import('./files.mjs').FileRead & { citing: number }} FileAtHand
 */

/**
 * What a pipeline worker can be asked, each with what it answers: load the small model, and read the manifest of the
 * larger one · a report · logits of pairs, in order · their calibrated probabilities, by the small model · index texts, to
 * be held under a number of the client's own · what a claim comes to by them · what the sentences of a draft that cite
 * come to by the texts of the works they cite · what a file is · a finished run at another strictness ·
 * fetch the small model, to have it without a network, and say whether all of it is kept.
 * @typedef {object} Answers
 * @property {undefined} load
 * @property {Outcome} ask
 * @property {Entailment[]} entail
 * @property {Probability[]} judge
 * @property {undefined} index
 * @property {Checked} check
 * @property {DraftChecked} draft
 * @property {FileAtHand} read
 * @property {Outcome} rejudge
 * @property {boolean} keep
 */

/**
 * @typedef {{ kind: 'load', models: Models }
 *   | AskCall
 *   | { kind: 'entail', pairs: Pair[], depth: Depth, models: Models }
 *   | { kind: 'judge', pairs: Pair[], models: Models }
 *   | { kind: 'index', library: number, texts: GivenText[], params?: Record<string, unknown> }
 *   | { kind: 'check', library: number, claim: string, limits: CheckLimits, models: Models }
 *   | ({ kind: 'draft', draft: GivenDraft, texts: GivenText[], params?: Record<string, unknown>, models: Models, lookUp?: boolean } & Asking)
 *   | { kind: 'read', name: string, bytes: ArrayBuffer }
 *   | { kind: 'rejudge', record: string, leniency: number }
 *   | { kind: 'keep', model: ModelPlace }} Call
 */

/**
 * What a call tells while it goes on: progress of the run · how far a model is · pairs scored so far, of those handed to
 * that model so far · what a draft was read to be · a sentence of it, checked · that a cancellation was heard.
 * @typedef {{ type: 'progress', progress: Progress }
 *   | { type: 'draft', read: DraftRead }
 *   | { type: 'sentence', sentence: CheckedSentence }
 *   | { type: 'model', depth: Depth, model: ModelState }
 *   | { type: 'pairs', depth: Depth, scored: number, asked: number }
 *   | { type: 'cancelling' }} Told
 */

/**
 * A request that the client is to answer, and its answer.
 * @typedef {{ url: string, method: string, headers: [string, string][] }} Asked
 * @typedef {{ status: number, headers: [string, string][], body: ArrayBuffer }} Answered
 */

/**
 * Client → pipeline worker. Calls have an id each; requests one each within their call. `leave` goes on without a source;
 * `release` lets go of texts.
 * @typedef {{ type: 'start', setup: Setup }
 *   | { type: 'call', id: number, call: Call }
 *   | { type: 'cancel', id: number }
 *   | { type: 'leave', id: number, source: SourceId }
 *   | { type: 'release', library: number }
 *   | { type: 'fetched', id: number, request: number, answer: Answered }
 *   | { type: 'unfetched', id: number, request: number, error: Failure }} ToPipeline
 */

/**
 * Pipeline worker → client. `broken`: the engine cannot start, and nothing can be asked.
 * @typedef {{ type: 'hello', version: string, sources: SourceInfo[], demoQuestion: string }
 *   | { type: 'broken', error: Failure }
 *   | { type: 'told', id: number, told: Told }
 *   | { type: 'fetch', id: number, request: number, asked: Asked }
 *   | { type: 'unfetch', id: number, request: number }
 *   | { type: 'done', id: number, answer: unknown }
 *   | { type: 'failed', id: number, error: Failure }} FromPipeline
 */

/**
 * The three files of a model, as they are posted without being copied: blobs, of which each worker reads a copy of its
 * own, or memory that threads share.
 * @typedef {object} ModelFiles
 * @property {Uint8Array} manifest
 * @property {Uint8Array | Blob} model
 * @property {Uint8Array | Blob} tokenizer
 */

/**
 * Pipeline worker → inference worker. Pairs are answered in the order asked.
 * @typedef {{ type: 'load', module: WebAssembly.Module, files: ModelFiles }
 *   | { type: 'score', pairs: Pair[] }} ToInference
 */

/**
 * Inference worker → pipeline worker. `fatal` where the instance trapped: its state is unknown and it must be replaced.
 * @typedef {{ type: 'hello', version: string, memoryBytes: number }
 *   | { type: 'scored', entailments: Entailment[] }
 *   | { type: 'failed', error: Failure, fatal: boolean }} FromInference
 */

export {};
