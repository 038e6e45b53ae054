/** What is scored: token ids, since the engines differ in how, or whether, they read text. */

/** @typedef {import('./lab/runner.mjs').Pair} Pair */

/** Where the special tokens of both models lie; the speed depends on no id. */
const FIRST_WORD = 1000;

/**
 * Pairs of one length, the same ones in every run.
 * @param {number} count
 * @param {number} tokens
 * @param {number} vocabulary
 * @returns {Pair[]}
 */
export function pairsOf(count, tokens, vocabulary) {
  const next = generator(tokens);
  const id = () => FIRST_WORD + (next() % (vocabulary - FIRST_WORD));
  return Array.from({ length: count }, () => ({
    ids: Array.from({ length: tokens }, id),
    firstSegment: Math.ceil(tokens * 0.75),
  }));
}

/**
 * The linear congruential generator of Numerical Recipes; its high bits, since the low ones repeat.
 * @param {number} seed
 */
function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
}
