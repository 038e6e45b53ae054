/** `npm run eval`: measures the model that ships, through the module that ships, or the whole product. */
import process from 'node:process';
import { asError } from '../pkg/errors.mjs';
import { USAGE, parse } from './eval/arguments.mjs';
import { readPairs } from './eval/input.mjs';

/** @type {Record<string, number>} */
const EXIT_CODES = { UsageError: 2, ModelError: 4 };

/** @param {string} line */
const tell = (line) => void process.stderr.write(`${line}\n`);

/** @param {string[]} args */
async function main(args) {
  const command = parse(args);
  if (command.help) {
    process.stdout.write(USAGE);
    return;
  }
  // All of the input first: a bad last file must not cost the time of the others. Modules late, so that bad usage is
  // answered before the package is built.
  /** @type {{ path: string, rows: import('./eval/input.mjs').Row[] }[]} */
  const files = [];
  for (const path of command.pairs) files.push({ path, rows: await readPairs(path) });
  const { readTask } = await import('./eval/scifact.mjs');
  const task = command.scifact === undefined ? undefined : await readTask(command.scifact);
  const { withEngine } = await import('./eval/engine.mjs');
  const { questionsOf } = await import('./eval/questions-run.mjs');
  const asked = command.questions === undefined ? undefined : await questionsOf(command.questions, command.most);
  const ofModel = files.length > 0 || task !== undefined;
  const result = {
    ...(ofModel && (await withEngine(command.model, tell, (engine) => evaluate(engine, files, task, command)))),
    ...(await asked?.(command.model, printer(command), tell)),
  };
  if (command.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
}

/**
 * @param {{ json: boolean }} command
 * @returns {(table: string) => void} prints nothing where one object is asked for
 */
const printer = ({ json }) => (table) => void (json || process.stdout.write(`${table}\n`));

/**
 * @param {import('./eval/engine.mjs').Engine} engine
 * @param {{ path: string, rows: import('./eval/input.mjs').Row[] }[]} files
 * @param {import('./eval/scifact.mjs').Task | undefined} task
 * @param {import('./eval/arguments.mjs').Command} command
 */
async function evaluate(engine, files, task, { most, scores, json }) {
  const { evaluatePairs } = await import('./eval/pairs.mjs');
  const { evaluateScifact } = await import('./eval/scifact.mjs');
  const { pairsTable, rounded, scifactTable } = await import('./eval/print.mjs');
  const print = printer({ json });
  const measured = [];
  for (const { path, rows } of files) {
    const result = await evaluatePairs(engine, path, rows, { most, scores });
    print(pairsTable(result));
    measured.push(rounded(result));
  }
  if (task === undefined) return { files: measured };
  const result = await evaluateScifact(engine, task, most, tell);
  print(scifactTable(result));
  return { files: measured, scifact: rounded(result) };
}

try {
  await main(process.argv.slice(2));
} catch (thrown) {
  const error = asError(thrown);
  const known = error.name in EXIT_CODES;
  tell(`eval: ${known ? error.message : (error.stack ?? error.message)}`);
  process.exitCode = EXIT_CODES[error.name] ?? 1;
}
