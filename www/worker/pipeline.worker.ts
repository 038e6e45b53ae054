/** The pipeline worker: runs the wasm pipeline and is its host; keeps the inference workers. */
import {
  demoQuestion,
  rejudge,
  run,
  sources,
  type Depth,
  type Entailment,
  type Outcome,
  type Pair,
  type PipelineHost,
} from '../../pkg/probatum.js';
import { asFailure, named } from '../shared/failure';
import type { FromPipeline, ModelState, RunRequest, ToPipeline } from '../shared/messages';
import { unlessAborted } from './abort';
import { cacheGet, cachePut, dropStale } from './answers';
import { startEngine, type Engine } from './engine';
import { keepModel, modelAt, release, type Model } from './model';
import type { Pool } from './pool';
import { workerScope } from './scope';

const scope = workerScope<ToPipeline, FromPipeline>();
let running: AbortController | undefined;

// Before anything is awaited: a message that comes while wasm compiles must not be lost.
scope.addEventListener('message', ({ data }) => {
  switch (data.type) {
    case 'run':
      void start(data);
      break;
    case 'cancel':
      running?.abort();
      scope.postMessage({ type: 'cancelling' });
      break;
    case 'rejudge':
      void judgeAgain(data.record, data.leniency);
      break;
    case 'keep':
      void keepModel(data.modelUrl).then((whole) => {
        scope.postMessage({ type: 'kept', whole });
      });
      break;
  }
});

const engine = startEngine();
engine.then(
  ({ version }) => {
    scope.postMessage({ type: 'hello', version, sources: sources(), demoQuestion: demoQuestion() });
    void dropStale();
  },
  (error: unknown) => {
    scope.postMessage({ type: 'broken', error: asFailure(error) });
  },
);

async function start(request: RunRequest): Promise<void> {
  if (running) return fail(named('UsageError', 'a question is being answered already: cancel it first'));
  const controller = new AbortController();
  running = controller;
  try {
    scope.postMessage({ type: 'done', outcome: await answer(request, await unlessAborted(engine, controller.signal), controller) });
  } catch (error) {
    fail(error);
  } finally {
    running = undefined;
  }
}

async function judgeAgain(record: string, leniency: number): Promise<void> {
  try {
    await engine;
    scope.postMessage({ type: 'rejudged', outcome: rejudge(record, leniency) });
  } catch (error) {
    scope.postMessage({ type: 'rejudged', outcome: asFailure(error) });
  }
}

async function answer(request: RunRequest, engine: Engine, controller: AbortController): Promise<Outcome> {
  const { signal } = controller;
  const [model, deepModel] = await Promise.all([modelAt('small', request.modelUrl, signal), larger(request.deepUrl, signal)]);
  const small = model.pool(engine, signal, told('small'));
  const deep = deepModel && new Later(() => deepModel.pool(engine, signal, told('deep')));
  const network = request.fromKept ? nobody : (asked: Request) => fetch(asked);
  const outcome = run(request.question, request.config, model.manifest, deepModel?.manifest, host(small, deep, network, signal));
  const unusable = new Promise<never>((_, reject) => {
    small.catch(reject);
  });
  try {
    // The model loads while the sources are searched; where it cannot be loaded, searching on would be for nothing.
    return await Promise.race([outcome, unusable]);
  } catch (error) {
    if (signal.aborted) return await outcome;
    controller.abort();
    await outcome.catch(() => undefined);
    throw error;
  }
}

/** The larger model, where the reader will have it. Where it cannot be had, the run goes on without it. */
async function larger(url: string | undefined, signal: AbortSignal): Promise<Model | undefined> {
  if (url === undefined) {
    release('deep');
    return undefined;
  }
  try {
    return await modelAt('deep', url, signal);
  } catch (error) {
    tellMissing(error);
    return undefined;
  }
}

/** The workers of the larger model, loaded when the first results are there: until then nothing is to come in their way. */
class Later {
  #pool: Promise<Pool> | undefined;

  constructor(private readonly open: () => Promise<Pool>) {}

  /** Begins; asked again, it gives what it began, even if that failed. */
  pool(): Promise<Pool> {
    if (!this.#pool) {
      this.#pool = this.open();
      this.#pool.catch(tellMissing);
    }
    return this.#pool;
  }
}

function tellMissing(error: unknown): void {
  const { name, message } = asFailure(error);
  if (name !== 'CancelledError') told('deep')({ state: 'missing', reason: message });
}

const told = (depth: Depth) => (model: ModelState) => {
  scope.postMessage({ type: 'model', depth, model });
};

/** The network of a run that asks nobody: to every request the answer is that there is nothing there. */
const nobody: PipelineHost['fetch'] = () => Promise.resolve(new Response(null, { status: 404 }));

function host(small: Promise<Pool>, deep: Later | undefined, network: PipelineHost['fetch'], signal: AbortSignal): PipelineHost {
  const pairs = { scored: 0, asked: 0 };
  const report = () => {
    scope.postMessage({ type: 'pairs', ...pairs });
  };
  const read = async (batch: Pair[]): Promise<Entailment[]> => {
    pairs.asked += batch.length;
    report();
    const pool = await unlessAborted(small, signal);
    return pool.entail(batch, signal, (count) => {
      pairs.scored += count;
      report();
    });
  };
  const readAgain = async (batch: Pair[]): Promise<Entailment[]> => {
    if (!deep) throw named('ModelError', 'the larger model was not asked for');
    return (await unlessAborted(deep.pool(), signal)).entail(batch, signal);
  };
  return {
    entail: (batch, depth) => (depth === 'deep' ? readAgain(batch) : read(batch)),
    emit(progress) {
      scope.postMessage({ type: 'progress', progress });
      if (progress.stage === 'answering' || progress.stage === 'extracted') void deep?.pool().catch(() => undefined);
      return !signal.aborted;
    },
    fetch: network,
    cacheGet,
    cachePut,
    signal,
  };
}

function fail(error: unknown): void {
  scope.postMessage({ type: 'failed', error: asFailure(error) });
}
