/** The meter of the forming answer: the same picture as in the report (`src/report/meter.rs`), drawn while it runs. */
import type { Counts, Stance } from '../../pkg/probatum.js';
import { el } from './dom';

/** Stances in the order of the meter, as the report names them. */
export const SIDES: readonly { stance: Stance; words: string; count: (counts: Counts) => number }[] = [
  { stance: 'yes', words: 'yes', count: ({ yes }) => yes },
  { stance: 'mixed', words: 'depends', count: ({ mixed }) => mixed },
  { stance: 'no-difference', words: 'no difference', count: ({ noDifference }) => noDifference },
  { stance: 'no', words: 'no', count: ({ no }) => no },
  { stance: 'silent', words: 'no side', count: ({ silent }) => silent },
];

/** Length and height of the bar, and the room between two parts, in user units: those of the report's. */
const [LENGTH, HEIGHT, GAP] = [600, 28, 3];

/** What is drawn over a part, by stance: the side of its tile and its path. *Yes* is plain. */
const PATTERNS: Partial<Record<Stance, readonly [number, string]>> = {
  mixed: [8, 'M-2 2 2-2M0 8 8 0M6 10 10 6'],
  'no-difference': [7, 'M0 3.5H7'],
  no: [8, 'M0 0 8 8M8 0 0 8'],
};

/** A part of the bar. */
export interface Part {
  stance: Stance;
  left: number;
  width: number;
}

/** Where each part lies, in user units; papers that take no side have none. */
export function parts(counts: Counts): Part[] {
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

/** The counts in words: "6 yes, 1 no". */
export function inWords(counts: Counts): string {
  return SIDES.filter(({ count }) => count(counts) > 0)
    .map(({ words, count }) => `${count(counts)} ${words}`)
    .join(', ');
}

/** The bar with its counts; nothing but the counts where no paper takes a side. */
export function meter(counts: Counts): HTMLElement {
  const drawn = parts(counts);
  const words = inWords(counts);
  const bar = drawn.length > 0 && svg('svg', { class: 'bar', viewBox: `0 0 ${LENGTH} ${HEIGHT}`, role: 'img', 'aria-label': words }, patterns(), ...drawn.flatMap(shapes));
  return el('div', { class: 'meter' }, bar, el('p', { class: 'legend' }, words));
}

function patterns(): SVGElement {
  const made = Object.entries(PATTERNS).map(([stance, [side, path]]) =>
    svg('pattern', { id: `live-${stance}`, width: String(side), height: String(side), patternUnits: 'userSpaceOnUse' }, svg('path', { class: 'stroke', d: path })),
  );
  return svg('defs', {}, ...made);
}

function shapes({ stance, left, width }: Part): SVGElement[] {
  const place = { x: left.toFixed(1), width: width.toFixed(1), height: String(HEIGHT) };
  const over = stance in PATTERNS ? [svg('rect', { ...place, fill: `url(#live-${stance})` })] : [];
  return [svg('rect', { class: `part ${stance}`, ...place }), ...over];
}

function svg(tag: string, attributes: Record<string, string>, ...children: SVGElement[]): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
