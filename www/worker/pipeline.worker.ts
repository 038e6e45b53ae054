/** The pipeline worker: runs the wasm pipeline and is its host; keeps the inference workers. */
import { demoQuestion, run, sources, type Outcome, type Pair, type PipelineHost } from '../../pkg/probatum.js';
import { asFailure, named } from '../shared/failure';
import type { FromPipeline, RunRequest, ToPipeline } from '../shared/messages';
import { unlessAborted } from './abort';
import { cacheGet, cachePut, dropStale } from './answers';
import { startEngine, type Engine } from './engine';
import { keepModel, modelAt, type Model } from './model';
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

async function answer(request: RunRequest, engine: Engine, controller: AbortController): Promise<Outcome> {
  const { signal } = controller;
  const model = await modelAt(request.modelUrl, engine, signal, (state) => {
    scope.postMessage({ type: 'model', model: state });
  });
  const pipeline = () => run(request.question, request.config, model.manifest, host(model, signal));
  if (request.fromKept) {
    await unlessAborted(model.pool, signal);
    return askingNobody(pipeline);
  }
  const outcome = pipeline();
  const unusable = new Promise<never>((_, reject) => {
    model.pool.catch(reject);
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

/** Runs with the network shut: to every request the answer is that there is nothing there. */
async function askingNobody<T>(work: () => Promise<T>): Promise<T> {
  const { fetch } = globalThis;
  globalThis.fetch = () => Promise.resolve(new Response(null, { status: 404 }));
  try {
    return await work();
  } finally {
    globalThis.fetch = fetch;
  }
}

function host(model: Model, signal: AbortSignal): PipelineHost {
  const pairs = { scored: 0, asked: 0 };
  const report = () => {
    scope.postMessage({ type: 'pairs', ...pairs });
  };
  return {
    async entail(batch: Pair[]) {
      pairs.asked += batch.length;
      report();
      const pool = await unlessAborted(model.pool, signal);
      return pool.entail(batch, signal, (count) => {
        pairs.scored += count;
        report();
      });
    },
    emit(progress) {
      scope.postMessage({ type: 'progress', progress });
      return !signal.aborted;
    },
    fetch: (request) => fetch(request),
    cacheGet,
    cachePut,
    signal,
  };
}

function fail(error: unknown): void {
  scope.postMessage({ type: 'failed', error: asFailure(error) });
}
