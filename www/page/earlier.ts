/** The list of earlier reports: opened again, or deleted. */
import { byId, el, show } from './dom';
import { deleteKept, listKept, type Kept } from './kept';

/** Today's language would name months as the reader does; the page is English throughout. */
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/**
 * Lists what is kept.
 * @param open - called with the one that the reader chooses
 */
export async function listEarlier(open: (kept: Kept) => void): Promise<void> {
  const all = await listKept();
  const items = all.map((kept) => {
    const { question } = kept.asked;
    const button = el('button', { type: 'button', class: 'example' }, question);
    button.addEventListener('click', () => {
      open(kept);
    });
    const remove = el('button', { type: 'button', class: 'quiet small', 'aria-label': `Delete: ${question}` }, 'Delete');
    remove.addEventListener('click', () => {
      void deleteKept(kept.id).then(async () => {
        await listEarlier(open);
        byId('earlier-heading', HTMLHeadingElement).focus();
      });
    });
    return el('li', {}, button, el('div', { class: 'earlier-meta hint' }, el('span', {}, `${moment.format(kept.id)} · ${ending(kept)}`), remove));
  });
  byId('earlier-list', HTMLUListElement).replaceChildren(...items);
  show(byId('earlier-panel', HTMLElement), items.length > 0);
}

/** How it ended, in a few words. */
function ending({ outcome, failure }: Kept): string {
  if (outcome) return outcome.summary.cancelled ? 'cancelled, with a report' : 'report';
  return failure === undefined ? 'broken off' : 'ended by an error';
}
