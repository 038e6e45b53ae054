/** Pairs of real lengths: SciFact's claims with the passages that the pipeline itself would test them against. */
import { load } from '../../pkg/node/wasm.mjs';
import { libraryOf, readTask } from '../../scripts/eval/scifact.mjs';
import { installed } from './installed.mjs';
import { MOST_TOKENS } from './models.mjs';

/** @typedef {import('./lab/runner.mjs').Pair} Pair */

const BATCH = 16;

/**
 * Batches of at most sixteen pairs of one length, from the shortest: nothing is padded. Sorted like this, every engine
 * has what it likes best.
 * @param {string} folder
 * @param {import('./models.mjs').BenchModel} model
 * @returns {Promise<Pair[][]>}
 */
export async function scifactBatches(folder, { files }) {
  await load();
  const { documents, claims } = await readTask(folder);
  const library = libraryOf(documents);
  const { Tokenizer } = await installed('@huggingface/tokenizers');
  const tokenizer = new Tokenizer(JSON.parse(new TextDecoder().decode(files.tokenizer)), {});
  const pairs = claims.flatMap(({ claim }) => library.pairs(claim, {}).map((pair) => encoded(tokenizer, pair)));
  return batchesByLength(pairs.filter(({ ids }) => ids.length <= MOST_TOKENS));
}

/**
 * @param {any} tokenizer
 * @param {import('../../pkg/probatum.js').Pair} pair
 * @returns {Pair}
 */
function encoded(tokenizer, { premise, hypothesis }) {
  const { ids, token_type_ids } = tokenizer.encode(premise, { text_pair: hypothesis, return_token_type_ids: true });
  return { ids, firstSegment: token_type_ids.indexOf(1) };
}

/**
 * @param {Pair[]} pairs
 * @returns {Pair[][]}
 */
function batchesByLength(pairs) {
  /** @type {Pair[][]} */
  const batches = [];
  for (const pair of pairs.toSorted((a, b) => a.ids.length - b.ids.length)) {
    const last = batches.at(-1);
    if (last && last.length < BATCH && last[0].ids.length === pair.ids.length) last.push(pair);
    else batches.push([pair]);
  }
  return batches;
}

/**
 * Some of them, spread evenly over the lengths.
 * @param {Pair[][]} batches
 * @param {number} tokens about so many in all
 */
export function sampled(batches, tokens) {
  const all = batches.flat().reduce((sum, { ids }) => sum + ids.length, 0);
  const step = Math.max(1, Math.round(all / tokens));
  return batches.filter((_, at) => at % step === Math.floor(step / 2));
}
