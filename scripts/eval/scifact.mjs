/**
 * SciFact's open task (Wadden et al. 2020, "Fact or Fiction: Verifying Scientific Claims", EMNLP): for every claim find
 * the abstracts that decide it, label them, name the sentences. Claims are checked by the library, as a user's are.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { usageError } from '../../pkg/errors.mjs';
import { Library } from '../../pkg/probatum.js';
import { readLines, spread } from './input.mjs';
import { recall, score } from './scifact-measures.mjs';

/** Abstracts whose order is measured. */
const RANKED = 10;
/** Sentences that a prediction names of one abstract, at most: SciFact's evaluator looks at no more. */
const MOST_SENTENCES = 3;
/** An evaluation looks at every sentence that decides. */
const PARAMS = { listed: 100 };

/** @typedef {import('./scifact-measures.mjs').Gold} Gold */
/** @typedef {import('./scifact-measures.mjs').Predicted} Predicted */
/** @typedef {{ claim: string, gold: Gold }} Claim */
/** An abstract in the sentences that the data set counts. @typedef {{ id: string, title: string, sentences: string[] }} Document */
/** @typedef {{ folder: string, documents: Document[], claims: Claim[] }} Task */

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
  const library = libraryOf(documents);
  const given = new Map(documents.map((document) => [document.id, document]));
  const ranked = [];
  const predicted = [];
  for (const { claim } of claims) {
    ranked.push(library.nearest(claim, RANKED));
    const scores = await engine.entail(library.pairs(claim, {}));
    predicted.push(prediction(library.judge(claim, {}, scores, engine.manifest), given));
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
 * Abstracts as texts that claims are checked against.
 * @param {Document[]} documents
 */
export const libraryOf = (documents) =>
  new Library(documents.map(({ id, title, sentences }) => ({ id, title, text: sentences.join(' ') })), PARAMS);

/**
 * The sentences of the data set that the deciding ones overlap, by abstract; strongest first.
 * @param {import('../../pkg/probatum.js').Checked} checked
 * @param {Map<string, Document>} given
 * @returns {Predicted}
 */
function prediction({ label, for: support, against }, given) {
  const decided = LABEL_OF[label];
  /** @type {Predicted} */
  const predicted = new Map();
  if (decided === undefined) return predicted;
  for (const { text: id, start, end } of decided === 'SUPPORT' ? support : against) {
    const sentences = predicted.get(id)?.sentences ?? [];
    for (const place of overlapped(given.get(id)?.sentences ?? [], start, end)) {
      if (sentences.length < MOST_SENTENCES && !sentences.includes(place)) sentences.push(place);
    }
    predicted.set(id, { label: decided, sentences });
  }
  return predicted;
}

/**
 * Places of the sentences that have a character in common with `start..end` of the text that they make.
 * @param {string[]} sentences
 * @param {number} start
 * @param {number} end
 */
function overlapped(sentences, start, end) {
  let at = 0;
  return sentences.flatMap((sentence, place) => {
    const from = at;
    at += sentence.length + 1;
    return from < end && start < at - 1 ? [place] : [];
  });
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
