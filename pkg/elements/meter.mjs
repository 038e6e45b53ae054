/** The meter of an answer: the same picture as in the report (`src/report/meter.rs`), drawn where its HTML is not at hand. */
import { el, svg } from './dom.mjs';

/**
 * @typedef {import('../probatum.js').Counts} Counts
 * @typedef {import('../probatum.js').Stance} Stance
 */

/**
 * Stances in the order of the meter, as the report names them.
 * @type {readonly { stance: Stance, words: string, count: (counts: Counts) => number }[]}
 */
export const SIDES = [
  { stance: 'yes', words: 'yes', count: ({ yes }) => yes },
  { stance: 'mixed', words: 'depends', count: ({ mixed }) => mixed },
  { stance: 'no-difference', words: 'no difference', count: ({ noDifference }) => noDifference },
  { stance: 'no', words: 'no', count: ({ no }) => no },
  { stance: 'silent', words: 'no side', count: ({ silent }) => silent },
];

/** Length and height of the bar, the room between two parts and the side of a swatch, in user units: those of the report's. */
const [LENGTH, HEIGHT, GAP, SWATCH] = [600, 28, 3, 14];

/**
 * What is drawn over a part, by stance: the side of its tile and its path. *Yes* is plain.
 * @type {Partial<Record<Stance, readonly [number, string]>>}
 */
const PATTERNS = {
  mixed: [8, 'M-2 2 2-2M0 8 8 0M6 10 10 6'],
  'no-difference': [7, 'M0 3.5H7'],
  no: [8, 'M0 0 8 8M8 0 0 8'],
};

/** @typedef {{ stance: Stance, left: number, width: number }} Part a part of the bar */

/**
 * Where each part lies, in user units; papers that take no side have none.
 * @param {Counts} counts
 * @returns {Part[]}
 */
export function parts(counts) {
  const sided = SIDES.filter(({ stance, count }) => stance !== 'silent' && count(counts) > 0);
  const all = sided.reduce((sum, { count }) => sum + count(counts), 0);
  const room = LENGTH - GAP * (sided.length - 1);
  let left = 0;
  return sided.map(({ stance, count }) => {
    const width = (room * count(counts)) / all;
    const part = { stance, left, width };
    left += width + GAP;
    return part;
  });
}

/**
 * The counts in words: "6 yes, 1 no".
 * @param {Counts} counts
 */
export function inWords(counts) {
  return taken(counts)
    .map(({ words, count }) => `${count(counts)} ${words}`)
    .join(', ');
}

/**
 * The bar with its counts; nothing but the counts where no paper takes a side.
 * @param {Counts} counts
 * @param {string} id keeps the patterns of two meters apart
 * @returns {HTMLElement}
 */
export function meter(counts, id) {
  return el('div', { class: 'meter' }, bar(counts, id), el('p', { class: 'legend' }, inWords(counts)));
}

/**
 * The bar with a legend that shows what each pattern stands for.
 * @param {Counts} counts
 * @param {string} id keeps the patterns of two meters apart
 * @returns {HTMLElement}
 */
export function meterWithKey(counts, id) {
  const drawn = bar(counts, id);
  const entries = taken(counts).map(({ stance, words, count }) =>
    el('li', {}, drawn && swatch(stance, id), el('b', {}, String(count(counts))), ` ${words}`),
  );
  return el('div', { class: 'meter' }, drawn, el('ul', { class: 'legend' }, ...entries));
}

/**
 * @param {Counts} counts
 * @param {string} id
 */
function bar(counts, id) {
  const drawn = parts(counts);
  const box = { class: 'bar', viewBox: `0 0 ${LENGTH} ${HEIGHT}`, role: 'img', 'aria-label': inWords(counts) };
  return drawn.length > 0 && svg('svg', box, patterns(id), ...drawn.flatMap(({ stance, left, width }) => shapes(stance, id, left, width, HEIGHT)));
}

/**
 * The stances that some paper takes.
 * @param {Counts} counts
 */
const taken = (counts) => SIDES.filter(({ count }) => count(counts) > 0);

/**
 * @param {Stance} stance
 * @param {string} id
 */
function swatch(stance, id) {
  return svg('svg', { class: 'swatch', viewBox: `0 0 ${SWATCH} ${SWATCH}`, 'aria-hidden': 'true' }, ...shapes(stance, id, 0, SWATCH, SWATCH));
}

/** @param {string} id */
function patterns(id) {
  const made = Object.entries(PATTERNS).map(([stance, [side, path]]) =>
    svg('pattern', { id: `${id}-${stance}`, width: String(side), height: String(side), patternUnits: 'userSpaceOnUse' }, svg('path', { class: 'stroke', d: path })),
  );
  return svg('defs', {}, ...made);
}

/**
 * A rectangle in a stance's colour, and its pattern over it.
 * @param {Stance} stance
 * @param {string} id
 * @param {number} left
 * @param {number} width
 * @param {number} height
 */
function shapes(stance, id, left, width, height) {
  const place = { x: left.toFixed(1), width: width.toFixed(1), height: String(height) };
  const over = stance in PATTERNS ? [svg('rect', { ...place, fill: `url(#${id}-${stance})` })] : [];
  return [svg('rect', { class: `part ${stance}`, ...place }), ...over];
}
