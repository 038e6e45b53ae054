/** The command line: what it means, and what is wrong with it. */
import { parseArgs } from 'node:util';
import { BOUNDS, LIMITS } from './defaults.mjs';
import { asError, usageError } from './errors.mjs';
import { checkedIdentity } from './identity.mjs';

export const USAGE = `Usage: probatum "question" [options]
       probatum --demo [options]
       probatum claim | check | verify | merge | mcp …   check statements and drafts against texts at hand:
                                                   see probatum check --help

Searches scholarly sources, reads what the papers say to the question, answers it from them, tests their claims against
other papers, and writes a report.

  --demo                  ask the demonstration question of papers written for it; needs no network
  --source ID             search this source only; may be repeated
                          (openalex, semantic-scholar, datacite, crossref, pubmed, arxiv)
  --papers PATH           ask papers of your own too: a folder, or one of them (.pdf, .docx, .tex, .tar.gz, JATS, .md, .txt)
  --work ID               ask this work too, by its DOI, arXiv id or PubMed id; may be repeated
  --offline               ask your own papers alone; nothing is sent anywhere
  --proposition TEXT      ask the papers about this statement instead of the question's own; may be repeated, the
                          answer is about the first
  --relay URL             put this address in front of arXiv's encoded query address
  --openalex-key KEY      your key for OpenAlex, sent to it alone
  --semantic-scholar-key KEY  your key for Semantic Scholar, likewise
  --email ADDRESS         ask Unpaywall for open copies of papers, which takes an e-mail address; also told to Crossref and
                          DataCite, who are quicker to whom they know
  --model FOLDER          use another model (manifest.json, ONNX model, tokenizer)
  --deep FOLDER           use another larger model, which reads again what could decide
  --small                 leave the larger model out: faster, less sure
  --replay FOLDER         answer every request from this folder instead of the network
  --date YYYY-MM-DD       the date printed in the report (default: today)
  --json FILE             write the report as JSON
  --html FILE             write it as one self-contained page
  --markdown FILE         write it as Markdown
  --max-papers N          papers read and asked (default ${LIMITS.maxPapers})
  --max-full-texts N      full texts tried (default ${LIMITS.maxFullTexts})
  --max-claims N          claims tested (default ${LIMITS.maxClaims})
  --max-claims-per-paper N  (default ${LIMITS.maxClaimsPerPaper})
  --passages-per-claim N  independent passages tested for a claim (default ${LIMITS.passagesPerClaim})
  --workers N             inference workers, 1 to 4 (default: one a core; 2 at most for the larger model)
  --no-cache              neither use nor keep the answers of the last day
  --help, --version

Exit codes: 0 a report was made; 2 bad usage; 3 nothing could be asked (every source failed); 4 the model is unusable;
130 cancelled before anything was found; 1 anything else. Ctrl-C ends a run with what was found until then.
`;

/** @typedef {keyof import('./defaults.mjs').Limits} Limit */

/** @type {Record<string, Limit>} */
const LIMIT_OF = {
  'max-papers': 'maxPapers',
  'max-full-texts': 'maxFullTexts',
  'max-claims': 'maxClaims',
  'max-claims-per-paper': 'maxClaimsPerPaper',
  'passages-per-claim': 'passagesPerClaim',
};

const TEXT = /** @type {const} */ ({ type: 'string' });
const FLAG = /** @type {const} */ ({ type: 'boolean' });

/** The options by which sources are let know of the reader. */
export const IDENTITY = { 'openalex-key': TEXT, 'semantic-scholar-key': TEXT, email: TEXT };

const OPTIONS = {
  demo: FLAG,
  source: /** @type {const} */ ({ type: 'string', multiple: true }),
  papers: TEXT,
  work: /** @type {const} */ ({ type: 'string', multiple: true }),
  offline: FLAG,
  proposition: /** @type {const} */ ({ type: 'string', multiple: true }),
  relay: TEXT,
  ...IDENTITY,
  model: TEXT,
  deep: TEXT,
  small: FLAG,
  replay: TEXT,
  date: TEXT,
  json: TEXT,
  html: TEXT,
  markdown: TEXT,
  'max-papers': TEXT,
  'max-full-texts': TEXT,
  'max-claims': TEXT,
  'max-claims-per-paper': TEXT,
  'passages-per-claim': TEXT,
  workers: TEXT,
  'no-cache': FLAG,
  help: FLAG,
  version: FLAG,
};

/**
 * @typedef {object} Command
 * @property {'ask' | 'help' | 'version'} action
 * @property {string} question empty for the demonstration
 * @property {boolean} demo
 * @property {import('./index.mjs').Options & import('./index.mjs').AskOptions & { replay?: string }} options
 * @property {string | undefined} papers where the reader's own papers lie
 * @property {{ json?: string, html?: string, markdown?: string }} files where the report goes
 */

/**
 * @param {string[]} args
 * @returns {Command}
 */
export function parse(args) {
  const { values, positionals } = parsed(args);
  const demo = values.demo ?? false;
  const action = values.help ? 'help' : values.version ? 'version' : 'ask';
  if (action === 'ask') {
    checkQuestion(positionals, demo, values.source);
    checkPapers(values);
  }
  return {
    action,
    question: positionals[0] ?? '',
    demo,
    options: {
      sources: /** @type {import('./index.mjs').SourceId[] | undefined} */ (demo ? ['demo'] : values.offline ? [] : values.source),
      works: values.work,
      propositions: propositions(values.proposition),
      relay: values.relay,
      identity: identityOf(values),
      model: values.model,
      deep: deep(values.deep, values.small),
      replay: values.replay,
      date: date(values.date),
      limits: limits(values),
      workers: values.workers === undefined ? undefined : count('workers', values.workers, 1, 4),
      cache: !values['no-cache'],
    },
    papers: values.papers,
    files: { json: values.json, html: values.html, markdown: values.markdown },
  };
}

/**
 * What they say. Throws a `UsageError` where one cannot be what it is called.
 * @param {{ [name in keyof typeof IDENTITY]?: string | undefined }} values
 */
export function identityOf({ 'openalex-key': openalexKey, 'semantic-scholar-key': semanticScholarKey, email }) {
  return checkedIdentity({ openalexKey, semanticScholarKey, email });
}

/** @param {string[]} args */
function parsed(args) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw usageError(asError(error).message);
  }
}

/**
 * @param {string[]} positionals
 * @param {boolean} demo
 * @param {string[] | undefined} sources
 */
function checkQuestion(positionals, demo, sources) {
  if (positionals.length > 1) throw usageError(`one question, please, in quotes: got ${positionals.length} arguments`);
  if (demo && positionals.length > 0) throw usageError('--demo has its own question: leave out the other');
  if (demo && sources) throw usageError('--demo has its own papers: leave out --source');
  if (!demo && (positionals[0] ?? '').trim() === '') throw usageError('a question is missing');
}

/** @param {{ demo?: boolean, source?: string[], papers?: string, work?: string[], offline?: boolean }} values */
function checkPapers({ demo, source, papers, work, offline }) {
  if (demo && papers !== undefined) throw usageError('--demo has its own papers: leave out --papers');
  if (offline && papers === undefined) throw usageError('--offline asks your own papers alone: say with --papers where they lie');
  if (demo && work) throw usageError('--demo has its own papers: leave out --work');
  if (offline && work) throw usageError('--offline asks nobody: leave out --work, or --offline');
  if (offline && source) throw usageError('--offline asks nobody: leave out --source, or --offline');
}

/**
 * @param {string[] | undefined} given
 * @returns {string[] | undefined}
 */
function propositions(given) {
  if (given?.some((text) => text.trim() === '')) throw usageError('--proposition is empty: write a statement');
  return given;
}

/**
 * @param {string | undefined} folder
 * @param {boolean | undefined} small
 * @returns {string | false | undefined}
 */
function deep(folder, small) {
  if (small && folder !== undefined) throw usageError('--small leaves the larger model out: leave out --deep or --small');
  return small ? false : folder;
}

/**
 * @param {string | undefined} value
 * @returns {string | undefined}
 */
function date(value) {
  if (value === undefined) return undefined;
  const parsed = new Date(`${value}T00:00:00Z`);
  const exists = !Number.isNaN(parsed.valueOf()) && parsed.toISOString().startsWith(value);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || !exists) throw usageError(`--date "${value}" is not a valid date: write it as 2026-01-31`);
  return value;
}

/**
 * @param {Record<string, unknown>} values
 * @returns {Partial<import('./defaults.mjs').Limits>}
 */
function limits(values) {
  /** @type {Partial<import('./defaults.mjs').Limits>} */
  const given = {};
  for (const [option, limit] of Object.entries(LIMIT_OF)) {
    const value = values[option];
    if (typeof value === 'string') given[limit] = count(option, value, ...BOUNDS[limit]);
  }
  return given;
}

/**
 * @param {string} option
 * @param {string} value
 * @param {number} least
 * @param {number} most
 */
function count(option, value, least, most) {
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (!(number >= least && number <= most)) {
    throw usageError(`--${option} "${value}" is not a whole number from ${least} to ${most}`);
  }
  return number;
}
