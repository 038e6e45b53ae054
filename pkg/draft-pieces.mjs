/** A draft in pieces: what stands between its sentences, each sentence, its parts, and what of it stands in no cited text. */

/**
 * @typedef {import('./probatum.js').Place} Place
 * @typedef {import('./probatum.js').CheckedSentence} CheckedSentence
 */

/**
 * A stretch of the draft.
 * @typedef {object} Piece
 * @property {string} text
 * @property {number} [sentence] which sentence it is of; nothing between sentences
 * @property {number} [part] which part of the sentence it is of, where that has parts
 * @property {boolean} [isFirst] whether the sentence begins with it: one with another within has several
 * @property {boolean} [isLast] whether the sentence ends with it
 * @property {boolean} [isOdd] whether no cited text has it: a number, a quotation, a word that says more
 * @property {boolean} [isUncovered] whether it is any other word that no cited text has
 */

/**
 * What is asked of a sentence here.
 * @typedef {Pick<CheckedSentence, 'place' | 'marks' | 'quotations' | 'numbers' | 'drifts'> & Partial<Pick<CheckedSentence, 'parts' | 'uncovered'>>} Placed
 */

/**
 * A part of the draft that is shown beside the notes on its sentences.
 * @typedef {Place & { sentences: number[] }} Block
 */

/**
 * The draft in blocks: paragraphs between blank lines, those without a sentence put before the next one that has some, and
 * those that a sentence reaches across taken together. They hold every character once.
 * @param {string} text
 * @param {readonly Pick<CheckedSentence, 'place'>[]} sentences
 * @returns {Block[]}
 */
export function blocksOf(text, sentences) {
  const ends = [...text.matchAll(/\n[ \t]*\n\s*/g)].map(({ index, 0: gap }) => index + gap.length);
  /** @type {Block[]} */
  const blocks = [];
  /** @type {Block} */
  let block = { start: 0, end: 0, sentences: [] };
  let reach = 0;
  let next = 0;
  for (const end of [...ends, text.length]) {
    if (block.sentences.length > 0 && reach <= block.end) {
      blocks.push(block);
      block = { start: block.end, end: block.end, sentences: [] };
    }
    for (let at = sentences[next]?.place; at && at.start < end; at = sentences[next]?.place) {
      block.sentences.push(next);
      reach = Math.max(reach, at.end);
      next += 1;
    }
    block.end = end;
  }
  return block.end > block.start ? [...blocks, block] : blocks;
}

/**
 * The pieces of a block, in order.
 * @param {string} text
 * @param {Block} block
 * @param {readonly Placed[]} sentences
 * @returns {Piece[]}
 */
export function piecesOf(text, block, sentences) {
  const own = block.sentences.flatMap((index) => (sentences[index] ? [{ index, ...sentences[index] }] : []));
  const odd = own.flatMap((sentence) => oddIn(text, sentence));
  const isOdd = (/** @type {Place} */ place) => odd.some(({ start, end }) => start < place.end && place.start < end);
  const uncovered = own.flatMap((sentence) => sentence.uncovered ?? []).filter((place) => !isOdd(place));
  const parts = own.flatMap((sentence) => (sentence.parts ?? []).map(({ place }) => place));
  const cuts = new Set([block.start, block.end, ...[...own.map(({ place }) => place), ...odd, ...uncovered, ...parts].flatMap(({ start, end }) => [start, end])]);
  const at = [...cuts].filter((cut) => cut >= block.start && cut <= block.end).sort((a, b) => a - b);
  const pieces = at.slice(0, -1).map((start, n) => {
    const end = at[n + 1] ?? block.end;
    // Of a sentence within another, the inner one.
    const of = own.filter(({ place }) => place.start <= start && end <= place.end).sort((a, b) => b.place.start - a.place.start)[0];
    const isWithin = (/** @type {Place} */ place) => place.start <= start && end <= place.end;
    const part = (of?.parts ?? []).findIndex(({ place }) => isWithin(place));
    /** @type {Piece} */
    const piece = {
      text: text.slice(start, end),
      ...(of && { sentence: of.index }),
      ...(part >= 0 && { part }),
      ...(odd.some(isWithin) && { isOdd: true }),
      ...(uncovered.some(isWithin) && { isUncovered: true }),
    };
    return piece;
  });
  for (const { index } of own) {
    const its = pieces.filter(({ sentence }) => sentence === index);
    const [first, last] = [its[0], its[its.length - 1]];
    if (first && last) {
      first.isFirst = true;
      last.isLast = true;
    }
  }
  return pieces;
}

/**
 * Where a sentence has numbers and quotations that no cited text has, and words that say more than they do.
 * @param {string} text
 * @param {Placed} sentence
 * @returns {Place[]}
 */
function oddIn(text, { place, marks, quotations, numbers, drifts }) {
  const quoted = quotations.filter(({ isCited }) => !isCited).map((quotation) => quotation.place);
  const written = text.slice(place.start, place.end);
  const isCitation = (/** @type {Place} */ { start, end }) => marks.some((mark) => mark.start < end && start < mark.end);
  // Numbers are told without their places, in words whose markup is gone: one that is written otherwise is named beside alone.
  const words = [...numbers, ...drifts.map((drift) => drift.words)].filter((word) => word !== '');
  const counted = words.flatMap((number) => wholes(written, number, place.start).filter((at) => !isCitation(at)).slice(0, 1));
  return [...quoted, ...counted];
}

/**
 * Where a number stands in a text, but for where it is part of another one or of a word.
 * @param {string} text
 * @param {string} number
 * @param {number} offset
 * @returns {Place[]}
 */
function wholes(text, number, offset) {
  // Its parts may have TeX's spaces and backslashes between them: "43\,\%" is told as "43 %".
  const parts = number.split(/\s+|(?=%)/u).filter((part) => part !== '').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const written = new RegExp(`(?<![\\p{L}\\p{N}][.,]?)${parts.join(String.raw`(?:\s|~|\\[,;:!]?)*`)}(?![.,]?\\p{N}|\\p{L})`, 'giu');
  return [...text.matchAll(written)].map(({ index, 0: found }) => ({ start: offset + index, end: offset + index + found.length }));
}
