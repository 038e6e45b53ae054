/** Labelled pairs: what the model makes of them, beside what words alone would. */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { calibrated, lexical, signals } from '../../pkg/probatum.js';
import { spread } from './input.mjs';
import { auroc, isTwoWay, majority, measure } from './measures.mjs';

/** @typedef {import('./engine.mjs').Engine} Engine */
/** @typedef {import('./measures.mjs').Measures} Measures */

/**
 * What needs no model. Word overlap (the share of the hypothesis's words that the premise has) is the method of lexical
 * checkers; BM25 is of the hypothesis among the file's premises. Neither has a scale on which a threshold could be set
 * without looking at the answers, so they are compared by AUROC alone, and the majority class by accuracy.
 * @typedef {object} Baselines
 * @property {number} majority accuracy of always saying the most frequent class
 * @property {number | null} overlapAuroc
 * @property {number | null} bm25Auroc
 */

/** @typedef {Measures & { file: string, of: number, pairsPerSecond: number, baselines: Baselines }} FileResult */

/**
 * @param {Engine} engine
 * @param {string} path to name it by
 * @param {import('./input.mjs').Row[]} all
 * @param {object} [given]
 * @param {number} [given.most] pairs evaluated, spread evenly over the file
 * @param {string} [given.scores] folder that the scores are kept in
 * @returns {Promise<FileResult>}
 */
export async function evaluatePairs(engine, path, all, { most, scores: folder } = {}) {
  const rows = spread(all, most);
  const labels = rows.map(({ label }) => label);
  const twoWay = isTwoWay(all.map(({ label }) => label));
  const pairs = rows.map(({ premise, hypothesis }) => ({ premise, hypothesis }));
  const started = performance.now();
  const scores = await engine.entail(pairs, path);
  const seconds = (performance.now() - started) / 1000;
  const probabilities = calibrated(engine.manifest, pairs, scores);
  if (folder !== undefined) await keep(folder, path, { pairs, scores, probabilities });
  return {
    file: path,
    of: all.length,
    ...measure(probabilities, labels, twoWay),
    pairsPerSecond: pairs.length / seconds,
    baselines: baselines(pairs, labels, twoWay),
  };
}

/**
 * Writes what was made of each pair: its logits and its calibrated probabilities (entailment, neutral, contradiction), and
 * the kind of every signal that says something. A calibration is fitted on them.
 * @param {string} folder
 * @param {string} path of the file of pairs, whose name is kept
 * @param {object} found
 * @param {import('../../pkg/probatum.js').Pair[]} found.pairs
 * @param {import('../../pkg/probatum.js').Entailment[]} found.scores
 * @param {import('./measures.mjs').Probability[]} found.probabilities
 */
async function keep(folder, path, { pairs, scores, probabilities }) {
  const said = signals(pairs);
  const listed = (/** @type {import('./measures.mjs').Probability} */ of) => [of.entailment, of.neutral, of.contradiction];
  const lines = scores.map((score, i) =>
    JSON.stringify({
      logits: listed(score),
      probability: listed(probabilities[i]),
      signals: Object.fromEntries(said[i].map(({ name, kind }) => [name, kind])),
    }),
  );
  await mkdir(folder, { recursive: true });
  const name = basename(path).replace(/\.jsonl(\.gz)?$/, '');
  await writeFile(join(folder, `${name}.scores.jsonl`), `${lines.join('\n')}\n`);
}

/**
 * @param {import('../../pkg/probatum.js').Pair[]} pairs
 * @param {import('./measures.mjs').Label[]} labels
 * @param {boolean} twoWay
 * @returns {Baselines}
 */
function baselines(pairs, labels, twoWay) {
  const words = lexical(pairs);
  const entailed = labels.map((label) => label === 'entailment');
  return {
    majority: majority(labels, twoWay),
    overlapAuroc: auroc(words.map(({ overlap }) => overlap), entailed),
    bm25Auroc: auroc(words.map(({ bm25 }) => bm25), entailed),
  };
}

/**
 * Where a baseline is at least as good as the model.
 * @param {Measures & { baselines: Baselines }} result
 * @returns {string[]}
 */
export function beaten({ accuracy, auroc, baselines }) {
  const lost = [];
  if (baselines.majority >= accuracy) lost.push('majority class (accuracy)');
  if (auroc !== null && Number(baselines.overlapAuroc) >= auroc) lost.push('word overlap (AUROC)');
  if (auroc !== null && Number(baselines.bm25Auroc) >= auroc) lost.push('BM25 (AUROC)');
  return lost;
}
