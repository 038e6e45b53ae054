/**
 * What a golden keeps of a report: ids, spans, hashes of texts, labels, scores, counts. Never a text: the recorded
 * papers belong to their authors.
 */
import { createHash } from 'node:crypto';

/** @param {string} text */
const sha = (text) => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** @param {{ paper: string, section: number, passage: number }} at */
const place = (at) => `${at.paper} ${at.section}.${at.passage}`;

/** @param {{ start: number, end: number }} span */
const range = (span) => `${span.start}-${span.end}`;

/** @param {any} evidence */
const evidenceLine = (evidence) => {
  const { entailment, neutral, contradiction } = evidence.probability;
  const scores = [entailment, neutral, contradiction].map((value) => value.toFixed(2)).join('/');
  return `${place(evidence.at)} ${range(evidence.span)} ${sha(evidence.quote)} ${scores}`;
};

/** @param {any} claim */
const claimLine = (claim) => `${place(claim.at)} ${range(claim.span)} ${sha(claim.text)} ${claim.voice}`;

/** @param {any} report */
export function fingerprint(report) {
  return {
    flow: report.flow,
    verdicts: report.verdicts,
    score: report.review.score,
    rating: report.review.rating,
    reviewers: Object.fromEntries(report.review.reviewers.map((/** @type {any} */ r) => [r.id, r.rating])),
    sources: report.sources.map((/** @type {any} */ { source, state, records }) => ({ source, state, records })),
    searches: report.searches.map((/** @type {any} */ { source, records }) => `${source} ${records}`),
    references: report.references.map((/** @type {any} */ { id, reading }) => `${id} ${reading}`),
    excluded: report.excluded.length,
    claims: report.claims.map((/** @type {any} */ { claim, verdict }) => ({
      id: claim.id,
      claim: claimLine(claim),
      label: verdict?.label ?? null,
      confidence: verdict?.confidence?.toFixed(2) ?? null,
      tested: verdict?.tested ?? 0,
      for: (verdict?.evidenceFor ?? []).map(evidenceLine),
      against: (verdict?.evidenceAgainst ?? []).map(evidenceLine),
      nearest: (verdict?.nearest ?? []).map(evidenceLine),
      grounded: verdict?.grounded ? evidenceLine(verdict.grounded) : null,
    })),
    secondHand: report.secondHand.map(claimLine),
    warnings: report.warnings.map((/** @type {any} */ { kind }) => kind),
  };
}
