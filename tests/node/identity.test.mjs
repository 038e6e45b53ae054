/** A reader's keys and e-mail address: sent to those whom they are for, and nowhere to be found afterwards. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { checkedIdentity, signed } from '../../pkg/identity.mjs';
import { createProbatum } from '../../pkg/index.mjs';
import { DATE } from '../support/command.mjs';

const IDENTITY = { openalexKey: 'hush-openalex', semanticScholarKey: 'hush-scholar', email: 'hush+me@example.org' };
const HUSH = /hush/i;
const DOI = '10.9999/naps';
const QUESTION = 'Do short naps improve memory in adults?';

/** What a request says: address and headers. */
const said = (/** @type {Request} */ request) => `${request.url} ${JSON.stringify([...request.headers])}`;

test('each host is let know what is for it, and no other anything', () => {
  const told = (/** @type {string} */ url) => said(signed(new Request(url), IDENTITY));
  assert.equal(signed(new Request('https://api.openalex.org/works?search=a%20b'), IDENTITY).url, 'https://api.openalex.org/works?search=a%20b&api_key=hush-openalex');
  assert.equal(signed(new Request(`https://api.unpaywall.org/v2/${DOI}`), IDENTITY).url, `https://api.unpaywall.org/v2/${DOI}?email=hush%2Bme%40example.org`);
  for (const host of ['api.crossref.org', 'api.datacite.org']) assert.ok(told(`https://${host}/works?rows=1`).includes('&mailto=hush%2Bme%40example.org'), host);
  const scholar = signed(new Request('https://api.semanticscholar.org/graph/v1/paper/search?query=a'), IDENTITY);
  assert.equal(scholar.headers.get('x-api-key'), 'hush-scholar');
  assert.equal(scholar.redirect, 'error', 'the key follows no redirection');
  assert.doesNotMatch(scholar.url, HUSH);
  for (const url of [
    'http://api.openalex.org/works?search=a',
    'https://api.openalex.org.example.org/works?search=a',
    'https://relay.example.org/?url=https%3A%2F%2Fapi.openalex.org%2Fworks',
    'https://eutils.ncbi.nlm.nih.gov/entrez/eutils/esearch.fcgi?db=pubmed',
    'https://arxiv.org/html/2001.00001',
    'https://export.arxiv.org/api/query?search_query=a',
  ]) assert.doesNotMatch(told(url), HUSH, url);
});

test('where nothing is let known, requests are as they were', () => {
  for (const url of ['https://api.openalex.org/works?search=a', 'https://api.semanticscholar.org/graph/v1/paper/search', 'https://api.crossref.org/works?rows=1']) {
    const request = new Request(url);
    assert.equal(signed(request, {}), request);
  }
});

test('what cannot be one is refused without being repeated', () => {
  assert.deepEqual(checkedIdentity({ openalexKey: ' key ', email: '' }), { openalexKey: 'key' });
  for (const wrong of [{ openalexKey: 'hush hush' }, { semanticScholarKey: 'hush\nhush' }, { semanticScholarKey: 'hüsh' }, { email: 'hush' }]) {
    assert.throws(() => checkedIdentity(wrong), (/** @type {Error} */ error) => error.name === 'UsageError' && !/h[uü]sh/.test(error.message));
  }
});

const folder = mkdtempSync(join(tmpdir(), 'probatum-identity-'));
/** @type {import('../../pkg/index.mjs').Probatum} */
let probatum;

before(async () => {
  process.env.XDG_CACHE_HOME = folder;
  probatum = await createProbatum({ deep: false, workers: 1 });
});
after(async () => {
  await probatum.close();
  rmSync(folder, { recursive: true });
});

const RECORD = {
  id: 'https://openalex.org/W1',
  doi: `https://doi.org/${DOI}`,
  display_name: 'Short naps improve memory in adults',
  publication_year: 2020,
  abstract_inverted_index: { Short: [0], naps: [1], improved: [2], memory: [3], 'in': [4], 'adults.': [5] },
};

/** Answers searches of OpenAlex, and Unpaywall; all else is not there. */
function network() {
  /** @type {Request[]} */
  const requests = [];
  const fetch = async (/** @type {RequestInfo | URL} */ input) => {
    const request = new Request(input);
    requests.push(request);
    const { hostname, pathname } = new URL(request.url);
    if (hostname === 'api.openalex.org') return Response.json({ meta: { count: 1 }, results: [RECORD] });
    if (hostname === 'api.unpaywall.org') return Response.json({ doi: DOI, oa_locations: [] });
    if (hostname === 'api.semanticscholar.org') throw new TypeError(`fetch failed: ${said(request)}`);
    return new Response(`no ${pathname}`, { status: 404 });
  };
  return { requests, fetch };
}

/** Every file below a folder. */
const filesIn = (/** @type {string} */ place) => readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));

test('after a run they are in no report, no record, no message and nothing that is kept', async () => {
  const { requests, fetch } = network();
  /** @type {unknown[]} */
  const told = [];
  const sources = /** @type {const} */ (['openalex', 'semantic-scholar', 'crossref', 'datacite', 'pubmed']);
  const outcome = await probatum.ask(QUESTION, { sources: [...sources], date: DATE, identity: IDENTITY, fetch, onProgress: (progress) => told.push(progress) });
  assert.doesNotMatch(JSON.stringify([outcome, told]), HUSH);
  const kept = filesIn(folder);
  assert.ok(kept.length > 0, 'answers are kept');
  for (const file of kept) assert.doesNotMatch(`${file} ${readFileSync(file, 'latin1')}`, HUSH, file);
  for (const request of requests) {
    const { hostname } = new URL(request.url);
    const may = ['api.openalex.org', 'api.semanticscholar.org', 'api.crossref.org', 'api.datacite.org', 'api.unpaywall.org'].includes(hostname);
    assert.equal(HUSH.test(said(request)), may, said(request));
  }
  assert.ok(requests.some(({ url }) => url.startsWith('https://api.unpaywall.org/')));
  const { warnings } = JSON.parse(outcome.json);
  assert.ok(warnings.some((/** @type {{ message: string }} */ { message }) => message.includes('Unpaywall knows no open copy of it')));
});

test('without an e-mail address nothing is asked of Unpaywall', async () => {
  const { requests, fetch } = network();
  const { email, ...keys } = IDENTITY;
  await probatum.ask(QUESTION, { sources: ['openalex'], date: DATE, identity: keys, fetch, cache: false });
  assert.ok(requests.length > 0 && requests.every(({ url }) => !url.includes('unpaywall') && !url.includes(encodeURIComponent(email))));
});

test('a draft is looked up with them too, and keeps none', async () => {
  const { requests, fetch } = network();
  const draft = { format: /** @type {const} */ ('markdown'), text: 'Short naps improve memory in adults [@naps].', lists: [{ format: /** @type {const} */ ('bibtex'), text: `@article{naps, title={Short naps improve memory in adults}, doi={${DOI}}, year={2020}}` }] };
  const checked = await probatum.checkDraft(draft, [], { lookUp: true, identity: IDENTITY, fetch, cache: false });
  assert.ok(requests.some((request) => HUSH.test(said(request))));
  assert.doesNotMatch(JSON.stringify(checked), HUSH);
});
