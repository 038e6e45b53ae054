/** What an inference worker does: it holds the model and answers batches in the order they come. */
import { asFailure, modelError } from './errors.mjs';
import { Nli, initSync, version } from './probatum.js';
import { sha256 } from './sha256.mjs';

/**
 * @typedef {import('./messages.mjs').ToInference} ToInference
 * @typedef {import('./messages.mjs').FromInference} FromInference
 * @typedef {import('./messages.mjs').ModelFiles} ModelFiles
 */

/**
 * Serves this thread.
 * @param {import('./messages.mjs').Scope<ToInference, FromInference>} scope
 */
export function serveInference(scope) {
  /** @type {Nli | undefined} */
  let nli;
  /**
   * @param {ToInference} message
   * @returns {Promise<FromInference>}
   */
  const answer = async (message) => {
    if (message.type === 'load') {
      nli = await load(message.module, message.files);
      return { type: 'hello', version: version(), memoryBytes: nli.memoryBytes() };
    }
    if (!nli) throw modelError('pairs came before the model was loaded');
    return { type: 'scored', entailments: nli.entail(message.pairs) };
  };
  scope.listen((message) => {
    answer(message).then(scope.post, (error) => {
      scope.post({ type: 'failed', error: asFailure(error), fatal: error instanceof WebAssembly.RuntimeError });
    });
  });
}

/**
 * @param {WebAssembly.Module} module
 * @param {ModelFiles} files
 */
async function load(module, files) {
  const [model, tokenizer] = await Promise.all([bytesOf(files.model), bytesOf(files.tokenizer)]);
  // Where there is no such digest (a page served over plain HTTP, memory that threads share) the module computes it.
  const digest = globalThis.isSecureContext && model.buffer instanceof ArrayBuffer ? sha256(/** @type {Uint8Array<ArrayBuffer>} */ (model)) : undefined;
  // The digest is computed on a thread of its own meanwhile.
  initSync({ module });
  return new Nli(files.manifest, model, tokenizer, await digest);
}

/** @param {Uint8Array | Blob} file */
const bytesOf = async (file) => (file instanceof Blob ? new Uint8Array(await file.arrayBuffer()) : file);
