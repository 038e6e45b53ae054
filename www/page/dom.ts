/** The few DOM functions that the page is written with. Text is always set as text, never as markup. */

/** What may be put into an element. */
export type Child = Node | string | undefined | false;

/**
 * Makes an element.
 * @param attributes - set as attributes; `true` sets an empty one, `undefined` and `false` leave it out
 */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string | boolean | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return element;
}

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

/** A link to somewhere else: it opens beside the page, which would otherwise lose a run. */
export function link(href: string, text: string): HTMLElement {
  return /^https?:/.test(href) ? el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text) : el('span', {}, text);
}
