/** The two doors: a question, or a claim or a draft. Which is open stands in the address, so that the way back leads through. */
import { byId, show } from './dom';

/** Where the door of checks is in the address. */
const CHECK = '#check';

/** Shows the doors, opens the one that the address names, and follows it from then on. */
export function openDoors(): void {
  show(byId('doors', HTMLElement), true);
  open(location.hash === CHECK);
  addEventListener('hashchange', () => {
    const { hash } = location;
    // Other places lie within a door, such as a claim of a report.
    if (hash === CHECK || isQuestion(hash)) open(hash === CHECK);
  });
}

const isQuestion = (hash: string) => hash === '' || hash === '#ask' || hash.startsWith('#q=');

function open(isCheck: boolean): void {
  const ask = byId('ask-link', HTMLAnchorElement);
  // The question's own address is where its link leads back to.
  if (isQuestion(location.hash)) ask.hash = location.hash === '' ? '#ask' : location.hash;
  show(byId('ask-door', HTMLDivElement), !isCheck);
  show(byId('check-door', HTMLDivElement), isCheck);
  ask.toggleAttribute('aria-current', false);
  byId('check-link', HTMLAnchorElement).toggleAttribute('aria-current', false);
  (isCheck ? byId('check-link', HTMLAnchorElement) : ask).setAttribute('aria-current', 'page');
}
