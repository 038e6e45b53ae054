/** What the command says: short lines while it runs, the answer at the end. */
import { count, inQuotes, isOfTable } from './elements/words.mjs';

/**
 * @typedef {import('./probatum.js').Progress} Progress
 * @typedef {import('./probatum.js').SourceState} SourceState
 * @typedef {import('./probatum.js').Answer} Answer
 */

/**
 * @param {Progress} progress
 * @returns {string} one line
 */
export function progressLine(progress) {
  switch (progress.stage) {
    case 'searching':
      return `search   ${progress.source}: ${stateWords(progress.state)}`;
    case 'found':
      return `found    ${progress.source}: ${count('record', progress.papers.length)}`;
    case 'screened':
      return `screen   ${count('paper', progress.kept.length)} kept, ${progress.excluded} set aside`;
    case 'reading':
      return `read     ${share(progress)} ${progress.paper}: ${progress.fullText ? 'full text' : 'abstract only'}`;
    case 'answering':
      return `answer   ${share(progress)} ${progress.answer.text}`;
    case 'extracted':
      return `extract  ${count('claim', progress.claims.length)}`;
    case 'verifying':
      return `verify   ${share(progress)} ${progress.verdict.label}${confidence(progress.verdict.confidence)}`;
    case 'deepening':
      return `deepen   ${share(progress)} read again with the larger model`;
    case 'looking-up':
      return `look up  ${share(progress)} references`;
    case 'reviewing':
      return 'review   the panel is scoring';
  }
}

/** @param {{ done: number, total: number }} progress */
const share = ({ done, total }) => `${done}/${total}`;

/** @param {number | null | undefined} value */
const confidence = (value) => (typeof value === 'number' ? ` (${value.toFixed(2)})` : '');

/** @param {SourceState} state */
function stateWords(state) {
  switch (state.state) {
    case 'asking':
      return 'asking';
    case 'throttled':
      return `throttled, asked again in ${state.retryInS} s`;
    case 'answered':
      return `${count('record', state.records)}`;
    case 'left-out':
      return 'left out';
    case 'failed':
      return `could not be asked: ${state.reason}. ${state.remedy}`;
  }
}

/** How a paper stands, in the order of the meter. */
const SIDES = /** @type {const} */ ([
  ['yes', 'yes'],
  ['mixed', 'depends'],
  ['noDifference', 'no difference'],
  ['no', 'no'],
  ['silent', 'take no side'],
]);

/**
 * What is read here of the report's JSON.
 * @typedef {object} Report
 * @property {boolean} cancelled
 * @property {Answer} answer
 * @property {{ id: string, authors: string[], year?: number | null, title: string, retracted?: boolean, notice?: string | null }[]} references
 * @property {Record<string, number>} verdicts
 * @property {unknown[]} claims
 * @property {{ score: number, rating: string }} review
 */

/**
 * The answer, before any word on how it was found.
 * @param {Report} report
 * @param {number} seconds
 * @param {string[]} written files of the report
 * @returns {string}
 */
export function answerLines(report, seconds, written) {
  const { answer, references, verdicts, review } = report;
  const sides = SIDES.filter(([name]) => answer.counts[name] > 0).map(([name, words]) => sideWords(answer.counts[name], words));
  const asked = answer.proposition == null ? [] : [`Asked of each paper: ${answer.proposition}`, sides.join(' · ')];
  const checked = Object.entries(verdicts).filter(([, number]) => number > 0).map(([label, number]) => `${number} ${spaced(label)}`);
  const lines = [
    answer.text,
    ...(report.cancelled ? ['Cancelled: this is what was found until then.'] : []),
    ...asked,
    '',
    ...answer.findings.slice(0, FINDINGS).flatMap((found) => findingLines(found, references)),
    `${references.length} ${references.length === 1 ? 'paper' : 'papers'} read in ${seconds.toFixed(1)} s. Claims checked: ${checked.join(', ') || 'none'}. ` +
      (isJudged(report) ? `Panel: ${review.score.toFixed(1)} of 10 (${review.rating}).` : 'Not scored: the run ended before all was judged.'),
    written.length > 0 ? `Report written to ${written.join(', ')}` : 'Report not written: add --markdown, --html or --json FILE',
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * @param {number} count
 * @param {string} words
 */
const sideWords = (count, words) => `${count} ${count === 1 ? words.replace(/^take/, 'takes') : words}`;

/**
 * Whether the score says anything: nothing is scored that was not judged.
 * @param {Report} report
 */
const isJudged = ({ cancelled, claims, verdicts }) => !(verdicts.notJudged > 0 || (cancelled && claims.length === 0));

/** What became of a paper, where its name in the report is no word for a reader. @type {Record<string, string>} */
const NOTICES = { concern: 'expression of concern' };

/** Findings shown, at most. */
const FINDINGS = 6;

/**
 * @param {Answer['findings'][number]} found
 * @param {Report['references']} references
 */
function findingLines({ text, papers, against }, references) {
  const source = references.find(({ id }) => id === papers[0]);
  const [first = 'Authors not given', ...others] = source?.authors ?? [];
  const who = `${first}${others.length > 0 ? ' and others' : ''}, ${source?.year ?? 'no year'}`;
  const same = papers.length > 1 ? `; ${papers.length - 1} more the same` : '';
  const otherwise = against.length > 0 ? `; ${against.length} otherwise` : '';
  const became = source?.notice ?? (source?.retracted ? 'retracted' : null);
  const mark = became == null ? '' : ` [${NOTICES[became] ?? became}]`;
  return [`“${text}”`, `    ${who}: ${source?.title ?? ''}${mark}${same}${otherwise}`, ''];
}

/** @param {string} label e.g. `leansSupported` */
const spaced = (label) => label.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);

/**
 * What one statement comes to by texts at hand.
 * @param {import('./probatum.js').Checked} checked
 * @returns {string}
 */
export function claimLines({ claim, label, probability, reason, for: supporting, against, nearest }) {
  const sure = probability === undefined ? '' : ` (probability ${probability.toFixed(2)})`;
  const lists = /** @type {const} */ ([['For', supporting], ['Against', against], ['Nearest, deciding nothing', nearest]]);
  const lines = [
    `${LABELS[label]}${label === 'not-enough-info' ? '' : sure}: ${claim}`,
    reason,
    ...lists.flatMap(([title, sentences]) => (sentences.length === 0 ? [] : ['', `${title}:`, ...sentences.map(sentenceLine)])),
  ];
  return `${lines.join('\n')}\n`;
}

/** @param {import('./probatum.js').FoundSentence} found */
function sentenceLine(found) {
  const { text, start, end, quote, probability: { entailment, contradiction } } = found;
  const side = entailment >= contradiction ? `entails ${entailment.toFixed(2)}` : `contradicts ${contradiction.toFixed(2)}`;
  const from = isOfTable(found) ? ', read from a table' : `, characters ${start} to ${end}`;
  return `  ${inQuotes(found, quote)}\n    ${text}${from}; ${side}`;
}

/** @type {Record<import('./probatum.js').Label, string>} */
const LABELS = {
  supported: 'Supported',
  'leans-supported': 'Leans to supported',
  contested: 'Contested',
  'leans-refuted': 'Leans to refuted',
  refuted: 'Refuted',
  'not-enough-info': 'Not decided by these texts',
  untested: 'Not tested',
};
