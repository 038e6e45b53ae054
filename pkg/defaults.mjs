/**
 * What a run may do.
 * @typedef {object} Limits
 * @property {number} maxPapers papers kept after screening
 * @property {number} maxFullTexts full texts tried; the others are read as abstracts
 * @property {number} maxClaims claims tested
 * @property {number} maxClaimsPerPaper claims taken from one paper
 * @property {number} passagesPerClaim independent passages tested for a claim
 */

/**
 * What a run may do where nobody said otherwise. The page and the command use these same numbers: they are printed in
 * the report, and the same question must give the same report in both.
 * @type {Readonly<Limits>}
 */
export const LIMITS = Object.freeze({
  maxPapers: 60,
  maxFullTexts: 8,
  maxClaims: 24,
  maxClaimsPerPaper: 3,
  passagesPerClaim: 8,
});

/**
 * The least and the most that each may be: in the page, in the command and in the library; the engine refuses the rest too.
 * @type {Readonly<Record<keyof Limits, readonly [least: number, most: number]>>}
 */
export const BOUNDS = Object.freeze({
  maxPapers: [1, 500],
  // A run without full texts reads abstracts; every other limit of 0 would leave nothing to report.
  maxFullTexts: [0, 500],
  maxClaims: [1, 500],
  maxClaimsPerPaper: [1, 500],
  passagesPerClaim: [1, 500],
});

/**
 * Today where the reader is: the pipeline has no clock.
 * @param {Date} [now]
 * @returns {string} `YYYY-MM-DD`
 */
export function today(now = new Date()) {
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
