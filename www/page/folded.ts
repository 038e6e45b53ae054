/** A failure in one line; what a server sent in its own words, often raw JSON, stands folded behind it. */
import { el } from './dom';

/** A message cut where the quotation of a server begins; `said` is empty where it quotes nothing. */
export function cut(message: string): { line: string; said: string } {
  const at = message.indexOf('“');
  if (at < 0) return { line: message, said: '' };
  return { line: message.slice(0, at).replace(/[\s:]+$/u, ''), said: message.slice(at) };
}

/** The line, and the rest behind a switch. */
export function folded(message: string): (Node | string)[] {
  const { line, said } = cut(message);
  return said === '' ? [line] : [line, ' ', el('details', { class: 'said' }, el('summary', {}, 'what it said'), said)];
}
