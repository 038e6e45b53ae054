/** Pairs as the inputs of an exported model, for the engines that take tensors; and its output as rows. */

/** @typedef {import('../runner.mjs').Pair} Pair */

/** @type {Record<string, (pair: Pair) => number[]>} */
const INPUTS = {
  input_ids: ({ ids }) => ids,
  attention_mask: ({ ids }) => ids.map(() => 1),
  token_type_ids: ({ ids, firstSegment }) => ids.map((_, at) => Number(at >= firstSegment)),
};

/**
 * @template T
 * @param {Pair[]} batch pairs of one length
 * @param {readonly string[]} names the model's inputs
 * @param {(values: BigInt64Array, shape: [number, number]) => T} tensor
 * @returns {Record<string, T>}
 */
export function encoded(batch, names, tensor) {
  const [{ ids }] = batch;
  return Object.fromEntries(
    names.map((name) => {
      const values = BigInt64Array.from(batch.flatMap(INPUTS[name]), BigInt);
      return [name, tensor(values, [batch.length, ids.length])];
    }),
  );
}

/**
 * @param {{ data: Iterable<number>, dims: readonly number[] }} logits `[pairs, 3]`
 * @returns {number[][]}
 */
export function rows({ data, dims: [pairs, classes] }) {
  const values = [...data];
  return Array.from({ length: pairs }, (_, pair) => values.slice(pair * classes, (pair + 1) * classes));
}
