/**
 * What CI runs. The first failure ends it, with the step's name. The modules compile beside the native steps: their last
 * minutes run on one core each, and all use different build folders.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { buildModules, buildPackage, buildPage } from './build.mjs';
import { findChromium, howToInstall } from './chromium.mjs';
import { prepare } from './prerequisites.mjs';
import { Tally } from './tally.mjs';
import { ROOT, StepError, main, runProgram, say, secondsSince, stopPrograms } from './terminal.mjs';

const tally = new Tally();
/** @type {{ name: string, time: string }[]} */
const times = [];

/**
 * @param {string} name
 * @param {() => Promise<unknown>} work
 */
async function step(name, work) {
  const started = performance.now();
  const failedBefore = tally.failed;
  say(`\n== ${name}`);
  try {
    await work();
  } catch (error) {
    // A step that failed without a failed test counts as one.
    if (tally.failed === failedBefore) tally.add(0, 1);
    say(`\nFAILED: ${name}\n${error instanceof Error ? error.message : error}`);
    throw new StepError(name);
  } finally {
    times.push({ name, time: secondsSince(started) });
  }
}

/**
 * Shows what a test program prints, and counts its tests.
 * @param {string} program
 * @param {string[]} args
 */
async function tests(program, args) {
  let printed = '';
  const output = (/** @type {string} */ chunk) => {
    printed += chunk;
    process.stdout.write(chunk);
  };
  try {
    await runProgram(program, args, { output });
  } finally {
    tally.read(printed);
  }
}

/** Starts the build of the package; its output is kept back until somebody waits for it. */
function packageInBackground() {
  let printed = '';
  const output = (/** @type {string} */ chunk) => void (printed += chunk);
  const built = buildModules(output).then(() => buildPackage(output));
  // Whoever waits sees the failure; until then it must not end the process.
  built.catch(() => {});
  return async () => {
    try {
      await built;
    } catch (error) {
      process.stdout.write(printed);
      throw error;
    }
  };
}

/**
 * @param {string} folder
 * @returns {string[]} arguments for node's test runner: one file at a time, each of them uses all cores
 */
function nodeTests(folder) {
  const path = join(ROOT, 'tests', folder);
  const files = readdirSync(path).filter((name) => name.endsWith('.test.mjs'));
  return ['--test', '--test-concurrency=1', '--test-reporter=spec', ...files.map((name) => join('tests', folder, name))];
}

const bin = (/** @type {string} */ name) => join('node_modules', '.bin', name);

async function native() {
  await step('rustfmt', () => runProgram('cargo', ['fmt', '--all', '--check']));
  await step('clippy', () =>
    runProgram('cargo', ['clippy', '--workspace', '--all-targets', '--quiet', '--', '-D', 'warnings']),
  );
  await step('rustdoc', () =>
    runProgram('cargo', ['doc', '-p', 'probatum', '-p', 'probatum-nli', '--no-deps', '--quiet'], { env: { RUSTDOCFLAGS: '-D warnings' } }),
  );
  await step('native tests', () => tests('cargo', ['test', '-p', 'probatum', '-p', 'probatum-nli', '-p', 'probatum-kernel', '-p', 'kernel-test', '--', '--show-output']));
}

async function web() {
  await step('page', buildPage);
  await step('types', async () => {
    await runProgram(bin('tsc'), ['--noEmit']);
    await runProgram(bin('tsc'), ['--project', 'tsconfig.node.json']);
  });
  await step('documentation of the types', () => runProgram(bin('typedoc'), []));
  await step('lint', () => runProgram(bin('eslint'), ['.', '--max-warnings=0']));
  await step('Node tests', () => tests(process.execPath, nodeTests('node')));
  await step('browser tests', () => {
    if (!findChromium()) throw new StepError(howToInstall());
    return tests(process.execPath, nodeTests('browser'));
  });
  await step('package tests', () => tests(process.execPath, nodeTests('package')));
}

/** Every check. */
export async function check() {
  const started = performance.now();
  try {
    await step('set-up', prepare);
    const packageBuilt = packageInBackground();
    await native();
    await step('package (rest of its build)', packageBuilt);
    await web();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    stopPrograms();
    process.exitCode = 1;
  } finally {
    say('\nTimes');
    for (const { name, time } of times) say(`${time.padStart(9)}  ${name}`);
    say(`${secondsSince(started).padStart(9)}  together`);
    if (!existsSync(join(ROOT, '..', 'shared', 'fixtures'))) say('\nskipped: ../shared/fixtures is not here');
    say(`\n${tally}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(check);
