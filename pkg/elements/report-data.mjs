/** What the elements read of a report's JSON (`report.schema.json`), and whether something is one. */
import { usageError } from '../errors.mjs';

/**
 * @typedef {import('../probatum.js').Answer} Answer
 * @typedef {import('../probatum.js').Claim} Claim
 * @typedef {import('../probatum.js').ClaimId} ClaimId
 * @typedef {import('../probatum.js').Evidence} Evidence
 * @typedef {import('../probatum.js').Excluded} Excluded
 * @typedef {import('../probatum.js').Finding} Finding
 * @typedef {import('../probatum.js').PaperId} PaperId
 * @typedef {import('../probatum.js').PassageRef} PassageRef
 */

/**
 * A sentence of the report's prose.
 * @typedef {object} Statement
 * @property {string} text
 * @property {string | null} [topic] heading of the paragraph that it opens, where it opens one
 * @property {'counted' | 'quoted' | 'editorial'} kind what it stands on
 * @property {ClaimId[]} claims the claims it is about
 * @property {PaperId[]} papers the papers it cites
 */

/**
 * A paper on the topic or near it, as the table has it.
 * @typedef {object} PaperRow
 * @property {PaperId} id
 * @property {string} title
 * @property {number | null} [year]
 * @property {import('../probatum.js').Stance} stance
 * @property {boolean} sure whether its side was read surely enough to be counted
 * @property {Finding | null} [finding] what it finds on the question
 * @property {Finding | null} [second] the next best sentence
 * @property {import('../probatum.js').Study} study
 * @property {import('../probatum.js').Reading} reading how much of it was read
 */

/**
 * A paper as cited.
 * @typedef {object} Reference
 * @property {number} number from 1
 * @property {PaperId} id
 * @property {string} title
 * @property {string[]} authors
 * @property {number | null} [year]
 * @property {string | null} [venue]
 * @property {string | null} [doi]
 * @property {string | null} [arxivId]
 * @property {string} url
 * @property {import('../probatum.js').Reading} reading
 * @property {boolean} retracted
 * @property {import('../probatum.js').Notice | null} [notice] the gravest thing that became of it
 * @property {boolean} demonstration whether it was written for the demonstration
 */

/**
 * The report.
 * @typedef {object} Report
 * @property {number} format
 * @property {string} title
 * @property {string} date `YYYY-MM-DD`
 * @property {string | null} [notice]
 * @property {boolean} cancelled
 * @property {Answer} answer
 * @property {Answer[]} otherAnswers
 * @property {PaperRow[]} papers
 * @property {Statement[]} abstract
 * @property {Statement[]} introduction
 * @property {Statement[]} methodology
 * @property {Statement[]} limitations
 * @property {{ claim: Claim, verdict?: import('../probatum.js').Verdict | null }[]} claims
 * @property {Claim[]} secondHand
 * @property {{ at: PassageRef, url: string }[]} places
 * @property {Reference[]} references
 * @property {Excluded[]} excluded
 * @property {{ message: string, remedy?: string | null }[]} warnings
 */

/** The format that is read here: `FORMAT` of `src/report.rs`. */
const FORMAT = 2;

/**
 * Something as a report; what it holds is not looked into. Throws a `UsageError` where it is none, or one of another format.
 * @param {unknown} value
 * @returns {Report}
 */
export function asReport(value) {
  const { format, answer, claims } = /** @type {Partial<Report>} */ (value ?? {});
  if (typeof format !== 'number' || typeof answer !== 'object' || !Array.isArray(claims)) throw usageError(NONE);
  if (format !== FORMAT) throw usageError(`This report has format ${format}; format ${FORMAT} can be shown here. Make it again, or use the version of Probatum that made it.`);
  return /** @type {Report} */ (value);
}

/** What a reader is told of anything else. */
export const NONE = 'This is not a report of Probatum: give the JSON file that “Download JSON” or the option --json writes.';
