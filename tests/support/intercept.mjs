/**
 * Answers the sources' real hostnames from a replay folder, with CORS headers exactly where the real hosts send them.
 * Where one sends none the request is aborted: Playwright adds the header to whatever it fulfils.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {import('../../pkg/node/replay.mjs').Rule} Rule
 * @typedef {import('playwright-core').Route} Route
 */

/**
 * Who lets a page read what. `always`: errors too; `found`: only with status 200; a host that is not here never does.
 * @type {Record<string, { when: 'always' | 'found', expose?: string }>}
 */
const CORS = {
  'api.openalex.org': { when: 'always', expose: 'Retry-After, X-RateLimit-Remaining' },
  'api.semanticscholar.org': { when: 'always' },
  'api.crossref.org': { when: 'always' },
  'api.datacite.org': { when: 'always' },
  'api.unpaywall.org': { when: 'always' },
  'arxiv.org': { when: 'found' },
  'eutils.ncbi.nlm.nih.gov': { when: 'always' },
  'relay.invalid': { when: 'always' },
};

/**
 * @param {string} folder a replay folder
 * @returns {{ route: (context: import('playwright-core').BrowserContext) => Promise<void>, asked: string[] }}
 */
export function intercept(folder) {
  const { rules } = /** @type {{ rules: Rule[] }} */ (JSON.parse(readFileSync(join(folder, 'replay.json'), 'utf8')));
  const left = rules.map(({ times }) => times ?? Infinity);
  /** @type {string[]} */
  const asked = [];

  /** @param {Route} route */
  const answer = async (route) => {
    const url = route.request().url();
    asked.push(url);
    const n = rules.findIndex(({ match }, n) => url.startsWith(match) && left[n] > 0);
    left[n] -= 1;
    await fulfil(route, rules[n], folder);
  };
  return {
    route: async (context) => void (await context.route(({ protocol }) => protocol === 'https:', answer)),
    asked,
  };
}

/**
 * @param {Route} route
 * @param {Rule | undefined} rule
 * @param {string} folder
 */
async function fulfil(route, rule, folder) {
  const { hostname } = new URL(route.request().url());
  const status = rule?.status ?? 200;
  const cors = CORS[hostname];
  const readable = cors?.when === 'always' || (cors?.when === 'found' && status === 200);
  if (rule?.fault === 'hang') return;
  if (!rule || rule.fault === 'unreadable' || !readable) return route.abort('failed');
  const whole = rule.file === undefined ? Buffer.alloc(0) : readFileSync(join(folder, rule.file));
  await route.fulfill({
    status,
    body: rule.fault === 'truncate' ? whole.subarray(0, whole.length / 2) : whole,
    headers: {
      'access-control-allow-origin': '*',
      ...(cors.expose ? { 'access-control-expose-headers': cors.expose } : {}),
      ...rule.headers,
    },
  });
}
