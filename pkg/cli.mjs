#!/usr/bin/env node
/** The command `probatum`: progress to standard error, the answer to standard output, reports to files. */
import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import { USAGE, parse } from './arguments.mjs';
import { asError } from './errors.mjs';
import { answerLines, progressLine } from './terminal.mjs';

/** @type {Record<string, number>} */
const EXIT_CODES = { OutputError: 1, UsageError: 2, NothingAskedError: 3, ModelError: 4, CancelledError: 130 };

/** What `node/commands.mjs` does; a question is never one word. */
const OTHER_COMMANDS = ['claim', 'check', 'verify', 'merge', 'mcp'];

/** @param {string[]} args */
async function main(args) {
  const [name, ...rest] = args;
  if (OTHER_COMMANDS.includes(name)) {
    const { COMMANDS } = await import('./node/commands.mjs');
    process.exitCode = await COMMANDS[name](rest);
    return;
  }
  const command = parse(args);
  if (command.action === 'help') {
    process.stdout.write(USAGE);
    return;
  }
  // Late, so that `--help` and bad usage answer at once and before the module is built.
  const { ask, describe } = await import('./index.mjs');
  if (command.action === 'version') {
    process.stdout.write(`${(await describe()).version}\n`);
    return;
  }
  const question = command.demo ? (await describe()).demoQuestion : command.question;
  const papers = command.papers === undefined ? [] : await papersAt(command.papers);
  const started = performance.now();
  const outcome = await ask(question, {
    ...command.options,
    papers,
    signal: cancelOnInterrupt(),
    onProgress: (progress) => process.stderr.write(`${progressLine(progress)}\n`),
  });
  const seconds = (performance.now() - started) / 1000;
  const written = await write(command.files, outcome);
  process.stdout.write(answerLines(JSON.parse(outcome.json), seconds, written));
}

/**
 * The reader's own papers. Late, as they are seldom asked.
 * @param {string} path
 */
async function papersAt(path) {
  const { ownPapers } = await import('./node/library.mjs');
  return ownPapers(path);
}

/** @returns {AbortSignal} aborted by the first Ctrl-C; the second ends the process */
function cancelOnInterrupt() {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    process.stderr.write('cancel   the report will hold what was found until now; Ctrl-C again ends at once\n');
    controller.abort();
  });
  return controller.signal;
}

/**
 * @param {import('./arguments.mjs').Command['files']} files
 * @param {import('./probatum.js').Outcome} outcome
 * @returns {Promise<string[]>} the files written
 */
async function write(files, outcome) {
  const written = [];
  for (const kind of /** @type {const} */ (['markdown', 'html', 'json'])) {
    const path = files[kind];
    if (path === undefined) continue;
    await writeFile(path, outcome[kind]);
    written.push(path);
  }
  return written;
}

try {
  await main(process.argv.slice(2));
} catch (thrown) {
  const error = asError(thrown);
  const code = EXIT_CODES[error.name] ?? 1;
  const known = error.name in EXIT_CODES;
  process.stderr.write(`probatum: ${known ? error.message : (error.stack ?? error.message)}\n`);
  if (code === 2) process.stderr.write('probatum --help lists the options.\n');
  process.exitCode = code;
}
