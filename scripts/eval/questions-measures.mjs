/**
 * The measures of whole reports on judged questions, one function each. Every one of them counts a single question; counts
 * are summed over the questions before a share or an F1 is taken, so that each judged paper weighs the same.
 */
import { DECIDED, LEANING } from './questions-view.mjs';

/** @typedef {import('./questions-view.mjs').View} View */
/** @typedef {import('./questions-view.mjs').Row} Row */
/** @typedef {import('./questions-view.mjs').Stance} Stance */

/**
 * @typedef {object} Judgement
 * @property {string} doc
 * @property {0 | 1 | 2} relevance
 * @property {'yes' | 'no' | 'no-difference' | 'mixed' | 'n/a' | null} stance towards the proposition; of relevance 2
 * @property {string | null} sentence that decides, verbatim; of relevance 2
 * @property {'finding' | 'second-hand' | 'assumption' | null} kind of relevance 2
 */

/**
 * @typedef {object} Question
 * @property {string} id
 * @property {string} question
 * @property {string | null} proposition
 * @property {'yes' | 'no' | 'mixed' | 'no-difference' | 'list' | 'none'} answer_label
 * @property {{ finding: string, docs: string[] }[]} must_contain
 * @property {Judgement[]} judgements
 */

/** @typedef {{ hit: number, of: number }} Part so many of so many */

/** Rows that a reader sees without scrolling. */
const FIRST_ROWS = 6;
/** Two sentences with this token F1 are the same sentence, cut or cleaned in two ways. */
const SAME_SENTENCE_F1 = 0.8;
/** A shorter piece of a sentence says too little to stand for it. */
const FEWEST_TOKENS = 4;
/** Tokens by which an answer is found again in Markdown. */
const OPENING_TOKENS = 8;
/** The label of a paragraph: up to three words in bold before it. */
const LABEL = /^\*\*[^\s*]+( [^\s*]+){0,2}\*\*\s*/;
/** What Markdown adds to a text: a citation by number, and where a link goes to. */
const CITATION = /\[\\\[\d+\\\]\]\([^)]*\)/g;
const LINK_TARGET = /\]\([^)]*\)/g;

/**
 * @template T
 * @param {T[]} items
 * @param {(item: T) => boolean} holds
 * @returns {Part}
 */
const part = (items, holds) => ({ hit: items.filter(holds).length, of: items.length });

/** @param {Question} question */
export const deciding = ({ judgements }) => judgements.filter(({ relevance }) => relevance === 2);

/**
 * Papers that decide and are among all works found.
 * @param {Question} question
 * @param {View} view
 */
export const recallFound = (question, { found }) => part(deciding(question), ({ doc }) => found.includes(doc));

/**
 * Papers that decide and have a row.
 * @param {Question} question
 * @param {View} view
 */
export const recallRows = (question, { rows }) => part(deciding(question), ({ doc }) => rowOf(rows, doc) !== undefined);

/**
 * @param {Row[]} rows
 * @param {string} wanted
 */
const rowOf = (rows, wanted) => rows.find(({ doc }) => doc === wanted);

/**
 * Rows by the relevance that was judged: deciding, on the topic, off it, never judged.
 * @param {Question} question
 * @param {View} view
 */
export function rowsByRelevance({ judgements }, { rows }) {
  const judged = new Map(judgements.map(({ doc, relevance }) => [doc, relevance]));
  const counts = { two: 0, one: 0, zero: 0, unjudged: 0 };
  const names = /** @type {const} */ (['zero', 'one', 'two']);
  for (const { doc } of rows) {
    const relevance = judged.get(doc);
    counts[relevance === undefined ? 'unjudged' : names[relevance]] += 1;
  }
  return counts;
}

/**
 * Judged rows that are on the topic. Rows never judged are left out: they are not proven irrelevant.
 * @param {Question} question
 * @param {View} view
 * @returns {Part}
 */
export function onTopic(question, view) {
  const { two, one, zero } = rowsByRelevance(question, view);
  return { hit: two + one, of: two + one + zero };
}

/**
 * Rows of deciding papers whose first `shown` sentences hold the one that was judged to decide.
 * @param {Question} question
 * @param {View} view
 * @param {number} shown
 */
export function findingShown(question, { rows }, shown) {
  const withRow = deciding(question).filter(({ doc }) => rowOf(rows, doc));
  return part(withRow, ({ doc, sentence }) =>
    (rowOf(rows, doc)?.findings ?? []).slice(0, shown).some((text) => sameSentence(text, sentence ?? '')),
  );
}

/**
 * Whether a sentence shown is the judged one: one holds the other, or their tokens agree. Where two neighbouring sentences
 * were judged to decide, either will do.
 * @param {string} shown
 * @param {string} judged
 */
export function sameSentence(shown, judged) {
  const parts = [judged, ...judged.split(/(?<=[.!?])\s+(?=\p{Lu})/u)];
  const said = tokens(shown);
  const isSaid = (/** @type {string[]} */ wanted) =>
    holds(said, wanted) || holds(wanted, said) || tokenF1(said, wanted) >= SAME_SENTENCE_F1;
  return parts.map(tokens).some(isSaid);
}

/** @param {string} text letters and digits alone: mark-up, formulas and white space are written in many ways */
const tokens = (text) => text.normalize('NFKC').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * @param {string[]} whole
 * @param {string[]} piece
 */
const holds = (whole, piece) => piece.length >= FEWEST_TOKENS && ` ${whole.join(' ')} `.includes(` ${piece.join(' ')} `);

/**
 * F1 of the tokens that two texts share, each as often as both have it.
 * @param {string[]} a
 * @param {string[]} b
 */
export function tokenF1(a, b) {
  const left = [...b];
  const shared = a.filter((token) => {
    const at = left.indexOf(token);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  }).length;
  return a.length + b.length === 0 ? 0 : (2 * shared) / (a.length + b.length);
}

/**
 * Rows of deciding papers whose kind (finding, second-hand, assumption) is the judged one.
 * @param {Question} question
 * @param {View} view
 */
export function kindRight(question, { rows }) {
  const withRow = deciding(question).filter(({ doc }) => rowOf(rows, doc));
  return part(withRow, ({ doc, kind }) => rowOf(rows, doc)?.kind === kind);
}

/** The classes of a paper's stance: an effect denied and an effect reversed both say no. */
export const STANCES = /** @type {const} */ (['yes', 'no', 'silent']);

/** @typedef {Record<string, number>} Confusion `truth>said` → papers; truth of {@link STANCES}, said also "mixed" */

/** @type {Record<string, string>} */
const CLASS_OF = { yes: 'yes', no: 'no', 'no-difference': 'no', mixed: 'mixed', silent: 'silent' };

/**
 * Stances of judged papers towards the judged proposition. Papers judged to be only on the topic are truly silent; papers
 * judged mixed are left out. A row that says "mixed" of another paper is wrong in every class.
 * @param {Question} question one without proposition counts nothing
 * @param {View} view
 * @param {'rows' | 'all'} of judged papers with a row, or all of them, where a paper without a row is silent
 * @returns {Confusion}
 */
export function stances(question, view, of) {
  /** @type {Confusion} */
  const counts = {};
  for (const { truth, said } of stancePairs(question, view)) {
    if (truth === 'mixed' || (of === 'rows' && said === null)) continue;
    const cell = `${truth}>${said ?? 'silent'}`;
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
}

/**
 * Rows of papers judged mixed that say so.
 * @param {Question} question
 * @param {View} view
 */
export function mixedRight(question, view) {
  const mixed = stancePairs(question, view).filter(({ truth, said }) => truth === 'mixed' && said !== null);
  return part(mixed, ({ said }) => said === 'mixed');
}

/**
 * @param {Question} question
 * @param {View} view
 * @returns {{ truth: string, said: string | null }[]} said: null where the paper has no row
 */
function stancePairs({ proposition, judgements }, { rows, answer }) {
  if (proposition === null) return [];
  const turned = isOpposite(proposition, answer?.proposition ?? null);
  return judgements.flatMap(({ doc, relevance, stance }) => {
    const truth = relevance === 1 ? 'silent' : CLASS_OF[stance ?? ''];
    if (relevance === 0 || truth === undefined) return [];
    const row = rowOf(rows, doc);
    return [{ truth, said: row ? CLASS_OF[turned ? turn(row.stance) : row.stance] : null }];
  });
}

/** @type {Record<string, Stance>} */
const TURNED = { yes: 'no', no: 'yes' };

/** @param {Stance} stance towards a proposition's opposite; no difference and mixed are their own opposites */
const turn = (stance) => TURNED[stance] ?? stance;

/** Words of change by their sign, as word beginnings: what raises, and what lowers. */
const RAISES = /^(improv|increas|rais|rise|enhanc|better|higher|more$|larger|greater|boost|help|gain|strengthen|extend|prolong|outperform|benefi)/;
const LOWERS = /^(reduc|lower|decreas|declin|diminish|drop|worse|less$|fewer|smaller|harm|hurt|weaken|degrad|impair|shorten|underperform)/;
const DENIES = /^(not|no|cannot|fails?)$/;

/**
 * The sign of a proposition by its words: each that lowers or denies turns it round. 0 where no word tells.
 * @param {string} proposition
 * @returns {-1 | 0 | 1}
 */
export function sign(proposition) {
  const words = tokens(proposition);
  const lowering = words.filter((word) => LOWERS.test(word)).length;
  const denying = words.filter((word) => DENIES.test(word)).length;
  if (lowering + denying === 0 && !words.some((word) => RAISES.test(word))) return 0;
  return (lowering + denying) % 2 === 0 ? 1 : -1;
}

/**
 * Whether a report answers the opposite of the judged proposition, as it may for "what is the effect of X on Y": by the
 * signs of their words. Stances decide nothing here, or a report with every stance inverted would look right.
 * @param {string} judged
 * @param {string | null} produced
 */
export const isOpposite = (judged, produced) => produced !== null && sign(judged) * sign(produced) === -1;

/**
 * F1 of a class of a summed confusion; null where the class neither occurs nor is said.
 * @param {Confusion} confusion
 * @param {string} name
 * @returns {number | null}
 */
export function classF1(confusion, name) {
  const sum = (/** @type {(truth: string, said: string) => boolean} */ where) =>
    Object.entries(confusion).reduce((total, [cell, count]) => {
      const [truth, said] = cell.split('>');
      return where(truth, said) ? total + count : total;
    }, 0);
  const both = sum((truth, said) => truth === name && said === name);
  const either = sum((truth) => truth === name) + sum((_, said) => said === name);
  return either === 0 ? null : (2 * both) / either;
}

/**
 * Mean F1 of the three classes; one that does not occur among the papers is left out.
 * @param {Confusion} confusion
 * @returns {number | null}
 */
export function macroF1(confusion) {
  const there = STANCES.filter((name) => Object.keys(confusion).some((cell) => cell.startsWith(`${name}>`)));
  if (there.length === 0) return null;
  return there.reduce((sum, name) => sum + Number(classF1(confusion, name)), 0) / there.length;
}

/**
 * Sides taken (yes or no), and how many of them are the judged ones.
 * @param {Confusion} confusion
 * @returns {Part}
 */
export function sidesRight(confusion) {
  const sided = Object.entries(confusion).filter(([cell]) => /[>](yes|no)$/.test(cell));
  const count = (/** @type {[string, number][]} */ cells) => cells.reduce((sum, [, n]) => sum + n, 0);
  return { hit: count(sided.filter(([cell]) => cell === 'yes>yes' || cell === 'no>no')), of: count(sided) };
}

/** @typedef {'right' | 'opposite' | 'declined' | 'wrong'} Outcome of an answer */

/**
 * How the answer's label compares with the judged one.
 * - right: the same; towards an opposite proposition, turned. Where the judged label is mixed and more findings were
 *   judged to be of no difference than yes, "no-difference" too: no consistent gain is right under either name. Where the
 *   judged proposition says "as … as", "no-difference" is its yes.
 * - opposite: yes for no, or no for yes; no difference for yes is wrong, not opposite.
 * - declined: none, or findings instead of a verdict.
 * @param {Question} question
 * @param {View} view
 * @returns {Outcome}
 */
export function answerOutcome(question, { answer }) {
  const { answer_label: expected, proposition } = question;
  if (answer === null) return expected === 'none' ? 'right' : 'declined';
  const turned = proposition !== null && isOpposite(proposition, answer.proposition);
  const said = turned ? turn(/** @type {Stance} */ (answer.label)) : answer.label;
  if (accepted(question).includes(said)) return 'right';
  if (expected === 'none') return 'wrong';
  if (said === 'none' || said === 'list') return 'declined';
  return isSide(said) && isSide(expected) ? 'opposite' : 'wrong';
}

/** @param {string} label */
const isSide = (label) => label === 'yes' || label === 'no';

/**
 * @param {Question} question
 * @returns {string[]} labels that are right
 */
function accepted({ answer_label: label, proposition, judgements }) {
  const count = (/** @type {string} */ stance) => judgements.filter((j) => j.kind === 'finding' && j.stance === stance).length;
  if (label === 'mixed' && count('no-difference') > count('yes')) return ['mixed', 'no-difference'];
  if (label === 'yes' && /\bas \S+( \S+)? as\b/i.test(proposition ?? '')) return ['yes', 'no-difference'];
  return [label];
}

/**
 * Findings of a list that the first screen (the answer's findings, the first rows) cites a paper for; `stated`: and shows
 * one of the sentences that were judged to decide in those papers.
 * @param {Question} question
 * @param {View} view
 * @returns {{ cited: Part, stated: Part }}
 */
export function mustContain({ must_contain: wanted, judgements }, { rows, answer }) {
  const findings = answer?.findings ?? [];
  const shown = [
    ...findings.flatMap(({ text, papers, against }) => [...papers, ...against].map((doc) => ({ doc, texts: [text] }))),
    ...rows.slice(0, FIRST_ROWS).map(({ doc, findings }) => ({ doc, texts: findings })),
  ];
  const sentence = new Map(judgements.map((judgement) => [judgement.doc, judgement.sentence ?? '']));
  const isStated = (/** @type {{ doc: string, texts: string[] }} */ { doc, texts }) =>
    texts.some((text) => sameSentence(text, sentence.get(doc) ?? ''));
  return {
    cited: part(wanted, ({ docs }) => shown.some(({ doc }) => docs.includes(doc))),
    stated: part(wanted, ({ docs }) => shown.some((item) => docs.includes(item.doc) && isStated(item))),
  };
}

/**
 * Claims by strength of their verdict.
 * @param {View} view
 */
export function claimsDecided({ claims }) {
  const count = (/** @type {string[]} */ labels) => claims.filter((label) => labels.includes(label)).length;
  return { decided: count(DECIDED), leaning: count(LEANING), of: claims.length };
}

/**
 * Words that stand before the answer in a report's Markdown: title, line of facts, headings and labels in bold set aside.
 * @param {string} markdown
 * @param {string | null} text the answer's, or null for a report without one
 * @returns {number | null} null where the answer does not stand in it
 */
export function wordsBefore(markdown, text) {
  if (text === null) return null;
  const body = markdown
    .split('\n')
    .filter((line) => !line.startsWith('#') && !line.startsWith('Probatum '))
    .map((line) => line.replace(LABEL, ''))
    .join('\n')
    .replace(CITATION, '')
    .replace(LINK_TARGET, ']');
  const opening = ` ${tokens(text).slice(0, OPENING_TOKENS).join(' ')} `;
  const whole = ` ${tokens(body).join(' ')} `;
  const at = whole.indexOf(opening);
  return at < 0 ? null : whole.slice(0, at).split(' ').filter(Boolean).length;
}
