/** The report's markup comes from the wasm module, which escapes every text. This is the second lock on the same door. */

const FORBIDDEN = 'script, style, link, meta, base, iframe, object, embed, form, input, button, textarea, template';

/**
 * Parses the report's fragment into nodes of this document: no active elements, no handlers, no inline style, and
 * links that lead only to the web or to a place in the report.
 */
export function parseReport(html: string): DocumentFragment {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  for (const element of parsed.querySelectorAll(FORBIDDEN)) element.remove();
  for (const element of parsed.querySelectorAll('*')) {
    for (const { name } of [...element.attributes]) {
      if (name.startsWith('on') || name === 'style' || name === 'srcdoc') element.removeAttribute(name);
    }
  }
  for (const anchor of parsed.querySelectorAll('a[href]')) {
    const href = anchor.getAttribute('href') ?? '';
    if (href.startsWith('#')) continue;
    if (!/^https?:\/\//i.test(href)) anchor.removeAttribute('href');
    anchor.setAttribute('target', '_blank');
    anchor.setAttribute('rel', 'noopener noreferrer');
  }
  const fragment = document.createDocumentFragment();
  fragment.append(...[...parsed.body.childNodes].map((node) => document.adoptNode(node)));
  return fragment;
}
