/**
 * The answers of the last day, a file each, named by the SHA-256 of what was asked. It only saves requests: a folder
 * that cannot be read or written costs nothing but the saving.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { noCache } from '../cache.mjs';

const DAY_MS = 24 * 60 * 60 * 1000;

/** @returns {string} `$XDG_CACHE_HOME/probatum`, or `~/.cache/probatum` */
export const defaultFolder = () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'probatum');

/**
 * Opens the folder and forgets what is older than a day.
 * @param {string} [folder]
 * @returns {Promise<import('../cache.mjs').Cache>}
 */
export async function openCache(folder = defaultFolder()) {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await forgetOld(folder);
  } catch {
    return noCache;
  }
  return {
    get: (key) => get(join(folder, fileName(key))),
    put: (key, body) => put(join(folder, fileName(key)), body),
  };
}

/** @param {string} key */
const fileName = (key) => `${createHash('sha256').update(key).digest('hex')}.txt`;

/** @param {string} path */
async function isOld(path) {
  return Date.now() - (await stat(path)).mtimeMs > DAY_MS;
}

/** @param {string} folder */
async function forgetOld(folder) {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (await isOld(path)) await rm(path, { force: true });
  }
}

/** @param {string} path */
async function get(path) {
  try {
    return (await isOld(path)) ? undefined : await readFile(path);
  } catch {
    return undefined;
  }
}

/**
 * Written beside and renamed, so that a second run never reads half an answer.
 * @param {string} path
 * @param {Uint8Array} body
 */
async function put(path, body) {
  const beside = `${path}.${randomUUID()}`;
  try {
    await writeFile(beside, body, { mode: 0o600 });
    await rename(beside, path);
  } catch {
    await rm(beside, { force: true });
  }
}
