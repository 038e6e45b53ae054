/**
 * What an evaluation reads of a report: its works by the ids of the judged collection, its rows, its answer. A report
 * that has no part of it yet (no `answer`, no `papers`) is read as far as it goes.
 */

/** @typedef {'yes' | 'no' | 'mixed' | 'no-difference' | 'silent'} Stance */
/** @typedef {{ text: string, papers: string[], against: string[] }} Finding papers by judged id */

/**
 * @typedef {object} Row a paper of the report's table
 * @property {string} doc judged id, or the report's own where the collection does not hold the paper
 * @property {Stance} stance silent where the report says nothing
 * @property {string | null} kind finding, second-hand or assumption
 * @property {string[]} findings the sentences shown, at most two, the first one first
 */

/**
 * @typedef {object} View
 * @property {string[]} found judged ids of every work found, with a row or without, each once
 * @property {Row[]} rows one a paper, as ordered in the report
 * @property {Answer | null} answer
 * @property {string[]} claims label of each claim
 */

/**
 * @typedef {object} Answer
 * @property {string} label
 * @property {string} text
 * @property {string | null} proposition
 * @property {Finding[]} findings
 * @property {string | null} none why there is no answer
 */

/** Identifiers of the stand-in's records, and what of them is the judged id; a preprint's journal twin is the preprint. */
const FORMS = [
  /^(\d{4}\.\d{4,5})(?:v\d+)?$/,
  /10\.48550\/arxiv\.(.+)$/,
  /10\.5555\/j\.(.+)$/,
  /10\.5555\/(sf|pm)\.(\d+)$/,
  /arxiv(?:\.org\/abs\/|:)(.+?)(?:v\d+)?$/,
];

/**
 * The judged id of a paper: its arXiv id without version, `sf` or `pm` and a number.
 * @param {(string | null | undefined)[]} identifiers the paper's, surest first: arXiv id, DOI, id within the report, address
 * @returns {string} the first identifier where none is of a form that the collection has
 */
export function judgedId(identifiers) {
  const given = identifiers.filter((id) => typeof id === 'string').map((id) => id.toLowerCase());
  const forms = given.map((id) => FORMS.map((form) => form.exec(id)).find((match) => match !== null));
  const known = forms.find((match) => match !== undefined);
  return known ? known.slice(1).join('') : (given[0] ?? '');
}

/** @param {any} paper of a report */
const docOf = (paper) => judgedId([paper.arxivId, paper.doi, paper.id ?? paper.paper, paper.url]);

/**
 * @param {any} report the JSON report, parsed
 * @returns {View}
 */
export function viewOf(report) {
  const listed = report.papers ?? report.references ?? [];
  /** @type {Map<string, string>} */
  const docs = new Map(listed.map((/** @type {any} */ paper) => [paper.id, docOf(paper)]));
  const rows = firstOfEach(listed.map(row));
  const aside = (report.excluded ?? []).map(docOf);
  return {
    found: [...new Set([...rows.map(({ doc }) => doc), ...aside])],
    rows,
    answer: report.answer ? answer(report.answer, docs) : null,
    claims: (report.claims ?? []).map(claimLabel),
  };
}

/**
 * @param {any} paper
 * @returns {Row}
 */
function row(paper) {
  const findings = [paper.finding, paper.second].flatMap((shown) => (shown ? [shown.text] : []));
  return { doc: docOf(paper), stance: paper.stance ?? 'silent', kind: paper.kind ?? null, findings };
}

/** @param {Row[]} rows a preprint and its journal twin, where they were not merged, are one paper: the first row counts */
const firstOfEach = (rows) => rows.filter(({ doc }, at) => rows.findIndex((other) => other.doc === doc) === at);

/**
 * @param {any} answer
 * @param {Map<string, string>} docs judged id by the report's
 * @returns {Answer}
 */
function answer({ label, text, proposition = null, findings = [], none = null }, docs) {
  const judged = (/** @type {string[]} */ ids = []) => ids.map((id) => docs.get(id) ?? judgedId([id]));
  return {
    label,
    text,
    proposition,
    findings: findings.map((/** @type {any} */ f) => ({ text: f.text, papers: judged(f.papers), against: judged(f.against) })),
    none,
  };
}

/** Labels of a claim that its evidence decides, and of one that it leans. */
export const DECIDED = ['supported', 'refuted'];
export const LEANING = ['leans-supported', 'leans-refuted'];

/**
 * The claims that are decided or leaning, with the sentences that did it, to be read by a person: how many are right, no
 * program can tell.
 * @param {any} report the JSON report, parsed
 * @returns {{ claim: string, label: string, text: string, evidence: string[] }[]}
 */
export function sidedClaims({ claims = [] }) {
  const sided = claims.filter((/** @type {any} */ claim) => [...DECIDED, ...LEANING].includes(claimLabel(claim)));
  return sided.map((/** @type {any} */ checked) => {
    const { evidenceFor = [], evidenceAgainst = [] } = checked.verdict;
    const label = claimLabel(checked);
    const evidence = label.endsWith('refuted') ? evidenceAgainst : evidenceFor;
    const quotes = evidence.map((/** @type {{ quote: string }} */ { quote }) => quote);
    return { claim: checked.claim.id, label, text: checked.claim.text, evidence: quotes };
  });
}

/**
 * @param {any} claim
 * @returns {string} finer where a report keeps "contested" and "untested" beside its label
 */
const claimLabel = ({ standing, verdict }) => standing ?? verdict?.label ?? 'untested';
