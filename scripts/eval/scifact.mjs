/**
 * SciFact's open task (Wadden et al. 2020, "Fact or Fiction: Verifying Scientific Claims", EMNLP): for every claim find
 * the abstracts that decide it, label them, name the sentences. Retrieval, selection and verdict are the product's.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS } from '../../pkg/defaults.mjs';
import { usageError } from '../../pkg/errors.mjs';
import { OpenTask } from '../../pkg/probatum.js';
import { readLines, spread } from './input.mjs';
import { recall, score } from './scifact-measures.mjs';

/** Abstracts read for a claim. */
const PAPERS = 16;

/** @typedef {import('./scifact-measures.mjs').Gold} Gold */
/** @typedef {import('./scifact-measures.mjs').Predicted} Predicted */
/** @typedef {{ claim: string, gold: Gold }} Claim */
/** @typedef {{ folder: string, documents: import('../../pkg/probatum.js').GivenDocument[], claims: Claim[] }} Task */

/** The data set's name of a decided label, in either strength. */
const LABEL_OF = /** @type {Partial<Record<import('../../pkg/probatum.js').Label, 'SUPPORT' | 'CONTRADICT'>>} */ ({
  supported: 'SUPPORT',
  'leans-supported': 'SUPPORT',
  'leans-refuted': 'CONTRADICT',
  refuted: 'CONTRADICT',
});

/**
 * @param {string} folder with `claims_dev.jsonl` and `corpus.jsonl`, each compressed or not
 * @returns {Promise<Task>}
 */
export async function readTask(folder) {
  const documents = await readLines(file(folder, 'corpus.jsonl'), document);
  return { folder, documents, claims: await readLines(file(folder, 'claims_dev.jsonl'), claim) };
}

/**
 * @param {import('./engine.mjs').Engine} engine
 * @param {Task} task
 * @param {number} [most] claims evaluated, spread evenly
 * @param {(line: string) => void} [tell]
 */
export async function evaluateScifact(engine, { folder, documents, claims: all }, most, tell = () => {}) {
  const claims = spread(all, most);
  const open = new OpenTask(documents, engine.manifest, PAPERS, LIMITS.passagesPerClaim);
  const ranked = [];
  const predicted = [];
  for (const { claim } of claims) {
    const found = open.search(claim);
    ranked.push(found.ranked);
    const scores = await engine.entail(found.pairs);
    predicted.push(prediction(open.judge(claim, scores)));
    if (predicted.length % 25 === 0 || predicted.length === claims.length) {
      tell(`${folder}: ${predicted.length} of ${claims.length} claims`);
    }
  }
  const gold = claims.map(({ gold }) => gold);
  return {
    folder,
    claims: claims.length,
    of: all.length,
    abstracts: documents.length,
    recallAt3: recall(gold, ranked, 3),
    recallAt10: recall(gold, ranked, 10),
    ...score(gold, predicted),
  };
}

/**
 * @param {import('../../pkg/probatum.js').Judged} judged
 * @returns {Predicted}
 */
function prediction({ label, rationales }) {
  const decided = LABEL_OF[label];
  if (decided === undefined) return new Map();
  return new Map(rationales.map(({ document, sentences }) => [document, { label: decided, sentences }]));
}

/**
 * @param {string} folder
 * @param {string} name
 */
function file(folder, name) {
  const found = [name, `${name}.gz`].map((file) => join(folder, file)).find((path) => existsSync(path));
  if (found === undefined) throw usageError(`${join(folder, name)} does not exist, nor ${name}.gz: is this SciFact's folder?`);
  return found;
}

/** @param {any} row */
function document(row) {
  const { doc_id: id, title, abstract } = row ?? {};
  if (id === undefined || typeof title !== 'string' || !isTexts(abstract)) {
    throw new TypeError('it is no abstract: "doc_id", "title" and the list "abstract" are needed');
  }
  return { id: String(id), title, sentences: abstract };
}

/** @param {unknown} value */
const isTexts = (value) => Array.isArray(value) && value.every((item) => typeof item === 'string');

/**
 * @param {any} row
 * @returns {Claim}
 */
function claim(row) {
  if (typeof row?.claim !== 'string' || typeof row.evidence !== 'object' || row.evidence === null) {
    throw new TypeError('it is no claim: "claim" and "evidence" are needed');
  }
  return { claim: row.claim, gold: new Map(Object.entries(row.evidence).map(([id, sets]) => [id, goldOf(sets)])) };
}

/** @param {any} sets */
function goldOf(sets) {
  const good =
    Array.isArray(sets) &&
    sets.length > 0 &&
    sets.every(({ label, sentences }) => Object.values(LABEL_OF).includes(label) && Array.isArray(sentences));
  if (!good) throw new TypeError('its evidence is no list of { "sentences", "label": SUPPORT or CONTRADICT }');
  return { label: sets[0].label, rationales: sets.map(({ sentences }) => sentences) };
}
