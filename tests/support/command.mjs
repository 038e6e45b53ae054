/** Runs the command as a person would, and reads what it wrote. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { ROOT } from './fixtures.mjs';

/** Printed in the tests' reports, so that they do not change with the day. */
export const DATE = '2026-01-31';

/**
 * @typedef {object} Result
 * @property {number | null} code
 * @property {string} out
 * @property {string} err
 */

/** Commands that ask the small model alone, whatever ships. */
const WITHOUT_LARGER = ['claim', 'check', 'verify', 'merge', 'mcp'];

/**
 * A question is asked of the small model alone, unless the arguments say which: the larger one would take minutes.
 * @param {string[]} args
 */
function modelsOf(args) {
  const asksSmall = WITHOUT_LARGER.includes(args[0] ?? '') || args.some((arg) => ['--small', '--deep', '--help', '--version'].includes(arg));
  return asksSmall ? args : [...args, '--small'];
}

/**
 * @param {string[]} args
 * @param {object} [options]
 * @param {(err: string, interrupt: () => void) => void} [options.watch] called with all of standard error so far
 * @returns {Promise<Result>}
 */
export function probatum(args, { watch } = {}) {
  const child = spawn(process.execPath, [join(ROOT, 'pkg', 'cli.mjs'), ...modelsOf(args)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const result = { code: /** @type {number | null} */ (null), out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk) => (result.out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    result.err += chunk;
    watch?.(result.err, () => child.kill('SIGINT'));
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...result, code }));
  });
}

/**
 * Runs it and reads the reports that it wrote.
 * @param {string[]} args
 * @param {Parameters<typeof probatum>[1]} [options]
 * @returns {Promise<Result & { json: string, html: string, markdown: string, report: any }>}
 */
export async function reported(args, options) {
  return inFolder(async (folder) => {
    const files = { json: join(folder, 'r.json'), html: join(folder, 'r.html'), markdown: join(folder, 'r.md') };
    const to = Object.entries(files).flatMap(([kind, path]) => [`--${kind}`, path]);
    const result = await probatum([...args, ...to, '--date', DATE], options);
    if (result.code !== 0) throw new Error(`code ${result.code}\n${result.err}`);
    const [json, html, markdown] = [files.json, files.html, files.markdown].map((path) => readFileSync(path, 'utf8'));
    return { ...result, json, html, markdown, report: JSON.parse(json) };
  });
}

/**
 * @template T
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'probatum-test-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
