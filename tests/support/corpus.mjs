/** A deterministic choice of recorded arXiv records for a question: near ones, look-alikes and strangers. */
import { FIXTURES, arxivRecords } from './fixtures.mjs';
import { readFileSync } from 'node:fs';

/** @typedef {import('./fixtures.mjs').ArxivRecord} ArxivRecord */

/** The question of the report that this project replaces. */
export const NLI_QUESTION =
  'How does the reasoning accuracy of small language models on NLI benchmarks change when fine-tuned on synthetic ' +
  'data from ChatGPT-3.5-Turbo compared to data from ChatGPT-4?';

/** One that papers whose full text is recorded answer. */
export const FULL_TEXT_QUESTION = 'How accurately can systems verify scientific claims?';

const EVERY_NTH_STRANGER = 40;

/** The papers that the replaced report wrongly drew on are always among them. */
const TEMPTATIONS = ['topic_cwe_vuln.jsonl', '2510.00071.jsonl'];
const TOPICS = ['topic_nli.jsonl', 'topic_llm_finetuning.jsonl', 'topic_claim_verification.jsonl'];
const STRANGERS = 'cs_CL_random800.jsonl';

/**
 * @param {string} question
 * @param {number} nearest records that share most words with the question
 * @returns {ArxivRecord[]} by id, each once
 */
export function corpusFor(question, nearest) {
  const wanted = new Set(words(question));
  const near = TOPICS.flatMap(arxivRecords)
    .map((record) => ({ record, shared: sharedWords(wanted, `${record.title} ${record.summary}`) }))
    .sort((a, b) => b.shared - a.shared || compare(a.record.id, b.record.id))
    .slice(0, nearest)
    .map(({ record }) => record);
  const strangers = arxivRecords(STRANGERS).filter((_, n) => n % EVERY_NTH_STRANGER === 0);
  const all = [...TEMPTATIONS.flatMap(arxivRecords), ...near, ...strangers];
  return [...new Map(all.map((record) => [record.id, record])).values()].sort((a, b) => compare(a.id, b.id));
}

/** @type {Record<string, string[]>} First and last: enough to cite by. */
export const FULL_TEXT_AUTHORS = {
  '1706.03762': ['Ashish Vaswani', 'Illia Polosukhin'],
  '2004.14974': ['David Wadden', 'Hannaneh Hajishirzi'],
};

/**
 * The metadata of a recorded full text, read from its own page.
 * @param {string} id
 * @returns {ArxivRecord}
 */
export function recordOfFullText(id) {
  const html = readFileSync(`${FIXTURES}arxiv_html/${id}.latexml.html`, 'utf8');
  const between = (/** @type {RegExp} */ pattern) =>
    (pattern.exec(html)?.[1] ?? '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim();
  return {
    id,
    categories: ['cs.CL'],
    authors: FULL_TEXT_AUTHORS[id],
    title: between(/<h1 class="ltx_title ltx_title_document">([^]*?)<\/h1>/),
    summary: between(/<div class="ltx_abstract">[^]*?<p[^>]*>([^]*?)<\/p>/),
  };
}

/**
 * @param {Set<string>} wanted
 * @param {string} text
 */
const sharedWords = (wanted, text) => new Set(words(text).filter((word) => wanted.has(word))).size;

/** @param {string} text */
const words = (text) => text.toLowerCase().match(/[a-z0-9.-]{3,}/g) ?? [];

/**
 * @param {string} a
 * @param {string} b
 */
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
