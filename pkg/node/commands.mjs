/** The commands beside the question: check one claim, check many, put their results together. */
import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { IDENTITY, identityOf } from '../arguments.mjs';
import { asError, asFailure, cancelledError, usageError } from '../errors.mjs';
import { createProbatum } from '../index.mjs';
import { claimLines, progressLine } from '../terminal.mjs';
import { today } from '../defaults.mjs';
import { draftPage } from './draft-html.mjs';
import { draftLines, readDraft, sarif } from './draft.mjs';
import { readLibrary } from './library.mjs';
import { serve } from './mcp.mjs';
import { defaultModel, readManifest } from './model.mjs';
import { replayFetch } from './replay.mjs';
import { Output, keepDone, merge, rowsOf, shardOf } from './verify.mjs';

export const USAGE = `Usage: probatum claim "statement" --papers PATH [--json] [--texts N] [--passages N] [--workers N] [--model FOLDER]
       probatum check DRAFT [--papers PATH] [--bib LIST]… [--look-up] [--fail-under SHARE] [--json FILE] [--sarif FILE]
                      [--html FILE]
       probatum verify CLAIMS --papers PATH [--out FILE [--resume]] [--shard I/N] [the same]
       probatum merge RESULTS… [--out FILE]
       probatum mcp [--workers N] [--model FOLDER]

claim checks one statement against texts at hand and prints the sentences that decide it. Exit code 1: not supported.

check reads a draft (.tex, .md, .docx, .pdf or plain text; - for standard input) with its own list of works and those beside it
(.bib, .ris, .json, .txt), finds every sentence that cites, and checks it against the texts of the works it cites. A text belongs
to a work by its id or file name (the work's key, DOI, arXiv or PubMed id) or by its title. With --look-up the other works that
are cited are looked up: their titles and identifiers are sent to OpenAlex, Crossref and Semantic Scholar, and an abstract found
there is checked against.
Printed are the sentences to look at. --json writes everything; --sarif what is to be looked at, for editors and code hosts;
--html one page that needs nothing but itself: the draft with its marks, and beside each sentence its verdict, the evidence, the
reason and what to do. Exit code 1: a smaller SHARE of them than --fail-under (0 to 1) needs no look.

verify checks many: CLAIMS is a file of JSON Lines, or - for standard input; a row has an "id" and a "claim", and may name
the text it was taken from as "own", which can ground it and never supports it. One row of JSON comes out for each, in
their order, to standard output or to FILE; a row that cannot be read gives one that says why. Nothing is sent anywhere.

merge puts the results of shards together, in the order of the claims, whatever the order of the files.

mcp is a server of the Model Context Protocol over standard input and output, with the tools check_claim and ask.

  --papers PATH    a folder of texts, or one of them: .pdf, .txt, .md, .docx, JATS (.nxml, .xml), HTML, TeX and arXiv's
                   packages of it (.tex, .tar.gz), and .jsonl, whose rows have an "id", a "title" and a "text" or an
                   "abstract" (.jsonl.gz where compressed)
  --texts N        texts read for a claim: the nearest to it (default 16)
  --passages N     sentences of them tested (default 8)
  --out FILE       where results go (default: standard output)
  --resume         keep the results in FILE that are whole and of the same claims, texts, limits, model and version, and
                   make the others
  --shard I/N      only the I-th of N parts; which one a claim belongs to follows from its id
  --offline        of claim and verify: nothing is sent anywhere, which is so without it too
  --openalex-key KEY, --semantic-scholar-key KEY, --email ADDRESS
                   of --look-up: keys of your own, and an address that Crossref is told; each sent to the one it is for alone
  --replay FOLDER  answer every request of --look-up from this folder instead of the network
  --workers N      inference workers, 1 to 64 (default: one a core, at most 4)
  --model FOLDER   use another model
`;

const TEXT = /** @type {const} */ ({ type: 'string' });
const FLAG = /** @type {const} */ ({ type: 'boolean' });
const CHECKING = { papers: TEXT, texts: TEXT, passages: TEXT, workers: TEXT, model: TEXT, offline: FLAG, help: FLAG };

/** Between two lines of progress, in milliseconds. */
const PROGRESS_MS = 5000;

/** By its name: each gives the exit code. @type {Record<string, (args: string[]) => Promise<number>>} */
export const COMMANDS = { claim, check, verify, merge: mergeFiles, mcp };

/** @param {string[]} args */
async function claim(args) {
  const { values, positionals } = parsed(args, { ...CHECKING, json: FLAG });
  if (values.help) return help();
  const [statement] = exactly(positionals, 1, 'one statement, in quotes');
  const { library, limits } = await given(values);
  const probatum = await createProbatum({ model: values.model, deep: false, workers: workers(values.workers) });
  try {
    const checked = await probatum.check(statement, library.texts, { limits });
    process.stdout.write(values.json ? `${JSON.stringify(checked, null, 2)}\n` : claimLines(checked));
    return checked.label === 'supported' || checked.label === 'leans-supported' ? 0 : 1;
  } finally {
    await probatum.close();
  }
}

/** @param {string[]} args */
async function check(args) {
  const options = { papers: TEXT, workers: TEXT, model: TEXT, help: FLAG, bib: /** @type {const} */ ({ type: 'string', multiple: true }), 'fail-under': TEXT, json: TEXT, sarif: TEXT, html: TEXT, 'look-up': FLAG, replay: TEXT, ...IDENTITY };
  const { values, positionals } = parsed(args, options);
  if (values.help) return help();
  const [path] = exactly(positionals, 1, 'one draft, or -');
  const bar = share(values['fail-under']);
  const lookUp = values['look-up'] ?? false;
  const draft = await readDraft(path, values.bib ?? []);
  const texts = lookUp && values.papers === undefined ? [] : (await given(values, path)).library.texts;
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const probatum = await createProbatum({ model: values.model, deep: false, workers: workers(values.workers) });
  try {
    const checked = await probatum.checkDraft(draft, texts, {
      lookUp,
      identity: identityOf(values),
      signal: stop.signal,
      ...(values.replay !== undefined && { fetch: await replayFetch(values.replay), cache: false }),
      onLookUp: (done, total) => process.stderr.write(`${progressLine({ stage: 'looking-up', done, total })}\n`),
    });
    process.stdout.write(draftLines(draft, checked));
    if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(checked, null, 2)}\n`);
    if (values.sarif !== undefined) await writeFile(values.sarif, sarif(path, draft, checked, (await probatum.describe()).version));
    if (values.html !== undefined) await writeFile(values.html, draftPage({ text: draft.text, checked, texts: [...texts, ...checked.abstracts], date: today() }));
    const sound = checked.sentences.filter(({ flagged }) => !flagged).length;
    return sound < bar * checked.sentences.length ? 1 : 0;
  } finally {
    await probatum.close();
  }
}

/** @param {string[]} args */
async function verify(args) {
  const { values, positionals } = parsed(args, { ...CHECKING, out: TEXT, resume: FLAG, shard: TEXT });
  if (values.help) return help();
  const [claims] = exactly(positionals, 1, 'one file of claims, or -');
  if (values.resume && values.out === undefined) throw usageError('--resume goes on with a file: name it with --out');
  if (values.resume && claims === '-') throw usageError('--resume reads the claims twice: give a file');
  const shard = values.shard === undefined ? undefined : shardOf(values.shard);
  const { library, limits } = await given(values);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const probatum = await createProbatum({ model: values.model, deep: false, workers: workers(values.workers) });
  try {
    const { version } = await probatum.describe();
    const model = await modelName(values.model ?? defaultModel());
    const run = { model, version, shard, digest: [library.digest, limits.texts, limits.passages].join(':') };
    const done = values.resume ? await keepDone(/** @type {string} */ (values.out), claims, run) : new Set();
    const output = new Output(values.out, values.resume);
    const tally = new Tally(done.size);
    for await (const row of results(probatum, library.texts, { rows: rowsOf(claims, run), done, limits, tally, signal: stop.signal })) {
      await output.write(JSON.stringify(row));
    }
    await output.end();
    tally.say();
    if (stop.signal.aborted) throw cancelledError();
    return tally.failed > 0 ? 1 : 0;
  } finally {
    await probatum.close();
  }
}

/** @param {string[]} args */
async function mergeFiles(args) {
  const { values, positionals } = parsed(args, { out: TEXT, help: FLAG });
  if (values.help) return help();
  if (positionals.length === 0) throw usageError('files of results are missing');
  const output = new Output(values.out);
  await merge(positionals, output);
  await output.end();
  return 0;
}

/** @param {string[]} args */
async function mcp(args) {
  const { values, positionals } = parsed(args, { workers: TEXT, model: TEXT, help: FLAG });
  if (values.help) return help();
  exactly(positionals, 0, 'no argument');
  await serve({ model: values.model, workers: workers(values.workers) });
  return 0;
}

/**
 * The result of each row, in order.
 * @param {import('../create.mjs').Probatum} probatum
 * @param {import('../probatum.js').GivenText[]} texts
 * @param {{ rows: ReturnType<typeof rowsOf>, done: Set<string>, limits: { texts: number, passages: number }, tally: Tally, signal: AbortSignal }} how
 */
async function* results(probatum, texts, { rows, done, limits, tally, signal }) {
  /** Rows that were read and have no result yet. @type {{ row?: import('./verify.mjs').ClaimRow, result: import('./verify.mjs').ResultRow }[]} */
  const waiting = [];
  async function* claims() {
    for await (const next of rows) {
      if (signal.aborted) return;
      if (next.row && done.has(next.row.id)) continue;
      waiting.push(next);
      if (next.row) yield { claim: next.row.claim, own: next.row.own };
    }
  }
  /** Those that have no claim, up to the next that has one. */
  function* unreadable() {
    while (waiting.length > 0 && !waiting[0].row) {
      tally.count(true);
      yield /** @type {{ result: import('./verify.mjs').ResultRow }} */ (waiting.shift()).result;
    }
  }
  for await (const { checked, error } of probatum.checkMany(claims(), { texts, limits })) {
    yield* unreadable();
    const next = waiting.shift();
    tally.count(error !== undefined, checked?.tested);
    yield { ...next?.result, ...(checked ?? { error: asFailure(error) }) };
  }
  yield* unreadable();
}

/** Counts, and says how far it is. */
class Tally {
  checked = 0;
  failed = 0;
  sentences = 0;
  #started = process.cpuUsage();
  #said = performance.now();

  /** @param {number} before results that were there already */
  constructor(before) {
    this.before = before;
  }

  /**
   * @param {boolean} failed
   * @param {number} [sentences] tested
   */
  count(failed, sentences = 0) {
    this.checked += 1;
    this.failed += failed ? 1 : 0;
    this.sentences += sentences;
    if (performance.now() - this.#said > PROGRESS_MS) this.say();
  }

  say() {
    this.#said = performance.now();
    // Of all threads: the time that a core worked, whatever else the machine does.
    const { user, system } = process.cpuUsage(this.#started);
    const rate = (/** @type {number} */ count) => Math.round(count / ((user + system) / 3.6e9)).toLocaleString('en');
    process.stderr.write(
      `${this.checked} claims${this.before > 0 ? ` (and ${this.before} before)` : ''}, ${this.failed} without a verdict; ` +
        `${rate(this.checked)} claims and ${rate(this.sentences)} sentences an hour and core; ` +
        `${Math.round(process.memoryUsage.rss() / 1e6)} MB\n`,
    );
  }
}

/** @param {string} folder */
async function modelName(folder) {
  const { name, files } = JSON.parse(new TextDecoder().decode(await readManifest(folder)));
  return `${name}@${String(files?.model?.sha256).slice(0, 12)}`;
}

/**
 * @param {Record<string, unknown>} values
 * @param {string} [draft] that is none of the texts
 */
async function given({ papers, texts, passages }, draft) {
  if (typeof papers !== 'string') throw usageError('--papers is missing: a folder of texts, or a file of them');
  const limits = { texts: number('texts', texts, 16), passages: number('passages', passages, 8) };
  return { library: await readLibrary(papers, draft), limits };
}

/**
 * @param {string} name
 * @param {unknown} value
 * @param {number} otherwise
 */
function number(name, value, otherwise) {
  if (value === undefined) return otherwise;
  const parsed = /^\d{1,5}$/.test(String(value)) ? Number(value) : 0;
  if (parsed < 1) throw usageError(`--${name} "${value}" is not a whole number from 1 to 99999`);
  return parsed;
}

/** @param {string | undefined} value */
function share(value) {
  if (value === undefined) return 0;
  const parsed = /^(0|1|[01]?\.\d+)$/.test(value) ? Number(value) : NaN;
  if (!(parsed >= 0 && parsed <= 1)) throw usageError(`--fail-under "${value}" is not a share from 0 to 1, such as 0.9`);
  return parsed;
}

/** @param {unknown} value */
const workers = (value) => (value === undefined ? undefined : Math.min(64, number('workers', value, 1)));

/**
 * @template {NonNullable<import('node:util').ParseArgsConfig['options']>} O
 * @param {string[]} args
 * @param {O} options
 */
function parsed(args, options) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw usageError(asError(error).message);
  }
}

/**
 * @param {string[]} positionals
 * @param {number} count
 * @param {string} what
 */
function exactly(positionals, count, what) {
  if (positionals.length !== count) throw usageError(`${what}, please: got ${positionals.length}`);
  return positionals;
}

function help() {
  process.stdout.write(USAGE);
  return 0;
}
