/** What the command says: short lines while it runs, ten lines at the end. */

/**
 * @typedef {import('./probatum.js').Progress} Progress
 * @typedef {import('./probatum.js').SourceState} SourceState
 * @typedef {import('./probatum.js').Summary} Summary
 */

/**
 * @param {Progress} progress
 * @returns {string} one line
 */
export function progressLine(progress) {
  switch (progress.stage) {
    case 'searching':
      return `search   ${progress.source}: ${stateWords(progress.state)}`;
    case 'screened':
      return `screen   ${progress.kept.length} papers kept, ${progress.excluded} set aside`;
    case 'reading':
      return `read     ${count(progress)} ${progress.paper}: ${progress.fullText ? 'full text' : 'abstract only'}`;
    case 'extracted':
      return `extract  ${progress.claims.length} claims`;
    case 'verifying':
      return `verify   ${count(progress)} ${progress.verdict.label}${confidence(progress.verdict.confidence)}`;
    case 'reviewing':
      return 'review   the panel is scoring';
  }
}

/** @param {{ done: number, total: number }} progress */
const count = ({ done, total }) => `${done}/${total}`;

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
      return `${state.records} records`;
    case 'failed':
      return `could not be asked: ${state.reason}. ${state.remedy}`;
  }
}

/**
 * @param {Summary} summary
 * @param {number} seconds
 * @param {string[]} written files of the report
 * @returns {string} ten lines
 */
export function summaryLines(summary, seconds, written) {
  const lines = [
    summary.title + (summary.cancelled ? ' (cancelled: what was found until then)' : ''),
    `Papers read       ${summary.papers}`,
    `Set aside         ${summary.excluded}`,
    `Claims tested     ${summary.claims}`,
    `  supported       ${summary.supported}, ${summary.leansSupported} more lean to it`,
    `  refuted         ${summary.refuted}, ${summary.leansRefuted} more lean to it`,
    `  not enough info ${summary.notEnoughInfo}`,
    `Second-hand       ${summary.secondHand} (listed, never counted)`,
    `Panel score       ${summary.score.toFixed(1)} of 10 (${summary.rating}), after ${seconds.toFixed(1)} s`,
    `Report            ${written.join(', ') || 'not written: add --markdown, --html or --json FILE'}`,
  ];
  return `${lines.join('\n')}\n`;
}
