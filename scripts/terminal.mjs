/** Running the steps of a build where a person watches: their names, their times, their output. */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** A step that failed, or a tool that is missing. The message is for the person who started it. */
export class StepError extends Error {}

/** @param {string} line */
export const say = (line) => process.stdout.write(`${line}\n`);

/**
 * @param {number} started from `performance.now()`
 * @returns {string}
 */
export const secondsSince = (started) => `${((performance.now() - started) / 1000).toFixed(1)} s`;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Ends every program that was started and still runs. */
export function stopPrograms() {
  for (const child of running) child.kill();
}

/**
 * @typedef {object} RunOptions
 * @property {Record<string, string>} [env] added to the environment
 * @property {(chunk: string) => void} [output] gets what the program prints, instead of the terminal
 */

/**
 * Runs a program in the root of the project.
 * @param {string} program
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<void>} rejects with a {@link StepError} where it fails
 */
export function runProgram(program, args, { env, output } = {}) {
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', output ? 'pipe' : 'inherit', output ? 'pipe' : 'inherit'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => output?.(chunk));
  }
  running.add(child);
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new StepError(`${program} cannot be started: ${error.message}`)));
    child.on('close', (code, signal) => {
      running.delete(child);
      if (code === 0) resolve();
      else reject(new StepError(`${[program, ...args].join(' ')} ended with ${signal ?? `code ${code}`}`));
    });
  });
}

/**
 * Runs the work of a script; a {@link StepError} becomes one line and exit code 1.
 * @param {() => Promise<void>} work
 */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
