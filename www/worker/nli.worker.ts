/** One inference worker: holds the model and answers batches in the order they come. */
import { Nli, initSync, version } from '../../pkg/probatum.js';
import { asFailure, named } from '../shared/failure';
import type { FromNli, ModelFiles, ToNli } from '../shared/messages';
import { workerScope } from './scope';
import { sha256 } from './sha256';

const scope = workerScope<ToNli, FromNli>();
let nli: Nli | undefined;

scope.addEventListener('message', ({ data }) => {
  void answer(data).then((message) => {
    scope.postMessage(message);
  });
});

async function answer(message: ToNli): Promise<FromNli> {
  try {
    return message.type === 'load' ? await load(message.module, message.files) : score(message.pairs);
  } catch (error) {
    return { type: 'failed', error: asFailure(error), fatal: error instanceof WebAssembly.RuntimeError };
  }
}

async function load(module: WebAssembly.Module, files: ModelFiles): Promise<FromNli> {
  const [model, tokenizer] = await Promise.all([bytes(files.model), bytes(files.tokenizer)]);
  // Served over plain HTTP a page has no such digest; then the module computes it.
  const digest = isSecureContext ? sha256(model) : undefined;
  // The digest is computed on a thread of its own meanwhile.
  initSync({ module });
  nli = new Nli(files.manifest, model, tokenizer, await digest);
  return { type: 'hello', version: version(), memoryBytes: nli.memoryBytes() };
}

function score(pairs: Parameters<Nli['entail']>[0]): FromNli {
  if (!nli) throw named('ModelError', 'pairs came before the model was loaded');
  return { type: 'scored', entailments: nli.entail(pairs) };
}

const bytes = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());
