/**
 * The question and its settings in the page's address, so that it can be kept and sent; it fills the form and starts
 * nothing. A relay and a model folder are never in it: their addresses may hold a key.
 */
import type { Limits } from '../../pkg/defaults.mjs';
import type { SourceId } from '../../pkg/probatum.js';

/** The numbers that a reader may set. */
export type Numbers = Pick<Limits, 'maxPapers' | 'maxClaims' | 'maxFullTexts'>;

/** What is asked, of whom, how. */
export interface Asked extends Numbers {
  question: string;
  sources: SourceId[];
}

/** How each number is called in an address. */
const NUMBERS = { papers: 'maxPapers', claims: 'maxClaims', texts: 'maxFullTexts' } as const;

/** What an address asks, after `#` or, as links of other pages may have it, after `?`; what it leaves out is not named. */
export function askedBy(address: string): (Partial<Asked> & { question: string }) | undefined {
  const { searchParams, hash } = new URL(address);
  const fields = searchParams.has('q') ? searchParams : new URLSearchParams(hash.startsWith('#q=') ? hash.slice(1) : '');
  const question = fields.get('q')?.trim();
  if (!question) return undefined;
  const sources = fields.get('sources')?.split(',') as SourceId[] | undefined;
  const numbers = Object.entries(NUMBERS).flatMap(([name, field]) => {
    const text = fields.get(name) ?? '';
    return /^\d{1,4}$/.test(text) ? [[field, Number(text)] as const] : [];
  });
  return { question, ...(sources && { sources }), ...Object.fromEntries(numbers) };
}

/**
 * The address that asks this again. After `#`, which no server is told.
 * @param usual - what is asked where nobody chose: it is not named
 */
export function addressOf(asked: Asked, usual: Omit<Asked, 'question'>, page: string): string {
  const url = new URL(page);
  const fields = new URLSearchParams({ q: asked.question });
  // Whoever is sent the address has not the papers.
  const sources = asked.sources.filter((source) => source !== 'yours');
  if (sources.length > 0 && sources.join() !== usual.sources.join()) fields.set('sources', sources.join(','));
  for (const [name, field] of Object.entries(NUMBERS)) {
    if (asked[field] !== usual[field]) fields.set(name, String(asked[field]));
  }
  url.search = '';
  url.hash = fields.toString();
  return url.href;
}
