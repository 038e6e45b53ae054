/** The command line of `npm run eval`. */
import { parseArgs } from 'node:util';
import { asError, usageError } from '../../pkg/errors.mjs';

export const USAGE = `Usage: npm run eval -- --pairs FILE.jsonl[.gz] … [options]
       npm run eval -- --scifact FOLDER [options]

Measures the model through the WebAssembly module in pkg/ (npm run build makes it).

  --pairs FILE …     lines of {"premise", "hypothesis", "label"}; label: entailment, neutral, contradiction or
                     not_entailment; a file that has the last, or entailment and one other, is
                     measured two-way
  --scifact FOLDER   SciFact's open task on claims_dev.jsonl over the abstracts of corpus.jsonl[.gz]
  --model FOLDER     measure another model (default: the one that ships)
  --most N           at most N pairs of a file, or N claims, spread evenly
  --scores FOLDER    what was made of each pair of each file, as lines of
                     {"logits", "probability", "signals"}
  --json             one object on standard output instead of tables; progress goes to standard error either way
  --help

Exit codes: 0 measured; 2 bad usage or a file that cannot be used; 4 the model is unusable; 1 anything else.
`;

const OPTIONS = /** @type {const} */ ({
  pairs: { type: 'string', multiple: true },
  scifact: { type: 'string' },
  model: { type: 'string' },
  most: { type: 'string' },
  scores: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
});

/**
 * @typedef {object} Command
 * @property {boolean} help
 * @property {string[]} pairs files
 * @property {string} [scifact] folder
 * @property {string} [model] folder
 * @property {number} [most]
 * @property {string} [scores] folder
 * @property {boolean} json
 */

/**
 * @param {string[]} args
 * @returns {Command}
 */
export function parse(args) {
  const { values, positionals } = parsed(args);
  const { help = false, pairs = [], scifact, model, scores, json = false } = values;
  // "--pairs *.jsonl" gives its first file to the option and the others to nobody.
  if (pairs.length === 0 && positionals.length > 0) throw usageError(`"${positionals[0]}" is not expected: put --pairs before files`);
  const files = [...pairs, ...positionals];
  if (!help && files.length === 0 && scifact === undefined) throw usageError('nothing to measure: give --pairs FILE or --scifact FOLDER');
  return { help, pairs: files, scifact, model, most: most(values.most), scores, json };
}

/** @param {string[]} args */
function parsed(args) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw usageError(asError(error).message);
  }
}

/** @param {string | undefined} value */
function most(value) {
  if (value === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(value)) throw usageError(`--most "${value}" is no whole number above 0`);
  return Number(value);
}
