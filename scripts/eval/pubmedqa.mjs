/**
 * PubMedQA (Jin et al. 2019): questions that are titles of papers, answered yes, no or maybe by the papers' own conclusions.
 * The product searches for the paper among all others, then answers.
 */
/** @typedef {import('./questions-view.mjs').View} View */
/** @typedef {'yes' | 'no' | 'maybe'} Gold */

/**
 * What a label of an answer, or a paper's stance, says in PubMedQA's words; the others decline.
 * @type {Record<string, Gold>}
 */
const SAID = { yes: 'yes', no: 'no', 'no-difference': 'no', mixed: 'maybe' };

/**
 * @param {import('./questions-input.mjs').Pubmedqa} question
 * @param {View} view
 * @param {import('./questions-score.mjs').Run} run
 */
export function scorePubmedqa({ pmid, answer }, view, { seconds, pairs, failed }) {
  const row = view.rows.find(({ doc }) => doc === `pm${pmid}`);
  return {
    id: `pm${pmid}`,
    expected: answer,
    label: view.answer?.label ?? null,
    said: SAID[view.answer?.label ?? ''] ?? null,
    found: view.found.includes(`pm${pmid}`),
    /** What its own paper's row says of it: one that takes no side says maybe. Null where it has no row. */
    own: row ? (SAID[row.stance] ?? 'maybe') : null,
    seconds,
    pairs,
    ...(failed && { failed }),
  };
}

/** @typedef {ReturnType<typeof scorePubmedqa>} ScoredPubmedqa */

/**
 * @param {ScoredPubmedqa[]} of
 * @param {(scored: ScoredPubmedqa) => boolean} holds
 */
const part = (of, holds) => ({ hit: of.filter(holds).length, of: of.length });

/** @param {ScoredPubmedqa[]} all */
const withRow = (all) => all.filter(({ own }) => own !== null);
/** @param {ScoredPubmedqa[]} all */
const answered = (all) => all.filter(({ said }) => said !== null);

/** @param {ScoredPubmedqa} scored yes for no, or no for yes */
const isOpposite = ({ said, expected }) => said !== null && said !== expected && said !== 'maybe' && expected !== 'maybe';

/**
 * What always giving the most frequent answer would get.
 * @param {ScoredPubmedqa[]} all
 */
function commonest(all) {
  const parts = ['yes', 'no', 'maybe'].map((gold) => part(all, ({ expected }) => expected === gold));
  return parts.reduce((most, other) => (other.hit > most.hit ? other : most));
}

/** @type {import('./questions-score.mjs').Measure<ScoredPubmedqa>[]} */
export const PUBMEDQA_MEASURES = [
  { name: 'own paper found', of: (all) => part(all, ({ found }) => found) },
  { name: 'own paper has a row', of: (all) => part(all, ({ own }) => own !== null) },
  { name: 'own row right', of: (all) => part(withRow(all), ({ own, expected }) => own === expected), must: 0.6, aim: 0.72 },
  { name: 'always the commonest answer', of: (all) => commonest(withRow(all)) },
  { name: 'answered', of: (all) => part(all, ({ said }) => said !== null) },
  { name: 'answered and right', of: (all) => part(all, ({ said, expected }) => said === expected), must: 0.5, aim: 0.65 },
  { name: 'right where answered', of: (all) => part(answered(all), ({ said, expected }) => said === expected) },
  { name: 'answered with the opposite sign', of: (all) => part(all, isOpposite), better: 'least' },
];
