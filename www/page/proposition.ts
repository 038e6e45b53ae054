/** What the papers were asked: shown with the report, to be changed or added to, and judged again without a new search. */
import { el, setText, show } from './dom';

/** Longest statement that is asked, in characters: a sentence, not a page. */
const LONGEST = 300;
/** Statements asked at once, at most: each costs as much time as the first. */
const MOST = 4;

/** Statements as they are asked: trimmed, none twice, none empty. */
export function statements(texts: readonly string[]): string[] {
  const trimmed = texts.map((text) => text.replace(/\s+/gu, ' ').trim()).filter((text) => text !== '');
  return [...new Set(trimmed)].slice(0, MOST);
}

/**
 * Puts the editor under the report's answer.
 * @param asked - the statements that were asked; none where the question has none
 * @param judge - called with the statements to ask instead
 */
export function offerPropositions(report: HTMLElement, asked: readonly string[], judge: (propositions: string[]) => void): void {
  const place = report.querySelector('.asked') ?? report.querySelector('.answer-text');
  if (!place) return;
  const fields = el('div', { class: 'proposition-fields' });
  const problem = el('p', { class: 'problem', hidden: true });
  const add = (text: string) => {
    const number = fields.childElementCount + 1;
    const box = el('textarea', { id: `proposition-${number}`, rows: '2', maxlength: String(LONGEST), spellcheck: 'true' });
    box.value = text;
    fields.append(el('div', {}, el('label', { for: box.id }, number === 1 ? 'Asked as' : `Statement ${number}`), box));
    more.disabled = number >= MOST;
    return box;
  };
  const more = el('button', { type: 'button', class: 'quiet small' }, 'Add another statement');
  const cancel = el('button', { type: 'button', class: 'quiet small' }, 'Leave as it is');
  const form = el(
    'form',
    { class: 'propositions', hidden: true },
    fields,
    problem,
    el('p', { class: 'hint' }, 'A statement that papers can find so or not. Nothing is searched again: today’s answers of the sources are used.'),
    el('div', { class: 'actions' }, el('button', { type: 'submit', class: 'primary' }, 'Judge again'), more, cancel),
  );
  const change = el('button', { type: 'button', class: 'quiet small change', 'aria-expanded': 'false' }, asked.length > 0 ? 'Change' : 'Ask a statement');
  for (const text of asked.length > 0 ? asked : ['']) add(text);

  const open = (visible: boolean) => {
    show(form, visible);
    change.setAttribute('aria-expanded', String(visible));
  };
  change.addEventListener('click', () => {
    open(form.hidden);
    if (!form.hidden) fields.querySelector('textarea')?.focus();
  });
  cancel.addEventListener('click', () => {
    open(false);
    change.focus();
  });
  more.addEventListener('click', () => {
    add('').focus();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const wanted = statements([...fields.querySelectorAll('textarea')].map(({ value }) => value));
    setText(problem, wanted.length > 0 ? '' : 'Write a statement first.');
    show(problem, wanted.length === 0);
    if (wanted.length > 0) judge(wanted);
  });
  place.append(' ', change);
  place.after(form);
}
