/**
 * Builds the replay folders under `target/replay/` from the recorded answers: which address answers what, or fails how.
 * Run alone it builds them all: `node tests/support/replay-build.mjs`.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { arxivFeed, dataciteBody } from './bodies.mjs';
import { FULL_TEXT_AUTHORS, FULL_TEXT_QUESTION, NLI_QUESTION, corpusFor, recordOfFullText } from './corpus.mjs';
import { FIXTURES, ROOT, noFixtures } from './fixtures.mjs';

/** @typedef {import('../../pkg/node/replay.mjs').Rule} Rule */

const OUT = join(ROOT, 'target', 'replay');
const FULL_TEXTS = Object.keys(FULL_TEXT_AUTHORS);

/** Put in front of arXiv's address by the tests that use a relay; the name can never exist. */
export const RELAY = 'https://relay.invalid/?url=';

const CROSSREF = 'crossref/habanero_test_works_field_queries_0.json';

const AT = {
  openalex: 'https://api.openalex.org/',
  semanticScholar: 'https://api.semanticscholar.org/',
  datacite: 'https://api.datacite.org/',
  crossref: 'https://api.crossref.org/',
  pubmedSearch: 'https://eutils.ncbi.nlm.nih.gov/entrez/eutils/esearch.fcgi?db=pubmed&',
  pubmedRecords: 'https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi?db=pubmed&',
  arxiv: 'https://export.arxiv.org/',
  arxivHtml: 'https://arxiv.org/html/',
};

/** @param {string} scenario */
export const folder = (scenario) => join(OUT, scenario);

/** Builds every scenario. Deterministic: the same recorded answers give the same bytes. */
export function build() {
  rmSync(OUT, { recursive: true, force: true });
  recorded('nli-question', 'The question of the replaced report on recorded arXiv metadata.', corpusFor(NLI_QUESTION, 150));
  recorded('full-text', 'A question with two recorded full texts among the papers.', [
    ...FULL_TEXTS.map(recordOfFullText),
    ...corpusFor(FULL_TEXT_QUESTION, 60),
  ]);
  faults();
  empty();
  write('all-down', 'Nothing can be read, as on a machine without a network.', []);
}

/**
 * Every source answers with something recorded; arXiv's query API sends no CORS header, so it cannot be read.
 * @param {string} scenario
 * @param {string} note
 * @param {import('./fixtures.mjs').ArxivRecord[]} records
 */
function recorded(scenario, note, records) {
  body(scenario, 'datacite.json', dataciteBody(records));
  body(scenario, 'arxiv.xml', arxivFeed(records.slice(0, 40)));
  write(scenario, note, [
    { match: AT.openalex, file: fixture(scenario, 'openalex/search_attention_mechanism.json'), times: 1 },
    { match: AT.openalex, file: fixture(scenario, 'openalex/jmc_works_list.json') },
    { match: AT.semanticScholar, file: fixture(scenario, 'semantic_scholar/fastpaper_search_abstracts.json') },
    { match: AT.datacite, file: 'datacite.json' },
    { match: AT.crossref, file: fixture(scenario, CROSSREF) },
    { match: AT.pubmedSearch, file: fixture(scenario, 'pubmed/pubmed_esearch.json') },
    { match: AT.pubmedRecords, file: fixture(scenario, 'pubmed/pubmed_efetch.xml') },
    ...FULL_TEXTS.map((id) => fullText(scenario, id)),
    { match: AT.arxivHtml, fault: 'unreadable' },
    { match: AT.arxiv, fault: 'unreadable' },
    { match: RELAY, file: 'arxiv.xml' },
  ]);
}

/**
 * @param {string} scenario
 * @param {string} id
 */
const fullText = (scenario, id) => ({
  match: `${AT.arxivHtml}${id}`,
  file: fixture(scenario, `arxiv_html/${id}.latexml.html`),
});

/** Every fault at once, and one source that answers after it was asked to wait. */
function faults() {
  const scenario = 'faults';
  body(scenario, 'datacite.json', dataciteBody(corpusFor(NLI_QUESTION, 150)));
  body(scenario, 'error.html', '<!doctype html><title>Internal Server Error</title><h1>Internal Server Error</h1>');
  write(scenario, '429 then an answer, 500 with HTML, half a body, half of the records found, never an answer, an OR-rewritten feed.', [
    { match: AT.datacite, status: 429, headers: { 'Retry-After': '1' }, times: 1 },
    { match: AT.datacite, file: 'datacite.json' },
    { match: AT.openalex, file: 'error.html', status: 500, headers: { 'Content-Type': 'text/html' } },
    { match: AT.crossref, file: fixture(scenario, CROSSREF), fault: 'truncate' },
    { match: AT.semanticScholar, fault: 'hang' },
    { match: AT.pubmedSearch, file: fixture(scenario, 'pubmed/pubmed_esearch.json') },
    { match: AT.pubmedRecords, file: fixture(scenario, 'pubmed/pubmed_efetch.xml'), fault: 'truncate' },
    { match: RELAY, file: fixture(scenario, 'arxiv_api/jmc_population_genetics_selection.xml') },
  ]);
}

/** Every source answers that it has nothing: that is not the same as not answering. */
function empty() {
  const scenario = 'empty';
  body(scenario, 'openalex.json', '{"meta":{"count":0,"page":1,"per_page":25},"results":[]}');
  body(scenario, 'crossref.json', '{"status":"ok","message":{"total-results":0,"items":[]}}');
  body(scenario, 'datacite.json', dataciteBody([]));
  body(scenario, 'pubmed.json', '{"esearchresult":{"count":"0","retmax":"0","retstart":"0","idlist":[]}}');
  write(scenario, 'Every source answers, and has nothing.', [
    { match: AT.openalex, file: 'openalex.json' },
    { match: AT.crossref, file: 'crossref.json' },
    { match: AT.datacite, file: 'datacite.json' },
    { match: AT.pubmedSearch, file: 'pubmed.json' },
    { match: AT.semanticScholar, file: fixture(scenario, 'semantic_scholar/empty_results.json') },
    { match: RELAY, file: fixture(scenario, 'arxiv_api/id_0000.0000_s0_m100.xml') },
  ]);
}

/**
 * @param {string} scenario
 * @param {string} name
 * @param {string} text
 */
function body(scenario, name, text) {
  mkdirSync(folder(scenario), { recursive: true });
  writeFileSync(join(folder(scenario), name), text);
}

/**
 * @param {string} scenario
 * @param {string} path under the fixtures
 */
const fixture = (scenario, path) => relative(folder(scenario), join(FIXTURES, path));

/**
 * @param {string} scenario
 * @param {string} note
 * @param {Rule[]} rules
 */
function write(scenario, note, rules) {
  body(scenario, 'replay.json', `${JSON.stringify({ note, rules }, null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (noFixtures) console.log(noFixtures);
  else build();
}
