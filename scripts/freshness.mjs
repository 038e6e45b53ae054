/** Whether what was built is newer than what it was built from. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} built a file
 * @param {string[]} from files and folders
 */
export function isFresh(built, from) {
  if (!existsSync(built)) return false;
  const time = statSync(built).mtimeMs;
  return from.every((path) => newest(path) <= time);
}

/**
 * @param {string} path
 * @returns {number} milliseconds; a path that is gone is older than everything
 */
function newest(path) {
  if (!existsSync(path)) return 0;
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}
