/**
 * Who asks, where a reader says so: keys and an e-mail address. They are added to a request at the very last, after it was built,
 * named and looked for among the answers kept, so that they are in no report, no message and nothing that is kept.
 */
import { usageError } from './errors.mjs';

/**
 * What a reader lets sources know. Each is sent to the hosts named and to no other.
 * @typedef {object} Identity
 * @property {string | undefined} [openalexKey] to api.openalex.org: ten times its budget of a day
 * @property {string | undefined} [semanticScholarKey] to api.semanticscholar.org: a rate of one's own
 * @property {string | undefined} [email] to api.unpaywall.org, which is asked for open copies only where there is one, and to
 *   api.crossref.org and api.datacite.org, which are quicker to whom they know
 */

/** What stands in an address, and where: names of parameters. */
const PARAMETERS = /** @type {Record<string, { name: string, of: keyof Identity } | undefined>} */ ({
  'api.openalex.org': { name: 'api_key', of: 'openalexKey' },
  'api.crossref.org': { name: 'mailto', of: 'email' },
  'api.datacite.org': { name: 'mailto', of: 'email' },
  'api.unpaywall.org': { name: 'email', of: 'email' },
});

/** What is wrong with one, by what it is called; the value itself is never repeated. */
const WRONG = /** @type {Record<keyof Identity, { is: RegExp, called: string }>} */ ({
  openalexKey: { is: /^[\x21-\x7e]+$/, called: 'the key for OpenAlex' },
  semanticScholarKey: { is: /^[\x21-\x7e]+$/, called: 'the key for Semantic Scholar' },
  email: { is: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, called: 'the e-mail address' },
});

/**
 * What is wrong with a part of it, as a sentence for the reader, without the value.
 * @param {keyof Identity} part
 * @param {string} value
 * @returns {string | undefined}
 */
export function problemWith(part, value) {
  const { is, called } = WRONG[part];
  if (is.test(value)) return undefined;
  return part === 'email' ? `${called} is not one: it has a name, an @ and a domain` : `${called} has a space, or a character that no key has`;
}

/**
 * It without what is empty. Throws a `UsageError` where a part cannot be what it is called.
 * @param {Identity | undefined} given
 * @returns {Identity}
 */
export function checkedIdentity(given = {}) {
  /** @type {Identity} */
  const identity = {};
  for (const part of /** @type {(keyof Identity)[]} */ (Object.keys(WRONG))) {
    const value = given[part]?.trim();
    if (!value) continue;
    const problem = problemWith(part, value);
    if (problem !== undefined) throw usageError(problem);
    identity[part] = value;
  }
  return identity;
}

/**
 * A request as it is sent: with what the reader lets its host know.
 * @param {Request} request
 * @param {Identity} identity
 * @returns {Request}
 */
export function signed(request, identity) {
  const { protocol, hostname, search } = new URL(request.url);
  if (protocol !== 'https:') return request;
  const parameter = PARAMETERS[hostname];
  const value = parameter && identity[parameter.of];
  // Put at the end as it is: whatever is built anew might be encoded otherwise.
  if (value) return new Request(`${request.url}${search === '' ? '?' : '&'}${parameter.name}=${encodeURIComponent(value)}`, request);
  if (hostname !== 'api.semanticscholar.org' || !identity.semanticScholarKey) return request;
  const headers = new Headers(request.headers);
  headers.set('x-api-key', identity.semanticScholarKey);
  // A header follows a redirection to wherever it leads.
  return new Request(request, { headers, redirect: 'error' });
}
