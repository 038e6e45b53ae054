/** HTML written without a document. Text is always text, never markup: what is put in is escaped, but for elements made here. */

/** An element as it is written. */
class Written {
  /** @param {string} html */
  constructor(html) {
    this.html = html;
  }
}

/** @typedef {Written} Markup */
/** @typedef {Markup | string | false | null | undefined} Child what may be put into an element */

/** Elements that have no end tag. */
const EMPTY = new Set(['meta']);

/**
 * Makes an element, as `elements/dom.mjs` does where there is a document.
 * @param {string} tag
 * @param {Record<string, string | boolean | undefined>} [attributes] `true` writes an empty one, `undefined` and `false` leave it out
 * @param {...Child} children
 * @returns {Markup}
 */
export function el(tag, attributes = {}, ...children) {
  const written = Object.entries(attributes).flatMap(([name, value]) => (value === undefined || value === false ? [] : [` ${name}="${value === true ? '' : escaped(value)}"`]));
  const inner = children.map((child) => (child instanceof Written ? child.html : escaped(child || ''))).join('');
  return new Written(`<${tag}${written.join('')}>${EMPTY.has(tag) ? '' : `${inner}</${tag}>`}`);
}

/**
 * A style sheet, which is no text: nothing from outside may be in it.
 * @param {string} css
 */
export const styleSheet = (css) => new Written(`<style>${css}</style>`);

/**
 * A link; only text where the address is none of the web.
 * @param {string} href
 * @param {string} text
 */
export const link = (href, text) => (/^https?:\/\/[^/?#]/i.test(href) ? el('a', { href, rel: 'noopener noreferrer' }, text) : el('span', {}, text));

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
