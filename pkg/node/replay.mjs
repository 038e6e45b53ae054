/**
 * Answers requests from a folder instead of the network. `replay.json` lists rules; the first whose `match` begins the
 * address answers. What no rule answers fails as a blocked request does in a browser.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asError, usageError } from '../errors.mjs';

/**
 * @typedef {object} Rule
 * @property {string} match beginning of the address
 * @property {string} [file] the body, relative to the folder; none for a request that fails
 * @property {number} [status] 200 where not given
 * @property {Record<string, string>} [headers]
 * @property {'unreadable' | 'hang' | 'truncate'} [fault] no CORS or no network · never answers · half the body
 * @property {number} [times] used only so often, then the next rule that matches
 */

/**
 * @param {string} folder
 * @returns {Promise<typeof globalThis.fetch>}
 */
export async function replayFetch(folder) {
  const rules = await readRules(folder);
  const left = rules.map(({ times }) => times ?? Infinity);
  return async (input, init) => {
    const request = new Request(input, init);
    const { url, signal } = request;
    signal.throwIfAborted();
    const n = rules.findIndex(({ match }, n) => url.startsWith(match) && left[n] > 0);
    left[n] -= 1;
    /** @type {Rule | undefined} */
    const rule = rules[n];
    if (rule?.fault === 'hang') return hang(request);
    if (!rule || rule.fault === 'unreadable') throw new TypeError('Failed to fetch');
    const body = rule.file === undefined ? new Uint8Array() : new Uint8Array(await readFile(join(folder, rule.file)));
    return new Response(rule.fault === 'truncate' ? body.subarray(0, body.length / 2) : body, {
      status: rule.status ?? 200,
      headers: rule.headers,
    });
  };
}

/**
 * @param {string} folder
 * @returns {Promise<Rule[]>}
 */
async function readRules(folder) {
  const path = join(folder, 'replay.json');
  try {
    const { rules } = JSON.parse(new TextDecoder().decode(await readFile(path)));
    if (!Array.isArray(rules)) throw new TypeError('it has no list "rules"');
    return rules;
  } catch (error) {
    throw usageError(`${path} is no replay: ${asError(error).message}`);
  }
}

/** Held here, or the garbage collector would take a request that waits together with its signal. */
const hanging = new Set();

/**
 * @param {Request} request
 * @returns {Promise<never>}
 */
function hang(request) {
  hanging.add(request);
  return new Promise((_, reject) => {
    const stop = () => {
      hanging.delete(request);
      reject(request.signal.reason);
    };
    request.signal.addEventListener('abort', stop, { once: true });
  });
}
