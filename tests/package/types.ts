/** What the package's types promise, to a user who is strict. */
import { createProbatum, LIMITS, type Checked, type Outcome, type Probability, type Progress } from 'probatum';
import { ProbatumCheck, type ProbatumReport } from 'probatum/elements';
import { Nli, initSync } from 'probatum/wasm';

export async function use(signal: AbortSignal): Promise<[Outcome, Probability]> {
  const probatum = await createProbatum({ workers: 1, signal, onModel: (depth, state) => [depth === 'small', state.state === 'ready'] });
  const asked = probatum.ask('Do naps improve memory?', {
    sources: ['openalex'],
    limits: { maxClaims: LIMITS.maxClaims },
    onProgress: (progress: Progress) => progress.stage === 'found' && progress.papers.length,
  });
  for await (const progress of asked) if (progress.stage === 'screened') progress.excluded.toFixed();
  const checked: Checked = await probatum.check('Naps improve memory.', ['one text', { id: 'two', text: 'another' }], { limits: { passages: 4 } });
  checked.for.map(({ text, start, end, quote }) => [text, end - start, quote]);
  for await (const row of probatum.checkMany(['Naps improve memory.'], { texts: ['one text'] })) {
    if (row.error) row.error.message.trim();
    else row.checked.reason.trim();
  }
  // @ts-expect-error: no such source
  void probatum.ask('Do naps improve memory?', { sources: ['gopher'] });
  // @ts-expect-error: a number of workers
  void createProbatum({ workers: 'many' });
  return [await asked, await probatum.judge('premise', 'hypothesis')];
}

export function elements(report: ProbatumReport): HTMLElement {
  const check = new ProbatumCheck();
  check.claim = 'Naps improve memory.';
  check.texts = ['one text', { id: 'two', text: 'another' }];
  check.texts.map(({ text }) => text.trim());
  void check.check().then((checked?: Checked) => checked?.label);
  report.src = 'report.json';
  report.report = { format: 2 };
  // @ts-expect-error: the claim is words
  check.claim = 7;
  return check;
}

export const bindings: [typeof Nli, typeof initSync] = [Nli, initSync];
