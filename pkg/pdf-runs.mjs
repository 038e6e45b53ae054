/**
 * What the thread for PDFs does: pdf.js turns the bytes of a document into runs, plain data for the reader in the wasm module
 * (`src/read/pdf.rs`). Only places and texts are taken from pdf.js; the layout is the reader's.
 *
 * A document is hostile until read: nothing is fetched for it (no character maps, no fonts, no images' decoders), no code is
 * made of it, none of its scripts run; its pictures are decoded only where a page is painted (`pdf-page.mjs`). Without the maps of Chinese, Japanese and Korean
 * characters, text in a font that needs one is missing; Latin text is not set in those.
 */
import { pdfError } from './pdf-error.mjs';
import { MOST_PAGES, MOST_RUNS } from './pdf-limits.mjs';
import { PICTURES, paintPage } from './pdf-page.mjs';
import { OPS, VerbosityLevel, getDocument } from './pdfjs/pdf.min.mjs';
import './pdf-window.mjs';
import { WorkerMessageHandler } from './pdfjs/pdf.worker.min.mjs';

/**
 * A stretch of text that was set in one go, on one line.
 * @typedef {object} PdfRun
 * @property {string} text as its font maps it, never empty
 * @property {number} x where its baseline begins, in points from the left edge of the page as shown
 * @property {number} y the baseline, in points from the top edge
 * @property {number} width along the baseline, in points
 * @property {number} size of its font, in points
 * @property {number} angle of the baseline against the page's lines, in degrees clockwise, -180 to 180
 * @property {number} font index into {@link PdfRuns.fonts}
 */

/**
 * @typedef {object} PdfFont
 * @property {string} name as the document names it, without the mark of a subset
 * @property {boolean} vertical whether it is set from top to bottom
 * @property {Record<string, number>} widths how far each character that was shown moves on, in thousandths of the size
 */

/**
 * @typedef {object} PdfPage
 * @property {number} width in points, as shown: its rotation is accounted for
 * @property {number} height in points
 * @property {PdfRun[]} runs in the order in which the page sets them
 */

/**
 * @typedef {object} PdfRuns
 * @property {string | null} title from the document's information, where it has one
 * @property {PdfFont[]} fonts
 * @property {PdfPage[]} pages in order
 */

/** Bytes from the start within which the header stands, as viewers look for it (PDF 32000-1, annex H, note 13). */
const HEADER_WITHIN = 1024;

/** Bytes from the end within which the end mark stands: viewers take it within 1 KB, and some servers append to it. */
const END_WITHIN = 16_384;

/** Colours that cannot be told from a page's white: channels from 240 on, as `src/read/page.rs` has it. */
const WHITE = /^#f[\da-f]f[\da-f]f[\da-f]$/i;
/** The text rendering mode that paints nothing: a scan's text layer, and whatever hides. */
const INVISIBLE = 3;

const scope = /** @type {{ window?: unknown, pdfjsWorker?: unknown }} */ (globalThis);
delete scope.window;
// Without this pdf.js would start a thread of its own; this one is a thread already.
scope.pdfjsWorker = { WorkerMessageHandler };

/**
 * Serves this thread.
 * @param {import('./messages.mjs').Scope<import('./pdf.mjs').ToPdf, import('./pdf.mjs').FromPdf>} scope
 */
export function servePdf({ post, listen }) {
  const failed = (/** @type {import('./pdf-error.mjs').PdfError} */ { reason, message }) => post({ type: 'failed', reason, message });
  listen((asked) => {
    if (asked.type === 'read') {
      runsOf(asked.bytes).then((runs) => post({ type: 'read', runs }), failed);
      return;
    }
    const { bytes, page, width } = asked;
    opened(bytes, PICTURES, (document) => paintPage(document, page, width)).then((painted) => post({ type: 'painted', page: painted }, [painted.picture]), failed);
  });
}

/**
 * The runs of a document. Text that is white or painted by no ink is left out, unless nothing else is there.
 *
 * Rejects with a `PdfError` whose `reason` says why: `empty`, `not-pdf`, `encrypted`, `damaged`, `too-many-pages`,
 * `too-many-runs`. That a document has no text is for the reader to say, which knows how much is little.
 * @param {Uint8Array} bytes handed over: pdf.js may detach them
 * @returns {Promise<PdfRuns>}
 */
export const runsOf = (bytes) => opened(bytes, NO_PICTURES, readDocument);

/** Where text alone is wanted: pictures above this many pixels are not decoded. */
const NO_PICTURES = { maxImageSize: 1 };

/**
 * Does something with a document, and closes it.
 * @template T
 * @param {Uint8Array} bytes
 * @param {Partial<import('pdfjs-dist/types/src/display/api.js').DocumentInitParameters>} more
 * @param {(document: import('pdfjs-dist').PDFDocumentProxy) => Promise<T>} use
 * @returns {Promise<T>}
 */
async function opened(bytes, more, use) {
  if (bytes.length === 0) throw pdfError('empty', 'the PDF has no bytes: the download broke off, or the file is empty');
  if (!hasHeader(bytes)) throw pdfError('not-pdf', 'this is no PDF: its header %PDF- is missing');
  // pdf.js would read what there is of it, and nobody would know that the rest is missing.
  if (!hasEnd(bytes)) throw pdfError('damaged', 'the PDF is cut off: its end mark %%EOF is missing');
  const task = getDocument({
    data: bytes,
    verbosity: VerbosityLevel.ERRORS,
    isEvalSupported: false,
    enableXfa: false,
    useWorkerFetch: false,
    useSystemFonts: false,
    useWasm: false,
    disableFontFace: true,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    ...more,
  });
  try {
    return await use(await task.promise);
  } catch (error) {
    throw explained(error);
  } finally {
    await task.destroy();
  }
}

/** @param {import('pdfjs-dist').PDFDocumentProxy} document */
async function readDocument(document) {
  if (document.numPages > MOST_PAGES) {
    throw pdfError('too-many-pages', `the PDF has ${document.numPages} pages, more than the ${MOST_PAGES} that are read`);
  }
  const fonts = new Fonts();
  const pages = [];
  let runs = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    pages.push(await readPage(page, fonts));
    page.cleanup();
    runs += pages[number - 1].runs.length;
    if (runs > MOST_RUNS) throw pdfError('too-many-runs', `the PDF sets more than ${MOST_RUNS} pieces of text, which no paper does`);
  }
  const { info } = await document.getMetadata();
  const { Title: title } = /** @type {{ Title?: unknown }} */ (info);
  return { title: typeof title === 'string' && title.trim() !== '' ? title : null, fonts: fonts.all, pages };
}

/**
 * @param {import('pdfjs-dist').PDFPageProxy} page
 * @param {Fonts} fonts
 * @returns {Promise<PdfPage>}
 */
async function readPage(page, fonts) {
  const view = page.getViewport({ scale: 1 });
  const { items, styles } = await page.getTextContent({ disableNormalization: true });
  const painted = paintedBy(await page.getOperatorList({ annotationMode: 0 }));
  const texts = items.filter((item) => 'str' in item).filter((item) => item.str.trim() !== '');
  const hidden = hiddenAmong(texts, painted.glyphs);
  const scale = Math.hypot(view.transform[0], view.transform[1]);
  const runs = texts.filter((_, at) => !hidden.has(at)).map((item) => {
    const [a, b, c, d, x, y] = product(view.transform, item.transform);
    const font = fonts.index(item.fontName, styles[item.fontName]?.vertical ?? false, page);
    // pdf.js gives the width without the scale of the page; `a` and `b` point along the baseline.
    return { text: item.str, x, y, width: item.width * scale, size: Math.hypot(c, d), angle: (Math.atan2(b, a) * 180) / Math.PI, font };
  });
  for (const [name, widths] of painted.widths) fonts.measure(name, widths);
  return { width: view.width, height: view.height, runs };
}

/** The fonts of a document, each once. */
class Fonts {
  /** @type {PdfFont[]} */
  all = [];
  /** @type {Map<string, number>} indices by pdf.js' own names */
  #indices = new Map();

  /**
   * @param {string} id pdf.js' own name of it
   * @param {boolean} vertical
   * @param {import('pdfjs-dist').PDFPageProxy} page
   */
  index(id, vertical, page) {
    const known = this.#indices.get(id);
    if (known !== undefined) return known;
    const font = page.commonObjs.has(id) ? /** @type {{ name?: unknown } | null} */ (page.commonObjs.get(id)) : null;
    const name = typeof font?.name === 'string' ? font.name.replace(/^[A-Z]{6}\+/, '') : '';
    this.all.push({ name, vertical, widths: {} });
    this.#indices.set(id, this.all.length - 1);
    return this.all.length - 1;
  }

  /**
   * @param {string} id
   * @param {Map<string, number>} widths
   */
  measure(id, widths) {
    const font = this.all[this.#indices.get(id) ?? -1];
    if (font) for (const [character, width] of widths) font.widths[character] ??= width;
  }
}

/**
 * What a page paints: how wide the characters of each font are, and all of them in order with whether one sees them.
 * @param {{ fnArray: number[], argsArray: any[] }} operators
 */
function paintedBy({ fnArray, argsArray }) {
  /** @type {Map<string, Map<string, number>>} */
  const widths = new Map();
  /** @type {{ text: string, hidden: boolean }[]} */
  const glyphs = [];
  let state = { font: '', white: false, invisible: false };
  /** @type {(typeof state)[]} */
  const saved = [];
  for (const [at, operator] of fnArray.entries()) {
    const parameters = argsArray[at];
    switch (operator) {
      case OPS.save:
      case OPS.paintFormXObjectBegin:
        saved.push({ ...state });
        break;
      case OPS.restore:
      case OPS.paintFormXObjectEnd:
        state = saved.pop() ?? state;
        break;
      case OPS.setFont:
        state.font = String(parameters[0]);
        break;
      case OPS.setFillRGBColor:
        state.white = WHITE.test(String(parameters[0]));
        break;
      case OPS.setFillColorN:
        state.white = false;
        break;
      case OPS.setTextRenderingMode:
        state.invisible = parameters[0] === INVISIBLE;
        break;
      case OPS.showText: {
        const table = widths.get(state.font) ?? new Map();
        widths.set(state.font, table);
        for (const glyph of parameters[0]) {
          // Numbers stand between glyphs: how far to move.
          if (typeof glyph?.unicode !== 'string') continue;
          glyphs.push({ text: glyph.unicode, hidden: state.white || state.invisible });
          if (Number.isFinite(glyph.width) && !table.has(glyph.unicode)) table.set(glyph.unicode, glyph.width);
        }
        break;
      }
    }
  }
  return { widths, glyphs };
}

/**
 * Which of a page's texts nobody sees. pdf.js gives texts without their colour, but in the order in which they are painted:
 * the two are followed side by side, and where they part ways the rest is taken as seen. A page of which nothing is seen is a
 * scan with its text below the picture: all of it is kept.
 * @param {{ str: string }[]} texts
 * @param {{ text: string, hidden: boolean }[]} glyphs
 * @returns {Set<number>} indices into `texts`
 */
function hiddenAmong(texts, glyphs) {
  /** @type {Set<number>} */
  const hidden = new Set();
  const seen = glyphs.some((glyph) => !glyph.hidden && glyph.text.trim() !== '');
  if (!seen || !glyphs.some((glyph) => glyph.hidden)) return hidden;
  const painted = glyphs.flatMap((glyph) => [...glyph.text].filter(isInk).map((character) => ({ character, hidden: glyph.hidden })));
  let next = 0;
  for (const [at, { str }] of texts.entries()) {
    let isHidden = true;
    for (const character of [...str].filter(isInk)) {
      if (painted[next]?.character !== character) return hidden;
      isHidden &&= painted[next].hidden;
      next += 1;
    }
    if (isHidden) hidden.add(at);
  }
  return hidden;
}

/** @param {string} character */
const isInk = (character) => character.trim() !== '';

/**
 * The product of two matrices as PDF writes them.
 * @param {number[]} outer
 * @param {number[]} inner
 */
function product([a, b, c, d, e, f], inner) {
  const [p, q, r, s, t, u] = inner;
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}

/** @param {Uint8Array} bytes */
const hasHeader = (bytes) => latin(bytes.subarray(0, HEADER_WITHIN)).includes('%PDF-');

/** @param {Uint8Array} bytes */
const hasEnd = (bytes) => latin(bytes.subarray(-END_WITHIN)).includes('%%EOF');

const latin = (/** @type {Uint8Array} */ bytes) => new TextDecoder('latin1').decode(bytes);

/**
 * Why pdf.js gave up, by the names of its errors.
 * @param {unknown} error
 */
function explained(error) {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  if (name === 'PdfError') return /** @type {import('./pdf-error.mjs').PdfError} */ (error);
  if (name === 'PasswordException') return pdfError('encrypted', 'the PDF is encrypted: save a copy without a password');
  return pdfError('damaged', `the PDF is damaged or cut off (${message})`);
}
