import type { Depth, Entailment, Pair } from '../../pkg/probatum.js';
import { asError, named } from '../shared/failure';
import type { FromNli, ModelFiles, ToNli } from '../shared/messages';
import { Crash, type Scorer } from './pool';

/** A scorer in a worker of its own. */
export interface WorkerScorer extends Scorer {
  /** Bytes of WebAssembly memory it held once the model was loaded. */
  readonly memoryBytes: number;
}

/** At most, of the larger model: each holds some 350 MB. */
const MOST_DEEP = 2;

/** Inference workers that suit this device: a core is left to the page, a phone gets no more than two. */
export function scorerCount(depth: Depth): number {
  const most = depth === 'deep' ? MOST_DEEP : /\bMobi/.test(navigator.userAgent) ? 2 : 4;
  return Math.min(most, Math.max(1, navigator.hardwareConcurrency - 1));
}

/**
 * Starts an inference worker and loads the model into it.
 * @param version - of this side; a worker of another version is refused
 * @throws `ModelError` where the model cannot be loaded
 */
export async function startScorer(module: WebAssembly.Module, files: ModelFiles, version: string): Promise<WorkerScorer> {
  const worker = new Worker(new URL('./nli.worker.ts', import.meta.url), { name: 'nli' });
  try {
    const hello = await ask(worker, { type: 'load', module, files });
    if (hello.type !== 'hello' || hello.version !== version) {
      const theirs = hello.type === 'hello' ? hello.version : 'none';
      throw named('EngineError', `the inference worker runs version ${theirs}, the pipeline ${version}: reload the page`);
    }
    return {
      memoryBytes: hello.memoryBytes,
      score: (pairs) => score(worker, pairs),
      stop: () => {
        worker.terminate();
      },
    };
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

async function score(worker: Worker, pairs: Pair[]): Promise<Entailment[]> {
  const answer = await ask(worker, { type: 'score', pairs });
  if (answer.type !== 'scored') throw new Crash(`it answered "${answer.type}" when asked for scores`);
  return answer.entailments;
}

/** Posts one message and waits for its answer: a worker has one thing to do at a time. */
function ask(worker: Worker, message: ToNli): Promise<Exclude<FromNli, { type: 'failed' }>> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<FromNli>) => {
      if (data.type !== 'failed') resolve(data);
      else reject(data.fatal ? new Crash(data.error.message) : asError(data.error));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Crash(event.message || 'its script could not be loaded'));
    };
    worker.postMessage(message);
  });
}
