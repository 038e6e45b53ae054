/** How far a check is: the model, then the sentences. */
import type { ModelState } from '../../../pkg/messages.mjs';
import { byId, setText, show } from '../dom';
import { announce } from '../live';
import { modelWords } from '../progress';
import { titleSays } from '../title';
import { count } from '../words';

const gauge = () => byId('check-gauge', HTMLProgressElement);

/** Shows that a check has begun. */
export function beginProgress(): void {
  show(byId('check-progress', HTMLElement), true);
  gauge().removeAttribute('value');
  say('Starting…');
}

/** Shows how far the model is. */
export function modelProgress(state: ModelState): void {
  if (state.state === 'downloading' && state.total !== undefined) gauge().value = state.received / state.total;
  else gauge().removeAttribute('value');
  say(state.state === 'downloading' ? `Loading the model, which happens once: ${modelWords(state)}` : `Model: ${modelWords(state)}`);
}

/** Shows that the texts are read for a claim. */
export function readingProgress(texts: number): void {
  gauge().removeAttribute('value');
  say(`Reading ${count('text', texts)} for the claim…`);
}

/** Shows how many works are looked up. */
export function lookUpProgress(done: number, all: number): void {
  if (all === 0) return;
  gauge().value = done / all;
  say(`${String(done)} of ${count('work', all)} looked up`);
}

/** Shows how many sentences are checked. */
export function sentenceProgress(done: number, all: number): void {
  gauge().value = done / Math.max(1, all);
  say(`${String(done)} of ${String(all)} citing sentences checked`);
  titleSays(`${String(done)} of ${String(all)} checked`);
}

/** The check is over. */
export function endProgress(): void {
  titleSays();
  show(byId('check-progress', HTMLElement), false);
}

function say(words: string): void {
  setText(byId('check-progress-text', HTMLParagraphElement), words);
  announce(words);
}
