/** What the package's types promise, to a user who is strict. */
import { createProbatum, LIMITS, type Outcome, type Probability, type Progress } from 'probatum';
import { Nli, initSync } from 'probatum/wasm';

export async function use(signal: AbortSignal): Promise<[Outcome, Probability]> {
  const probatum = await createProbatum({ workers: 1, signal, onModel: (depth, state) => [depth === 'small', state.state === 'ready'] });
  const asked = probatum.ask('Do naps improve memory?', {
    sources: ['openalex'],
    limits: { maxClaims: LIMITS.maxClaims },
    onProgress: (progress: Progress) => progress.stage === 'found' && progress.papers.length,
  });
  for await (const progress of asked) if (progress.stage === 'screened') progress.excluded.toFixed();
  // @ts-expect-error: no such source
  void probatum.ask('Do naps improve memory?', { sources: ['gopher'] });
  // @ts-expect-error: a number of workers
  void createProbatum({ workers: 'many' });
  return [await asked, await probatum.judge('premise', 'hypothesis')];
}

export const bindings: [typeof Nli, typeof initSync] = [Nli, initSync];
