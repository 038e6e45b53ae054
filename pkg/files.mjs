/**
 * Files as a reader has them: what each is, by its name and its content, and what it can be taken for. One table of all
 * kinds, those that cannot be read among them; no file system, no document. The module, which reads papers, must be there.
 */
import { asError, usageError } from './errors.mjs';
import { ofHtml } from './markup.mjs';
import { draftPdf, draftText, givenText, pdfText } from './probatum.js';
import { packPlaces } from './places.mjs';
import { MOST_TEXT, headed, lineOf, rowOf } from './texts.mjs';

/**
 * @typedef {import('./probatum.js').GivenDraft} GivenDraft
 * @typedef {import('./probatum.js').GivenText} GivenText
 * @typedef {import('./probatum.js').Trouble} Trouble
 * @typedef {GivenDraft['format']} DraftFormat
 * @typedef {NonNullable<GivenDraft['lists']>[number]['format']} ListFormat
 */

/**
 * What a file can be taken for: the draft, a list of works, or texts that are cited.
 * @typedef {'draft' | 'list' | 'text'} Role
 */

/**
 * A text that was read; of a PDF with where its sentences stand on the pages, packed.
 * @typedef {GivenText & { places?: Float32Array }} TextRead
 */

/**
 * A file that was read.
 * @typedef {object} FileRead
 * @property {string} name of the file
 * @property {number} bytes its size
 * @property {string} what it is, in words, such as "BibTeX"
 * @property {string} text its content; empty where it cannot be read
 * @property {Role | undefined} role what it is by its kind and content; nothing where it cannot be read
 * @property {DraftFormat | undefined} draft what it is written in, where it can be a draft
 * @property {ListFormat | undefined} list what it is written in, where it can be a list of works
 * @property {TextRead[] | undefined} texts the texts in it, where it can be cited works
 * @property {Trouble | undefined} trouble why it cannot be read, and what to do
 */

/**
 * Finds the runs of a PDF: {@link import('./pdf.mjs').PdfReader}.
 * @typedef {(bytes: Uint8Array) => Promise<import('./pdf-runs.mjs').PdfRuns>} ReadPdf
 */

/**
 * A kind of file.
 * @typedef {object} Kind
 * @property {string} what
 * @property {string[]} endings of names, lower case
 * @property {string} [begins] with what bytes, as Latin-1: told by these whatever its name
 * @property {boolean} [packed] whether its bytes are no text
 * @property {RegExp} [looks] how its text looks, where its name does not tell
 * @property {DraftFormat} [draft]
 * @property {(bytes: Uint8Array, readPdf: ReadPdf) => string | Promise<string>} [words] those of a draft that is no text; throws a
 *   `UsageError`
 * @property {ListFormat} [list]
 * @property {(name: string, text: string, bytes: Uint8Array, readPdf: ReadPdf) => TextRead[] | Promise<TextRead[]>} [texts] throws a
 *   `UsageError`
 * @property {Trouble} [trouble] why it cannot be read
 */

const PASTE = 'Open it, copy its text, and paste it or save it as plain text (.txt).';

/** @param {string} reason @param {string} remedy @returns {Trouble} */
const trouble = (reason, remedy = PASTE) => ({ kind: 'unreadable', reason, remedy });

/** @type {Kind} */
const PLAIN = { what: 'plain text', endings: ['txt', 'text'], draft: 'plain', list: 'printed', texts: (name, text) => [headed(name, text)] };

/**
 * Every kind there is. A reader of another kind is a row here.
 * @type {readonly Kind[]}
 */
const KINDS = [
  { what: 'PDF', endings: ['pdf'], begins: '%PDF-', packed: true, draft: 'plain', words: printedWords, texts: printed },
  { what: 'OpenDocument text', endings: ['odt'], trouble: trouble('OpenDocument files cannot be read') },
  { what: 'Word document', endings: ['docx'], begins: 'PK\x03\x04', packed: true, draft: 'plain', words: draftText, texts: paper },
  { what: 'Word document', endings: ['doc'], begins: '\xD0\xCF\x11\xE0', trouble: trouble('Word files cannot be read') },
  { what: 'rich text', endings: ['rtf'], begins: '{\\rtf', trouble: trouble('rich text cannot be read') },
  { what: 'package of TeX', endings: ['gz', 'tgz', 'tar'], begins: '\x1F\x8B', packed: true, texts: paper },
  { what: 'BibTeX', endings: ['bib', 'bibtex'], looks: /^\s*(?:%.*\n\s*)*@\w+\s*[{(]/, list: 'bibtex' },
  { what: 'RIS', endings: ['ris'], looks: /^\s*TY {2}- /, list: 'ris' },
  { what: 'JATS', endings: ['nxml', 'xml'], looks: /<(?:!DOCTYPE )?(?:article|pmc-articleset)\b/, texts: paper },
  { what: 'HTML', endings: ['html', 'htm', 'xhtml'], looks: /^\s*<(?:!doctype html|html\b)/i, texts: page },
  { what: 'TeX', endings: ['tex', 'ltx', 'latex'], looks: /\\(?:documentclass|begin\{document\})/, draft: 'tex', texts: paper },
  { what: 'Markdown', endings: ['md', 'markdown'], draft: 'markdown', texts: (name, text) => [headed(name, text)] },
  { what: 'JSON', endings: ['json'], looks: /^\s*(?:\[\s*\{|\{[^]*\}\s*$)/, list: 'csl-json', texts: (name, text) => (isCsl(text) ? [] : rows(name, text)) },
  { what: 'JSON Lines', endings: ['jsonl', 'ndjson'], looks: /^\s*\{.*\}\s*\n\s*\{/, texts: lines },
  PLAIN,
];

/**
 * What a list of works of this name is written in; nothing where it is none.
 * @param {string} name
 */
export const listFormat = (name) => kindNamed(name)?.list;

/**
 * Reads a file. Any bytes are read as something, or have a trouble that says why not.
 * @param {string} name
 * @param {Uint8Array} bytes
 * @param {ReadPdf} readPdf
 * @returns {Promise<FileRead>}
 */
export async function readFile(name, bytes, readPdf) {
  const kind = kindOf(name, bytes);
  const file = { name, bytes: bytes.length, what: kind.what, text: '', role: undefined, draft: undefined, list: undefined, texts: undefined };
  if (kind.trouble) return { ...file, trouble: kind.trouble };
  const text = kind.packed ? '' : decoded(bytes);
  if (text.includes('\0')) return { ...file, what: 'unknown', trouble: trouble('this is no text', 'Add it as plain text, Markdown, TeX or HTML.') };
  if (kind.packed ? bytes.length === 0 : text.trim() === '') return { ...file, trouble: trouble('the file is empty', 'Choose the file that has the text.') };
  /** @type {ReturnType<ReadPdf> | undefined} */
  let runs;
  const readOnce = (/** @type {Uint8Array} */ pdf) => (runs ??= readPdf(pdf));
  try {
    const texts = await kind.texts?.(name, text, bytes, readOnce);
    const words = await kind.words?.(bytes, readOnce);
    return { ...file, text: words ?? text, ...taken(kind, text, texts), trouble: undefined };
  } catch (error) {
    return { ...file, trouble: trouble(asError(error).message, kind.packed ? PASTE : 'Correct it there, and add the file again.') };
  }
}

/**
 * @param {Kind} kind
 * @param {string} text
 * @param {TextRead[] | undefined} read
 */
function taken(kind, text, read) {
  const isWorks = kind.list === 'csl-json' ? isCsl(text) : kind.list !== undefined;
  const list = isWorks ? kind.list : undefined;
  const texts = kind.list === 'csl-json' && isWorks ? undefined : read;
  if (texts?.some((one) => (one.text?.length ?? 0) > MOST_TEXT)) throw usageError(`a text in it is longer than ${MOST_TEXT / 1e6} MB`);
  /** @type {Role} */
  const role = list !== undefined && (texts === undefined || isPrinted(text)) ? 'list' : 'text';
  return { role, draft: kind.draft, list, texts };
}

/**
 * @param {string} name
 * @param {Uint8Array} bytes
 */
function kindOf(name, bytes) {
  const first = String.fromCharCode(...bytes.subarray(0, 8));
  const told = KINDS.find(({ begins }) => begins !== undefined && first.startsWith(begins));
  if (told) return told;
  const named = kindNamed(name);
  if (named && named !== PLAIN) return named;
  const text = decoded(bytes.subarray(0, LOOKED_AT));
  return KINDS.find(({ looks }) => looks?.test(text)) ?? PLAIN;
}

/** Bytes at the beginning of a file by which its kind is told. */
const LOOKED_AT = 20_000;

/** @param {string} name */
function kindNamed(name) {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return KINDS.find(({ endings }) => endings.includes(ending));
}

/**
 * UTF-8, UTF-16 where it says so, or else Windows-1252, in which any bytes are something.
 * @param {Uint8Array} bytes
 */
export function decoded(bytes) {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    // A character may be cut where only the beginning is read.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    // As a stream: at once, Node 20 and 22 take it for Latin-1, and curly quotes for controls (nodejs/node#56542).
    return new TextDecoder('windows-1252').decode(bytes, { stream: true });
  }
}

/**
 * A text without its markup. Its file's name without the ending is its id: that of a work may be `doe2020`.
 * @param {string} name
 * @param {{ title?: string, text: string }} plain
 */
const marked = (name, { title = '', text }) => ({ id: name.replace(/(?:\.tar)?\.\w+$/, ''), title, text });

/**
 * A paper in a format that the module reads.
 * @param {string} name
 * @param {string} _
 * @param {Uint8Array} bytes
 */
function paper(name, _, bytes) {
  return [marked(name, givenText(name, bytes))];
}

/**
 * A paper as a PDF.
 * @param {string} name
 * @param {string} _
 * @param {Uint8Array} bytes
 * @param {ReadPdf} readPdf
 */
async function printed(name, _, bytes, readPdf) {
  const { places = [], ...plain } = pdfText(await readPdf(bytes));
  return [{ ...marked(name, plain), places: packPlaces(places) }];
}

/**
 * A draft that was printed as a PDF.
 * @param {Uint8Array} bytes
 * @param {ReadPdf} readPdf
 */
async function printedWords(bytes, readPdf) {
  return draftPdf(await readPdf(bytes));
}

/**
 * A page: a paper that LaTeXML made, or else any page's words.
 * @param {string} name
 * @param {string} html
 * @param {Uint8Array} bytes
 */
function page(name, html, bytes) {
  try {
    return paper(name, html, bytes);
  } catch {
    return [marked(name, ofHtml(html))];
  }
}

/** @param {string} text */
function valuesOf(text) {
  let value;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw usageError(`it is not JSON: ${asError(error).message}`);
  }
  return Array.isArray(value) ? value : [value];
}

/**
 * Whether JSON is a list of works: items with what CSL calls a work's type, authors or date, and without a text of their own.
 * @param {string} text
 */
const isCsl = (text) => valuesOf(text).some((row) => row?.text === undefined && row?.doc_id === undefined && ['type', 'author', 'issued', 'DOI'].some((field) => row?.[field] !== undefined));

/**
 * @param {string} name
 * @param {string} text
 */
function rows(name, text) {
  return valuesOf(text).map((row, at) => rowOf(row, (reason) => usageError(`${name}, item ${at + 1}: ${reason}`)));
}

/**
 * @param {string} name
 * @param {string} text
 */
function lines(name, text) {
  const numbered = text.split('\n').map((line, at) => ({ line, number: at + 1 }));
  const filled = numbered.filter(({ line }) => line.trim() !== '');
  return filled.map(({ line, number }) => lineOf(line, (reason) => usageError(`${name}, line ${number}: ${reason}`)));
}

/** A reference as a paper prints it: a number or a family name with initials, and a year. */
const REFERENCE = /^\s*(?:\[\d+\]|\d+[.)]|\p{Lu}[\p{L}'’-]+,\s+\p{Lu}).*\b(?:1[89]|20)\d\d\b/u;

/**
 * Whether most lines of a text are references.
 * @param {string} text
 */
function isPrinted(text) {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.filter((line) => REFERENCE.test(line)).length * 2 > lines.length;
}
