/**
 * What page and workers say to each other. The first message of each worker is `hello` with the version of the wasm
 * module that it runs; whoever spawned it refuses to work with another version than its own.
 */
import type { Config, Depth, Entailment, Outcome, Pair, Progress, SourceInfo } from '../../pkg/probatum.js';

/** An error as it crosses between threads: the stable name decides what the reader is told. */
export interface Failure {
  name: string;
  message: string;
}

/** One question to answer. */
export interface RunRequest {
  question: string;
  config: Config;
  /** Judge again what is kept of the day: whatever is not kept is not asked for. */
  fromKept?: boolean;
  /** Absolute address of the folder that holds `manifest.json` and the files it names; ends in a slash. */
  modelUrl: string;
  /** Likewise of the larger model, where the reader will have it. */
  deepUrl?: string | undefined;
}

/** How far a model is. */
export type ModelState =
  /** Bytes received; `total` where the server said. */
  | { state: 'downloading'; received: number; total?: number }
  /** Starting the inference workers. */
  | { state: 'loading'; workers: number }
  /** At least one worker answers; each holds so many bytes of WebAssembly memory. */
  | { state: 'ready'; workers: number; memoryBytes: number }
  /** The run goes on without it. */
  | { state: 'missing'; reason: string };

/** Page → pipeline worker. */
export type ToPipeline =
  | ({ type: 'run' } & RunRequest)
  | { type: 'cancel' }
  /** Judge a finished run at another strictness; `rejudged` follows. */
  | { type: 'rejudge'; record: string; leniency: number }
  /** Fetch the small model in this folder, to have it without a network; `kept` follows. */
  | { type: 'keep'; modelUrl: string };

/** Pipeline worker → page. */
export type FromPipeline =
  | { type: 'hello'; version: string; sources: SourceInfo[]; demoQuestion: string }
  /** The engine cannot start; nothing can be run. */
  | { type: 'broken'; error: Failure }
  | { type: 'model'; depth: Depth; model: ModelState }
  | { type: 'progress'; progress: Progress }
  /** Pairs scored so far, of those handed to the small model so far. */
  | { type: 'pairs'; scored: number; asked: number }
  /** Whether the whole model is kept now. */
  | { type: 'kept'; whole: boolean }
  /** Heard the cancellation; `done` or `failed` follows. */
  | { type: 'cancelling' }
  /** The run at the strictness asked for, or why it cannot be judged anew. */
  | { type: 'rejudged'; outcome: Outcome | Failure }
  | { type: 'done'; outcome: Outcome }
  | { type: 'failed'; error: Failure };

/** The three files of a model. Posted, a blob is shared: each worker reads a copy of its own out of it. */
export interface ModelFiles {
  manifest: Uint8Array;
  model: Blob;
  tokenizer: Blob;
}

/** Pipeline worker → inference worker. */
export type ToNli =
  | { type: 'load'; module: WebAssembly.Module; files: ModelFiles }
  /** Answered in the order asked. */
  | { type: 'score'; pairs: Pair[] };

/** Inference worker → pipeline worker. */
export type FromNli =
  | { type: 'hello'; version: string; memoryBytes: number }
  | { type: 'scored'; entailments: Entailment[] }
  /** `fatal` where the instance trapped: its state is unknown and it must be replaced. */
  | { type: 'failed'; error: Failure; fatal: boolean };
