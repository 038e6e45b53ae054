/** What the elements are made from, also where there are none: a server that renders pages imports them in vain, unharmed. */

/** The class of all elements. */
export const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? Object);

/**
 * Makes an element known to the page, unless it is: the package may be there twice.
 * @param {string} name
 * @param {CustomElementConstructor} element
 */
export function register(name, element) {
  if ('customElements' in globalThis && !customElements.get(name)) customElements.define(name, element);
}

/**
 * Sets again what a page set before the element was known, when it was a plain property that hides the element's own.
 * @param {HTMLElement} element
 * @param {string[]} properties
 */
export function adopt(element, properties) {
  const own = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (element));
  for (const name of properties.filter((name) => Object.hasOwn(own, name))) {
    const value = own[name];
    delete own[name];
    own[name] = value;
  }
}
