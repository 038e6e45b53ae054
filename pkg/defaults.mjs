/**
 * What a run may do where nobody said otherwise. The page and the command use these same numbers: they are printed in
 * the report, and the same question must give the same report in both.
 */
export const LIMITS = Object.freeze({
  /** Papers kept after screening. */
  maxPapers: 16,
  /** Full texts tried; the others are read as abstracts. */
  maxFullTexts: 8,
  /** Claims tested. */
  maxClaims: 24,
  /** Claims taken from one paper. */
  maxClaimsPerPaper: 3,
  /** Independent passages tested for a claim. */
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
