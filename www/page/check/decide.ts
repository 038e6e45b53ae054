/** The reader's own decision beside ours: agree, disagree, to mend; and a note. */
import { el } from '../dom';
import { SAYS, type Decision, type Says } from './result';

/**
 * Where it is made.
 * @param at - place of the sentence, from 0
 * @param changed - called with the decision as it is from now on
 */
export function decider(at: number, decision: Decision, changed: (decision: Decision) => void): HTMLElement {
  let now = decision;
  const buttons = Object.entries(SAYS).map(([says, words]) => {
    const button = el('button', { type: 'button', class: 'quiet small', 'data-says': says, 'aria-pressed': String(decision.says === says) }, words);
    button.addEventListener('click', () => {
      now = decisionOf(now.says === says ? undefined : (says as Says), now.note);
      for (const other of buttons) other.setAttribute('aria-pressed', String(other.dataset.says === now.says));
      changed(now);
    });
    return button;
  });
  const note = el('textarea', { rows: '2', 'aria-label': `Your note on sentence ${String(at + 1)}` });
  note.value = decision.note ?? '';
  note.addEventListener('input', () => {
    now = decisionOf(now.says, note.value.trim() === '' ? undefined : note.value);
    changed(now);
  });
  return el(
    'div',
    { class: 'card-decision', role: 'group', 'aria-label': `Your decision on sentence ${String(at + 1)}` },
    ...buttons,
    el('details', { class: 'card-note', open: decision.note !== undefined }, el('summary', {}, 'Note'), note),
  );
}

const decisionOf = (says: Says | undefined, note: string | undefined): Decision => ({ ...(says && { says }), ...(note && { note }) });

/** How it is shown where nobody can change it. */
export function decided({ says, note }: Decision): HTMLElement | false {
  if (says === undefined && note === undefined) return false;
  return el('p', { class: 'card-decided' }, el('strong', {}, 'The reader: '), [says && SAYS[says].toLowerCase(), note].filter(Boolean).join('. '));
}
