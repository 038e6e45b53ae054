/**
 * Places of a text's sentences on the pages of a PDF, packed into one array of numbers: a paper has thousands, and they are copied
 * from thread to thread, and kept, at once.
 */

/** @typedef {import('./probatum.js').GivenPlace} GivenPlace */

/** Numbers a place. Single precision has whole numbers up to 16 million, more than any text that is read has letters. */
const EACH = 7;

/** @param {readonly GivenPlace[]} places */
export function packPlaces(places) {
  const packed = new Float32Array(EACH * places.length);
  for (const [at, { start, end, page, x, y, width, height }] of places.entries()) packed.set([start, end, page, x, y, width, height], EACH * at);
  return packed;
}

/**
 * Those of the packed places that share a letter with a stretch of the text, in order.
 * @param {Float32Array} packed
 * @param {{ start: number, end: number }} stretch
 * @returns {GivenPlace[]}
 */
export function placesWithin(packed, stretch) {
  const found = [];
  for (let at = 0; at < packed.length; at += EACH) {
    const [start, end, page, x, y, width, height] = packed.subarray(at, at + EACH);
    if (start < stretch.end && stretch.start < end) found.push({ start, end, page, x, y, width, height });
  }
  return found;
}
