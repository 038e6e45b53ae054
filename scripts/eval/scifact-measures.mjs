/**
 * The measures of SciFact's open task as its paper defines them (Wadden et al. 2020, section 4) and its evaluator and
 * `doc/evaluation.md` (github.com/allenai/scifact) apply them: counts are summed over all claims, then F1 is taken.
 */

/** @typedef {'SUPPORT' | 'CONTRADICT'} Label */
/** @typedef {Map<string, { label: Label, rationales: number[][] }>} Gold the abstracts that decide a claim, by id */
/** @typedef {Map<string, { label: Label, sentences: number[] }>} Predicted strongest sentence first */
/** @typedef {{ precision: number, recall: number, f1: number }} F1 */

/** At abstract level only so many predicted sentences count. */
const MOST_SENTENCES = 3;

/**
 * Share of all gold abstracts that are among the first `k` found for their claim.
 * @param {Gold[]} gold
 * @param {string[][]} ranked ids, best first
 * @param {number} k
 */
export function recall(gold, ranked, k) {
  const wanted = gold.flatMap((claim, i) => [...claim.keys()].map((id) => ranked[i].slice(0, k).includes(id)));
  return wanted.filter(Boolean).length / Math.max(1, wanted.length);
}

/**
 * - abstract, label only: the abstract is a gold one and its label is right;
 * - abstract, label and rationale: and one whole gold rationale is among its first three sentences;
 * - sentence, selection: the sentence is of a gold rationale all of whose sentences are predicted;
 * - sentence, selection and label: and the abstract's label is right.
 * @param {Gold[]} gold
 * @param {Predicted[]} predicted
 */
export function score(gold, predicted) {
  const abstracts = { there: 0, said: 0, label: 0, rationale: 0 };
  const sentences = { there: 0, said: 0, selected: 0, labelled: 0 };
  gold.forEach((claim, i) => {
    abstracts.there += claim.size;
    for (const { rationales } of claim.values()) sentences.there += rationales.flat().length;
    for (const [id, said] of predicted[i]) {
      abstracts.said += 1;
      sentences.said += said.sentences.length;
      const truth = claim.get(id);
      if (!truth) continue;
      const labelled = Number(said.label === truth.label);
      const selected = inWholeRationales(said.sentences, truth.rationales);
      abstracts.label += labelled;
      abstracts.rationale += labelled * Number(hasWhole(said.sentences.slice(0, MOST_SENTENCES), truth.rationales));
      sentences.selected += selected;
      sentences.labelled += labelled * selected;
    }
  });
  return {
    abstractLabelOnly: f1(abstracts.label, abstracts.said, abstracts.there),
    abstractLabelRationale: f1(abstracts.rationale, abstracts.said, abstracts.there),
    sentenceSelection: f1(sentences.selected, sentences.said, sentences.there),
    sentenceSelectionLabel: f1(sentences.labelled, sentences.said, sentences.there),
  };
}

/**
 * @param {number[]} said
 * @param {number[][]} rationales
 */
const hasWhole = (said, rationales) => rationales.some((rationale) => rationale.every((place) => said.includes(place)));

/**
 * @param {number[]} said
 * @param {number[][]} rationales
 */
const inWholeRationales = (said, rationales) =>
  said.filter((place) => hasWhole(said, rationales.filter((rationale) => rationale.includes(place)))).length;

/**
 * @param {number} correct
 * @param {number} said
 * @param {number} there
 * @returns {F1}
 */
function f1(correct, said, there) {
  const share = (/** @type {number} */ whole) => (whole === 0 ? 0 : correct / whole);
  return { precision: share(said), recall: share(there), f1: said + there === 0 ? 0 : (2 * correct) / (said + there) };
}
