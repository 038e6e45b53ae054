/** A check with the reader's decisions, as files: JSON and Markdown. */
import { CAVEAT, faultsOf, partsOf, remarksOf, uncoveredOf } from '../../../pkg/draft-words.mjs';
import { probability } from '../../../pkg/elements/words.mjs';
import type { FoundSentence } from '../../../pkg/probatum.js';
import { SAYS, asSentence, headline, itemsOf, shown, sureness, textName, workName, writtenIn, type Check, type Decision, type Decisions, type Item } from './result';

/**
 * What the library gave, in its own shape, and beside it the draft and the decisions: of a claim `Checked`, of a draft its
 * works and sentences. Texts of papers are not in it, only their names.
 * @param version - of the page
 */
export function asJson({ date, draft, texts, works, sentences, citing, claim }: Check, decisions: Decisions, version: string): string {
  const decided = (at: number) => (decisions[at] ? { reader: decisions[at] } : {});
  const about = { probatum: version, date, texts: texts.map(({ id, title }) => ({ id, title })) };
  const whole = claim
    ? { ...about, given: draft.text, ...claim, ...decided(0) }
    : { ...about, draft, citing, works, sentences: sentences.map((sentence, at) => ({ ...sentence, ...decided(at) })) };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

/** The sentences with what is said of each, those to look at first. */
export function asMarkdown(check: Check, decisions: Decisions): string {
  const items = itemsOf(check).map((item, at) => ({ item, at }));
  const part = (heading: string, some: typeof items) => (some.length === 0 ? [] : [`## ${heading}`, ...some.map(({ item, at }) => entry(check, item, at, decisions[at]))]);
  const parts = check.claim
    ? items.map(({ item, at }) => entry(check, item, at, decisions[at]))
    : [...part('To look at', items.filter(({ item }) => item.flagged)), ...part('The others', items.filter(({ item }) => !item.flagged))];
  const about = `Checked on ${check.date} with Probatum. ${CAVEAT}`;
  return `${[`# ${headline(check)}`, about, ...parts].join('\n\n')}\n`;
}

function entry(check: Check, item: Item, at: number, decision: Decision | undefined): string {
  const sure = sureness(item);
  const { checked } = item;
  const cited = item.works.flatMap((place) => (check.works[place] ? [workName(check.works[place])] : []));
  const said = (side: string, found: readonly FoundSentence[]) => found.map(({ text, quote }) => `- ${side}: “${plain(quote)}” (${plain(textName(check, text))})`);
  const lines = [
    ...(cited.length > 0 ? [`- Cites: ${plain(cited.join('; '))}`] : []),
    ...[...partsOf(item), ...faultsOf(item), ...uncoveredOf(item, check.draft.text), ...remarksOf(item)].map((fault) => `- ${plain(asSentence(fault))}`),
    ...said('For', checked?.for ?? []),
    ...said('Against', checked?.against ?? []),
    ...(decision?.says ? [`- The reader: ${SAYS[decision.says].toLowerCase()}`] : []),
    ...(decision?.note ? [`- Note: ${plain(decision.note)}`] : []),
  ];
  const heading = `### ${check.claim ? '' : `${String(at + 1)}. `}${shown(item.verdict).words}${sure === undefined ? '' : `, probability ${probability(sure)}`}`;
  return [heading, `> ${plain(writtenIn(check, item))}`, lines.join('\n')].filter(Boolean).join('\n\n');
}

/** Text of others in one line, without what Markdown would take for its own. */
const plain = (text: string): string => text.replace(/\s+/g, ' ').trim().replace(/[\\`*_[\]<>#|]/g, '\\$&');
