/** One inference worker: holds the model and answers batches in the order they come. */
import { Nli, initSync, version } from '../../pkg/probatum.js';
import { asFailure, named } from '../shared/failure';
import type { FromNli, ModelFiles, ToNli } from '../shared/messages';
import { workerScope } from './scope';

const scope = workerScope<ToNli, FromNli>();
let nli: Nli | undefined;

scope.addEventListener('message', ({ data }) => {
  try {
    scope.postMessage(data.type === 'load' ? load(data.module, data.files) : score(data.pairs));
  } catch (error) {
    scope.postMessage({ type: 'failed', error: asFailure(error), fatal: error instanceof WebAssembly.RuntimeError });
  }
});

function load(module: WebAssembly.Module, { manifest, model, tokenizer }: ModelFiles): FromNli {
  initSync({ module });
  nli = new Nli(manifest, model, tokenizer);
  return { type: 'hello', version: version(), memoryBytes: nli.memoryBytes() };
}

function score(pairs: Parameters<Nli['entail']>[0]): FromNli {
  if (!nli) throw named('ModelError', 'pairs came before the model was loaded');
  return { type: 'scored', entailments: nli.entail(pairs) };
}
