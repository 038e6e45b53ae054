/** The few DOM functions that the page is written with. Text is always set as text, never as markup. */

export { el, link } from '../../pkg/elements/dom.mjs';
export type { Child } from '../../pkg/elements/dom.mjs';

/**
 * The element of the page with this id.
 * @param type - the class it must be of, e.g. `HTMLButtonElement`
 * @throws Error where index.html has no such element: a mistake of ours
 */
export function byId<T extends HTMLElement>(id: string, type: abstract new () => T): T {
  const element = document.getElementById(id);
  if (element instanceof type) return element;
  throw new Error(`index.html has no ${type.name} with the id "${id}"`);
}

/** Shows or hides. */
export function show(element: HTMLElement, visible: boolean): void {
  element.hidden = !visible;
}

/** Sets text, touching the document only where it changed. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
