/** The command line of `npm run eval`. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { asError, usageError } from '../../pkg/errors.mjs';

export const USAGE = `Usage: npm run eval -- --pairs FILE.jsonl[.gz] … [options]
       npm run eval -- --scifact FOLDER [options]
       npm run eval -- --questions FOLDER [options]

Measures the model, or with --questions the whole product, through the WebAssembly module in pkg/ (npm run build makes it).

  --pairs FILE …     lines of {"premise", "hypothesis", "label"}; label: entailment, neutral, contradiction or
                     not_entailment; a file that has the last, or entailment and one other, is
                     measured two-way
  --scifact FOLDER   SciFact's open task on claims_dev.jsonl over the abstracts of corpus.jsonl[.gz]
  --questions FOLDER judged questions (dev.jsonl), each searched for and answered over a stand-in for the scholarly web;
                     a run of all of them is kept under tests/bench/results
  --model FOLDER     measure another model (default: the one that ships)
  --most N           at most N pairs of a file, N claims, or N questions, spread evenly
  --scores FOLDER    what was made of each pair of each file, as lines of
                     {"logits", "probability", "signals"}
  --json             one object on standard output instead of tables; progress goes to standard error either way
  --help

With --questions:
  --web FOLDER       the stand-in (default: scholarly-web beside the questions)
  --deep FOLDER      another larger model (default: the one that ships, where there is one)
  --small            leave the larger model out
  --half a|b|all     questions of odd number, of even number, all (default: all; PubMedQA's: a)
  --only ID,ID       these questions
  --pubmedqa N       instead: N of PubMedQA's questions (pubmedqa/dev.jsonl), spread evenly
  --params FILE      an object of the product's limits and constants, in place of those that ship
  --ablate FILE      an object: name → such an object; one column each
  --keep FOLDER      where every report is written, as JSON and as Markdown, and the claims that are decided or leaning
                     (claims.jsonl), to be read by a person

Exit codes: 0 measured; 2 bad usage or a file that cannot be used; 4 the model is unusable; 1 anything else.
`;

const OPTIONS = /** @type {const} */ ({
  pairs: { type: 'string', multiple: true },
  scifact: { type: 'string' },
  model: { type: 'string' },
  most: { type: 'string' },
  scores: { type: 'string' },
  questions: { type: 'string' },
  web: { type: 'string' },
  deep: { type: 'string' },
  small: { type: 'boolean' },
  half: { type: 'string' },
  only: { type: 'string' },
  pubmedqa: { type: 'string' },
  params: { type: 'string' },
  ablate: { type: 'string' },
  keep: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
});

/** Options that mean nothing without `--questions`. */
const OF_QUESTIONS = /** @type {const} */ (['web', 'deep', 'small', 'half', 'only', 'pubmedqa', 'params', 'ablate', 'keep']);

/**
 * @typedef {object} OfQuestions
 * @property {string} folder
 * @property {string} web folder of the stand-in
 * @property {string | false} [deep] folder of the larger model; false for none
 * @property {'a' | 'b' | 'all'} [half]
 * @property {string[]} [only] ids
 * @property {number} [pubmedqa] questions
 * @property {string} [params] file
 * @property {string} [ablate] file
 * @property {string} [keep] folder
 */

/**
 * @typedef {object} Command
 * @property {boolean} help
 * @property {string[]} pairs files
 * @property {string} [scifact] folder
 * @property {OfQuestions} [questions]
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
  const questions = ofQuestions(values);
  if (!help && files.length === 0 && scifact === undefined && questions === undefined) {
    throw usageError('nothing to measure: give --pairs FILE, --scifact FOLDER or --questions FOLDER');
  }
  return { help, pairs: files, scifact, questions, model, most: count('most', values.most), scores, json };
}

/**
 * @param {ReturnType<typeof parsed>['values']} values
 * @returns {OfQuestions | undefined}
 */
function ofQuestions(values) {
  const { questions: folder, web, deep, small, half, only, pubmedqa, params, ablate, keep } = values;
  if (folder === undefined) {
    const lost = OF_QUESTIONS.find((name) => values[name] !== undefined);
    if (lost !== undefined) throw usageError(`--${lost} needs --questions FOLDER`);
    return undefined;
  }
  if (half !== undefined && !isHalf(half)) throw usageError(`--half "${half}" is none of a, b, all`);
  return {
    folder,
    web: web ?? join(folder, '..', 'scholarly-web'),
    deep: small ? false : deep,
    half,
    only: only?.split(',').map((id) => id.trim()),
    pubmedqa: count('pubmedqa', pubmedqa),
    params,
    ablate,
    keep,
  };
}

/**
 * @param {string} half
 * @returns {half is 'a' | 'b' | 'all'}
 */
const isHalf = (half) => ['a', 'b', 'all'].includes(half);

/** @param {string[]} args */
function parsed(args) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw usageError(asError(error).message);
  }
}

/**
 * @param {string} option
 * @param {string | undefined} value
 */
function count(option, value) {
  if (value === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(value)) throw usageError(`--${option} "${value}" is no whole number above 0`);
  return Number(value);
}
