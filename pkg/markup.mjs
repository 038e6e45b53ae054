/** The words of any page in HTML, as plain text with blank lines between paragraphs; what LaTeXML made the module reads itself. */

/** @typedef {{ title: string, text: string }} Plain `title` is empty where it tells none */

/** Elements whose content is no text of the document. */
const UNSEEN = /<(script|style|head|nav|noscript|template|svg|iframe)\b[^]*?<\/\1\s*>/gi;
/** Tags between which a new paragraph begins (the HTML Standard's flow content that displays as a block). */
const BLOCK = /<\/?(?:address|article|aside|blockquote|body|caption|dd|div|dl|dt|fig(?:ure|caption)|footer|h[1-6]|header|hr|li|main|ol|p|pre|section|table|td|th|tr|ul)\b[^>]*>/gi;

/** The named character references that occur in running text; the others stay as they are written. */
const NAMED = Object.freeze(
  /** @type {Record<string, string>} */ ({
    amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—', hellip: '…', lsquo: '‘', rsquo: '’',
    ldquo: '“', rdquo: '”', times: '×', minus: '−', plusmn: '±', le: '≤', ge: '≥', deg: '°', micro: 'µ', middot: '·',
  }),
);

/**
 * @param {string} html
 * @returns {Plain}
 */
export function ofHtml(html) {
  const title = /<title\b[^>]*>([^]*?)<\/title\s*>/i.exec(html)?.[1] ?? /<h1\b[^>]*>([^]*?)<\/h1\s*>/i.exec(html)?.[1] ?? '';
  const body = html.replace(/<!--[^]*?-->/g, '').replace(UNSEEN, '');
  return { title: inLine(title), text: paragraphs(body.split(BLOCK).map(inLine)) };
}

/** @param {string} html */
const inLine = (html) => spaced(references(html.replace(/<br\b[^>]*>/gi, ' ').replace(/<[^>]*>/g, '')));

/** @param {string} text */
function references(text) {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = decimal === undefined ? parseInt(hexadecimal, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** @param {string} text */
const spaced = (text) => text.replace(/\s+/g, ' ').trim();

/** @param {string[]} blocks */
const paragraphs = (blocks) => blocks.filter((block) => block !== '').join('\n\n');
