/**
 * `npm run bench`: what the reader of the page waits for, and how the engine compares with its rivals, on this machine.
 * Prints tables and keeps the figures under `results/`.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { asError } from '../../pkg/errors.mjs';
import { build } from '../../scripts/build.mjs';
import { isFresh } from '../../scripts/freshness.mjs';
import { ROOT, StepError, main, runProgram, say, secondsSince } from '../../scripts/terminal.mjs';

const HERE = join(ROOT, 'tests', 'bench');

/** A part is the export of the same name of the file in `parts/`. */
const GROUPS = {
  page: ['page', 'pdf', 'margin'],
  engine: ['speed', 'load', 'mixed', 'workers', 'peak', 'memory'],
  browsers: ['firefox', 'webkit'],
};
const PARTS = Object.values(GROUPS).flat();

const USAGE = `usage: npm run bench -- [part …] [options]

parts: all of them where none is named
  page       the reader's wait: demonstration, load, memory, sizes; a reader's PDFs (pdf); a long draft's check shown (margin)
  engine     all of: ${GROUPS.engine.join(', ')}
  browsers   all of: ${GROUPS.browsers.join(', ')}

options:
  --no-build         measures what was built last
  --only MODEL       shipped or deberta
  --deberta FOLDER   made by tests/bench/deberta.py (default: target/bench/deberta)
  --scifact FOLDER   claims_dev.jsonl and corpus.jsonl (default: ../shared/nli-data/scifact)

The figures of the parts that ran replace the same parts of the day's file; with --only nothing is kept.
`;

/** @param {string[]} names */
function chosenParts(names) {
  const unknown = names.find((name) => !(name in GROUPS) && !PARTS.includes(name));
  if (unknown) throw new StepError(`"${unknown}" is no part of the bench\n\n${USAGE}`);
  const chosen = names.flatMap((name) => Reflect.get(GROUPS, name) ?? [name]);
  return names.length === 0 ? PARTS : PARTS.filter((part) => chosen.includes(part));
}

function commandLine() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        'no-build': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        only: { type: 'string' },
        deberta: { type: 'string', default: join(ROOT, 'target', 'bench', 'deberta') },
        scifact: { type: 'string', default: join(ROOT, '..', 'shared', 'nli-data', 'scifact') },
      },
    });
  } catch (error) {
    throw new StepError(`${asError(error).message}\n\n${USAGE}`);
  }
}

/** The rivals are no dependency of the project: they are fetched when they are raced, and run nothing on the way. */
async function installRivals() {
  const [installed, wanted] = ['node_modules/.package-lock.json', 'package-lock.json'].map((name) => join(HERE, name));
  if (isFresh(installed, [wanted])) return;
  say('Installing the rivals …');
  await runProgram('npm', ['ci', '--prefix', HERE, '--ignore-scripts', '--no-audit', '--no-fund']);
}

/**
 * One that cannot be measured must not cost the others.
 * @param {string[]} parts
 * @param {import('./context.mjs').Context} context
 */
async function runParts(parts, context) {
  /** @type {Record<string, import('./results.mjs').Measured>} */
  const measured = {};
  for (const part of parts) {
    say(`\n== ${part}`);
    const started = performance.now();
    const { [part]: measure } = await import(`./parts/${part}.mjs`);
    const skippedBefore = context.skipped.length;
    try {
      const result = await measure(context);
      measured[part] = { ...result, skipped: context.skipped.slice(skippedBefore) };
    } catch (error) {
      context.skip(part, asError(error).message);
    }
    say(`  ${part}: ${secondsSince(started)}`);
  }
  return measured;
}

await main(async () => {
  const { values, positionals } = commandLine();
  const parts = chosenParts(positionals);
  if (values.help) {
    say(USAGE);
    return;
  }
  if (!values['no-build']) await build();
  await installRivals();
  // What follows needs the package that was built.
  const { Context } = await import('./context.mjs');
  const { chosenModels } = await import('./models.mjs');
  const { keep, printRatios, ratiosOfParts } = await import('./results.mjs');
  const models = await chosenModels(values.only, values.deberta);
  const context = await Context.open(models.found, { scifact: values.scifact, build: !values['no-build'] });
  for (const missing of models.missing) context.skip(missing.what, missing.why);
  try {
    const measured = await runParts(parts, context);
    printRatios(ratiosOfParts(measured));
    if (values.only === undefined) keep(measured, await context.browserName());
  } finally {
    await context.close();
  }
});
