/** The words of a text in HTML or TeX, as plain text with blank lines between paragraphs; for texts that are checked against. */

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

/** Commands whose argument is no word of the text. */
const WITHOUT_WORDS = /\\(?:[a-zA-Z]*cite[a-zA-Z]*|label|[a-zA-Z]*ref|includegraphics|bibliography(?:style)?|usepackage|input|include|vspace|hspace|pagestyle|thispagestyle)\*?(?:\[[^\]]*\])*\s*\{[^{}]*\}/g;
/** Environments that hold no sentences. */
const WITHOUT_SENTENCES = /\\begin\{(equation|align|gather|figure|table|tabular|verbatim|lstlisting|tikzpicture|thebibliography)(\*?)\}[^]*?\\end\{\1\2\}/g;

/**
 * @param {string} tex
 * @returns {Plain}
 */
export function ofTex(tex) {
  const written = tex.replace(/(?<!\\)%[^\n]*\n?/g, '');
  const title = /\\title(?:\[[^\]]*\])?\s*\{((?:[^{}]|\{[^{}]*\})*)\}/.exec(written)?.[1] ?? '';
  const begin = /\\begin\{document\}/.exec(written);
  const body = (begin ? written.slice(begin.index + begin[0].length) : written).replace(/\\end\{document\}[^]*/, '');
  const blocks = body.replace(WITHOUT_SENTENCES, '\n\n').replace(/\\title(?:\[[^\]]*\])?\s*\{(?:[^{}]|\{[^{}]*\})*\}|\\maketitle\b/g, '');
  const headings = blocks.replace(/\\(?:part|chapter|(?:sub)*section|paragraph)\*?\s*\{((?:[^{}]|\{[^{}]*\})*)\}/g, '\n\n$1\n\n');
  return { title: words(title), text: paragraphs(headings.split(/\n\s*\n|\\par\b/).map(words)) };
}

/** @param {string} tex */
function words(tex) {
  const plain = tex
    .replace(WITHOUT_WORDS, '')
    .replace(/\\(?:begin|end)\{[^{}]*\}|\\item\b/g, ' ')
    .replace(/\\([%&$#_{}])/g, (_, sign) => HELD[sign] ?? sign)
    .replace(/\\(['`^"])\s*\{?(\p{L})\}?/gu, (_, accent, letter) => `${letter}${ACCENTS[accent]}`.normalize('NFC'))
    .replace(/\\[\\,;: ]|~/g, ' ')
    .replace(/\\[a-zA-Z]+\*?(?:\[[^\]]*\])?/g, '')
    .replace(/[{}$]/g, '')
    .replace(/---/g, '—')
    .replace(/--/g, '–')
    .replace(/``/g, '“')
    .replace(/''/g, '”');
  // A mark that a citation stood before.
  return spaced(plain.replace(/\uE000/g, '$').replace(/\uE001/g, '{').replace(/\uE002/g, '}')).replace(/ ([.,;:])/g, '$1');
}

/** Accents as marks that are put on the letter before them. @type {Record<string, string>} */
const ACCENTS = { "'": '\u0301', '`': '\u0300', '^': '\u0302', '"': '\u0308' };

/** Signs that are markup unless a backslash stands before them, kept apart until the markup is gone. @type {Record<string, string>} */
const HELD = { $: '\uE000', '{': '\uE001', '}': '\uE002' };

/** @param {string} text */
const spaced = (text) => text.replace(/\s+/g, ' ').trim();

/** @param {string[]} blocks */
const paragraphs = (blocks) => blocks.filter((block) => block !== '').join('\n\n');
