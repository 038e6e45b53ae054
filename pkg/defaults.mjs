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
 * Today where the reader is: the pipeline has no clock.
 * @param {Date} [now]
 * @returns {string} `YYYY-MM-DD`
 */
export function today(now = new Date()) {
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
