/** The tables of `npm run eval -- --questions`. */
import { sidesRight } from './questions-measures.mjs';
import { halfOf, interval, valueOf } from './questions-score.mjs';

/** @typedef {import('./questions-score.mjs').Scored} Scored */
/** @typedef {import('./questions-score.mjs').Part} Part */

/**
 * A measure taken of all questions and of each half of them.
 * @typedef {object} Taken
 * @property {string} name
 * @property {number | null} value
 * @property {number} [hit] of a share
 * @property {number} [of] of a share
 * @property {[number, number] | null} interval of 95 %
 * @property {number | null} a half a
 * @property {number | null} b half b
 * @property {number} [must]
 * @property {number} [aim]
 * @property {boolean} [reached] the must, where there is something to measure
 */

/**
 * @template {{ id: string }} S
 * @param {import('./questions-score.mjs').Measure<S>[]} measures
 * @param {S[]} scored
 * @returns {Taken[]}
 */
export function takeAll(measures, scored) {
  const half = (/** @type {string} */ wanted) => scored.filter(({ id }) => halfOf(id) === wanted);
  const [a, b] = [half('a'), half('b')];
  const over = (/** @type {S[]} */ some, /** @type {typeof measures[number]} */ { of }) =>
    some.length > 0 ? valueOf(of(some)) : null;
  return measures.map((measure) => {
    const { name, of, must, aim, better } = measure;
    const found = of(scored);
    const value = valueOf(found);
    return {
      name,
      value,
      ...(found !== null && typeof found === 'object' && found),
      interval: interval(scored, of),
      a: over(a, measure),
      b: over(b, measure),
      must,
      aim,
      ...(must !== undefined && value !== null && { reached: better === 'least' ? value <= must : value >= must }),
    };
  });
}

/** @param {number | null | undefined} value */
function shown(value) {
  if (value === null || value === undefined) return '–';
  if (value === Infinity) return '∞';
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

/**
 * Cells in columns, the first one to the left and the others to the right.
 * @param {string[][]} rows the first one the heading
 */
export function columns(rows) {
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => row[at].length)));
  const padded = (/** @type {string} */ cell, /** @type {number} */ at) =>
    at === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[at]);
  return rows.map((row) => row.map(padded).join('  ').trimEnd()).join('\n');
}

/**
 * @param {string} title
 * @param {Taken[]} taken
 */
export function measuresTable(title, taken) {
  const rows = taken.map(({ name, value, hit, of, interval, a, b, must, aim, reached }) => [
    name,
    shown(value),
    of === undefined ? '' : `${hit} of ${of}`,
    interval === null ? '–' : `${shown(interval[0])}–${shown(interval[1])}`,
    shown(a),
    shown(b),
    must === undefined ? '' : shown(must),
    aim === undefined ? '' : shown(aim),
    reached === false ? 'below' : '',
  ]);
  return `${title}\n${columns([['', 'value', '', '95 %', 'half a', 'half b', 'must', 'aim', ''], ...rows])}\n`;
}

/**
 * A question a line: what of its deciding papers was left after each stage. Sides: right of taken, of judged papers with a row.
 * Rows: deciding, on the topic, off it, never judged. Claims: decided and leaning, of all.
 * @param {Scored[]} scored
 */
export function questionsTable(scored) {
  const stages = ['decide', 'found', 'row', '1st', '1st/2nd', 'sides', 'asked', 'answered', ''];
  const heading = ['', ...stages, 'held', 'rows 2/1/0/?', 'works', 'claims', 'words', 's', 'pairs'];
  const rows = scored.map((s) => {
    const sides = sidesRight(s.stances);
    const { two, one, zero, unjudged } = s.rows;
    return [
      s.id,
      String(s.found.of),
      String(s.found.hit),
      String(s.row.hit),
      String(s.first.hit),
      String(s.shown.hit),
      s.asks ? `${sides.hit}/${sides.of}` : '',
      s.expected,
      s.failed ? 'failed' : (s.label ?? '–'),
      s.answer,
      s.cited.of > 0 ? `${s.cited.hit}/${s.cited.of}` : '',
      `${two}/${one}/${zero}/${unjudged}`,
      String(s.works),
      `${s.claims.decided + s.claims.leaning}/${s.claims.of}`,
      s.words === null ? '–' : String(s.words),
      s.seconds.toFixed(1),
      String(s.pairs),
    ];
  });
  return `${columns([heading, ...rows])}\n`;
}

/**
 * Variants beside each other.
 * @param {{ name: string, taken: Taken[] }[]} variants
 */
export function ablationTable(variants) {
  const names = variants[0].taken.map(({ name }) => name);
  const rows = names.map((name, at) => [name, ...variants.map(({ taken }) => shown(taken[at].value))]);
  return `${columns([['', ...variants.map(({ name }) => name)], ...rows])}\n`;
}

/**
 * @param {import('./pubmedqa.mjs').ScoredPubmedqa[]} scored
 */
export function pubmedqaTable(scored) {
  const rows = scored.map(({ id, expected, label, own, found, seconds, pairs, failed }) => [
    id,
    expected,
    failed ? 'failed' : (label ?? '–'),
    own ?? (found ? 'no row' : 'not found'),
    seconds.toFixed(1),
    String(pairs),
  ]);
  return `${columns([['', 'expected', 'answered', 'own row', 's', 'pairs'], ...rows])}\n`;
}
