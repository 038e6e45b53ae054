/** What a reader gives to be checked: how a text looks, and which of the files is the draft. */
import type { FileAtHand } from '../../../pkg/messages.mjs';
import type { GivenDraft, GivenText } from '../../../pkg/probatum.js';

/** What a draft is written in. */
export type DraftFormat = GivenDraft['format'];

/** How a reader wants a text taken: `auto` is what it looks like. */
export type Reading = 'auto' | 'claim' | DraftFormat;

/** What a pasted text looks written in. */
export function looksLike(text: string): DraftFormat {
  if (/\\(?:documentclass|begin|section|[a-zA-Z]*cite[a-zA-Z]*)\b[^\n]*\{/.test(text)) return 'tex';
  // Headings, Pandoc's keys, footnotes, links and emphasis.
  if (/^#{1,6} |\[[^\]\n]*@[\w]|\[\^[^\]\n]+\]|\]\(|\*\*\S/m.test(text)) return 'markdown';
  return 'plain';
}

/** Whether a text is one sentence; one that a full stop within makes look like two is none. */
export const isOneSentence = (text: string): boolean => !/\n\s*\n|[.!?][”’")\]]*\s+\p{Lu}/u.test(text.trim());

/** Formats in the order in which a file of them is likely to be the draft: papers at hand seldom come as TeX. */
const LIKELY: readonly DraftFormat[] = ['tex', 'markdown', 'plain'];

/**
 * The file that is the draft, of those just added: one that cites; nothing where none does. A PDF is a paper until the reader
 * takes it for the draft: all papers cite.
 */
export function draftAmong<T extends Pick<FileAtHand, 'what' | 'draft' | 'role' | 'citing'>>(files: readonly T[]): T | undefined {
  const rank = ({ draft }: T) => (draft === undefined ? LIKELY.length : LIKELY.indexOf(draft));
  return files
    .filter(({ what, draft, role, citing }) => what !== 'PDF' && draft !== undefined && role === 'text' && citing > 0)
    .sort((a, b) => rank(a) - rank(b) || b.citing - a.citing)[0];
}

/** Of a text that was read from a PDF: where its sentences stand on the pages (`pkg/places.mjs`), and the key under which the PDF is kept here. */
export interface Original {
  places?: Float32Array;
  pdf?: string;
}

/** A text at hand; its id tells it from all others. */
export type Text = GivenText & Original & { id: string; title: string; text: string };

/** Texts with an id each: one that another has already is told apart by a number. */
export function apart(texts: readonly (GivenText & Original)[]): Text[] {
  const taken = new Set<string>();
  return texts.map(({ id = 'text', title = '', text = '', ...rest }) => {
    let own = id;
    for (let n = 2; taken.has(own); n += 1) own = `${id} (${String(n)})`;
    taken.add(own);
    return { ...rest, id: own, title, text };
  });
}
