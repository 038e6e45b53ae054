/** A check as it is shown, kept and exported: of a claim, or of a draft. */
import { TONES, draftHeadline, shown } from '../../../pkg/draft-words.mjs';
import { placesWithin } from '../../../pkg/places.mjs';
import type { Checked, CheckedSentence, CitedWork, DraftVerdict, FoundSentence, GivenDraft, GivenPlace, Label } from '../../../pkg/probatum.js';
import type { Text } from './given';

export { SIGNS, asSentence, shown, sureness, workName } from '../../../pkg/draft-words.mjs';

/** What a reader says of a verdict. */
export type Says = 'agree' | 'disagree' | 'mend';

/** A reader's own decision on a sentence. */
export interface Decision {
  says?: Says;
  note?: string;
}

/** Decisions by the place of their sentence. */
export type Decisions = Record<number, Decision>;

/** How a reader's decision is called. */
export const SAYS: Readonly<Record<Says, string>> = Object.freeze({ agree: 'Agree', disagree: 'Disagree', mend: 'To mend' });

/** A check. */
export interface Check {
  /** When it was made, in milliseconds since 1970: also its key. */
  id: number;
  /** `YYYY-MM-DD`. */
  date: string;
  draft: GivenDraft;
  texts: Text[];
  works: CitedWork[];
  sentences: CheckedSentence[];
  /** Sentences that cite; more than there are where it was ended early. */
  citing: number;
  /** What the whole text comes to, where it is one claim. */
  claim?: Checked;
}

/** A sentence as it is shown. */
export type Item = Pick<CheckedSentence, 'place' | 'marks' | 'works' | 'troubles' | 'quotations' | 'numbers' | 'drifts' | 'flagged'> & {
  /** Not in checks that were kept by earlier versions, as the next two. */
  remarks?: CheckedSentence['remarks'];
  parts?: CheckedSentence['parts'];
  uncovered?: CheckedSentence['uncovered'];
  verdict: DraftVerdict | Label;
  checked: Checked | undefined;
};

/** What is shown: the sentences of the draft, or the claim as the only one. */
export function itemsOf({ draft, sentences, claim }: Check): Item[] {
  if (!claim) return sentences.map(({ checked, ...rest }) => ({ ...rest, checked }));
  const text = draft.text;
  const place = { start: text.length - text.trimStart().length, end: text.trimEnd().length };
  return [{ place, marks: [], works: [], troubles: [], quotations: [], numbers: [], drifts: [], flagged: false, verdict: claim.label, checked: claim }];
}

/**
 * The decisions on an earlier check that hold for this one too: those on sentences that are written, and judged, as they
 * were then.
 */
export function carriedOver(before: Check, decisions: Decisions, check: Check): Decisions {
  const known = new Map(itemsOf(before).map((item, at) => [sameness(before, item), decisions[at]]));
  return Object.fromEntries(itemsOf(check).flatMap((item, at) => {
    const decision = known.get(sameness(check, item));
    return decision ? [[at, decision]] : [];
  }));
}

const sameness = (check: Check, item: Item): string => `${item.verdict} ${writtenIn(check, item)}`;

/** Texts at hand that belong to no work of a draft. */
export function unclaimed({ claim, texts, works }: Check): Text[] {
  return claim ? [] : texts.filter(({ id }) => works.every(({ text }) => text !== id));
}

/** Every verdict that there is, in the order in which a reader wants to see them. */
export const ORDER = Object.keys(TONES) as Item['verdict'][];

/** A sentence as it is written, and how its words stand in the draft. */
export const writtenIn = ({ draft }: Check, { place }: Item): string => draft.text.slice(place.start, place.end);

/** Where a sentence stands on the pages of the PDF that its text was read from, in order; nothing of other texts. */
export function placesOf({ texts }: Pick<Check, 'texts'>, { text, start, end }: FoundSentence): GivenPlace[] {
  const places = texts.find(({ id }) => id === text)?.places;
  return places ? placesWithin(places, { start, end }) : [];
}

/** How a text is called. */
export function textName({ texts }: Check, id: string): string {
  const text = texts.find((text) => text.id === id);
  return text?.title ? text.title : id;
}

/** How many sentences have each verdict, in the order of {@link ORDER}; none that has no sentence. */
export function countsOf(items: readonly Item[]): [Item['verdict'], number][] {
  return ORDER.map((verdict): [Item['verdict'], number] => [verdict, items.filter((item) => item.verdict === verdict).length]).filter(([, count]) => count > 0);
}

/** The result in one sentence. */
export function headline(check: Check): string {
  const items = itemsOf(check);
  if (check.claim && items[0]) return shown(items[0].verdict).words;
  return draftHeadline(items, check.citing);
}
