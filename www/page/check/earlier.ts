/** The list of earlier checks: opened again, or deleted. */
import { byId, el, show } from '../dom';
import { deleteCheck, listChecks } from './kept';
import { headline, type Check } from './result';

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
/** Characters of a text that it is known by, at most. */
const KNOWN_BY = 120;

/**
 * Lists what is kept.
 * @param open - called with the one that the reader chooses
 * @param deleted - called with the one that the reader deleted
 */
export async function listEarlierChecks(open: (check: Check) => void, deleted: (check: Check) => void): Promise<void> {
  const all = await listChecks();
  const items = all.map((check) => {
    const name = nameOf(check);
    const button = el('button', { type: 'button', class: 'example' }, name);
    button.addEventListener('click', () => {
      open(check);
    });
    const remove = el('button', { type: 'button', class: 'quiet small', 'aria-label': `Delete: ${name}` }, 'Delete');
    remove.addEventListener('click', () => {
      void deleteCheck(check.id).then(async () => {
        deleted(check);
        await listEarlierChecks(open, deleted);
        byId('earlier-checks-heading', HTMLHeadingElement).focus();
      });
    });
    return el('li', {}, button, el('div', { class: 'earlier-meta hint' }, el('span', {}, `${moment.format(check.id)} · ${headline(check)}`), remove));
  });
  byId('earlier-checks-list', HTMLUListElement).replaceChildren(...items);
  show(byId('earlier-checks', HTMLElement), items.length > 0);
}

/** A text by its first line that has words. */
function nameOf({ draft: { text } }: Check): string {
  const line = text.split('\n').find((line) => /\p{L}/u.test(line)) ?? '';
  const plain = line.replace(/^#+ /, '').trim();
  return plain.length > KNOWN_BY ? `${plain.slice(0, KNOWN_BY)}…` : plain;
}
