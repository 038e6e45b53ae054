/** Runs `npm run eval` as a person would, without npm. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { ROOT } from './fixtures.mjs';

/**
 * @param {string[]} args
 * @returns {Promise<{ code: number | string | null | undefined, out: string, err: string }>}
 */
export function evaluate(...args) {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(ROOT, 'scripts', 'eval.mjs'), ...args], (error, out, err) => {
      resolve({ code: error === null ? 0 : error.code, out, err });
    });
  });
}
