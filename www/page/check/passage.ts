/** A draft in pieces: what stands between its sentences, each sentence, its parts, and what of it stands in no cited text. */
import type { CheckedSentence, Place } from '../../../pkg/probatum.js';

/** A stretch of the draft. */
export interface Piece {
  text: string;
  /** Which sentence it is of; nothing between sentences. */
  sentence?: number;
  /** Which part of the sentence it is of, where that has parts. */
  part?: number;
  /** Whether the sentence begins with it: one with another within has several. */
  isFirst?: boolean;
  /** Whether the sentence ends with it. */
  isLast?: boolean;
  /** Whether no cited text has it: a number, a quotation, a word that says more. */
  isOdd?: boolean;
  /** Whether it is any other word that no cited text has. */
  isUncovered?: boolean;
}

/** What is asked of a sentence here. */
export type Placed = Pick<CheckedSentence, 'place' | 'marks' | 'quotations' | 'numbers' | 'drifts'> & Partial<Pick<CheckedSentence, 'parts' | 'uncovered'>>;

/** A part of the draft that is shown beside the notes on its sentences. */
export interface Block extends Place {
  sentences: number[];
}

/**
 * The draft in blocks: paragraphs between blank lines, those without a sentence put before the next one that has some, and
 * those that a sentence reaches across taken together. They hold every character once.
 */
export function blocksOf(text: string, sentences: readonly Pick<CheckedSentence, 'place'>[]): Block[] {
  const ends = [...text.matchAll(/\n[ \t]*\n\s*/g)].map(({ index, 0: gap }) => index + gap.length);
  const blocks: Block[] = [];
  let block: Block = { start: 0, end: 0, sentences: [] };
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

/** The pieces of a block, in order. */
export function piecesOf(text: string, block: Block, sentences: readonly Placed[]): Piece[] {
  const own = block.sentences.flatMap((index) => (sentences[index] ? [{ index, ...sentences[index] }] : []));
  const odd = own.flatMap((sentence) => oddIn(text, sentence));
  const isOdd = (place: Place) => odd.some(({ start, end }) => start < place.end && place.start < end);
  const uncovered = own.flatMap((sentence) => sentence.uncovered ?? []).filter((place) => !isOdd(place));
  const parts = own.flatMap((sentence) => (sentence.parts ?? []).map(({ place }) => place));
  const cuts = new Set([block.start, block.end, ...[...own.map(({ place }) => place), ...odd, ...uncovered, ...parts].flatMap(({ start, end }) => [start, end])]);
  const at = [...cuts].filter((cut) => cut >= block.start && cut <= block.end).sort((a, b) => a - b);
  const pieces = at.slice(0, -1).map((start, n): Piece => {
    const end = at[n + 1] ?? block.end;
    // Of a sentence within another, the inner one.
    const of = own.filter(({ place }) => place.start <= start && end <= place.end).sort((a, b) => b.place.start - a.place.start)[0];
    const isWithin = (place: Place) => place.start <= start && end <= place.end;
    const part = (of?.parts ?? []).findIndex(({ place }) => isWithin(place));
    return {
      text: text.slice(start, end),
      ...(of && { sentence: of.index }),
      ...(part >= 0 && { part }),
      ...(odd.some(isWithin) && { isOdd: true }),
      ...(uncovered.some(isWithin) && { isUncovered: true }),
    };
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

/** Where a sentence has numbers and quotations that no cited text has, and words that say more than they do. */
function oddIn(text: string, { place, marks, quotations, numbers, drifts }: Placed): Place[] {
  const quoted = quotations.filter(({ isCited }) => !isCited).map(({ place }) => place);
  const written = text.slice(place.start, place.end);
  const isCitation = ({ start, end }: Place) => marks.some((mark) => mark.start < end && start < mark.end);
  // Numbers are told without their places, in words whose markup is gone: one that is written otherwise is named beside alone.
  const words = [...numbers, ...drifts.map((drift) => drift.words)].filter((words) => words !== '');
  const counted = words.flatMap((number) => wholes(written, number, place.start).filter((at) => !isCitation(at)).slice(0, 1));
  return [...quoted, ...counted];
}

/** Where a number stands in a text, but for where it is part of another one or of a word. */
function wholes(text: string, number: string, offset: number): Place[] {
  // Its parts may have TeX's spaces and backslashes between them: "43\,\%" is told as "43 %".
  const parts = number.split(/\s+|(?=%)/u).filter((part) => part !== '').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const written = new RegExp(`(?<![\\p{L}\\p{N}][.,]?)${parts.join(String.raw`(?:\s|~|\\[,;:!]?)*`)}(?![.,]?\\p{N}|\\p{L})`, 'giu');
  return [...text.matchAll(written)].map(({ index, 0: found }) => ({ start: offset + index, end: offset + index + found.length }));
}
