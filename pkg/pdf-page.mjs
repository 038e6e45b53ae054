/**
 * A page of a PDF as a picture, painted in the thread for PDFs: pdf.js draws on a canvas that no document has. Glyphs are drawn as
 * paths, so that no font of the document's is handed to the browser; a font that the document does not have within it is one
 * of the system's.
 */
import { pdfError } from './pdf-error.mjs';

/** Pixels of a picture in a document, at most: a scanned page at 600 dots an inch has 34 million. */
const LARGEST_PICTURE = 40_000_000;

/** What pdf.js draws on. */
class Canvases {
  /**
   * @param {number} width
   * @param {number} height
   */
  create(width, height) {
    const canvas = new OffscreenCanvas(Math.max(1, width), Math.max(1, height));
    return { canvas, context: canvas.getContext('2d') };
  }

  /**
   * @param {{ canvas: OffscreenCanvas }} entry
   * @param {number} width
   * @param {number} height
   */
  reset({ canvas }, width, height) {
    Object.assign(canvas, { width: Math.max(1, width), height: Math.max(1, height) });
  }

  /** @param {{ canvas: OffscreenCanvas }} entry */
  destroy({ canvas }) {
    // Its memory goes at once, not with the garbage.
    Object.assign(canvas, { width: 0, height: 0 });
  }
}

/** Filters are elements of a document, which a thread has not: colours are shown as they are. */
class NoFilters {
  addFilter() {
    return 'none';
  }
  addHCMFilter() {
    return 'none';
  }
  addAlphaFilter() {
    return 'none';
  }
  addLuminosityFilter() {
    return 'none';
  }
  addHighlightHCMFilter() {
    return 'none';
  }
  destroy() {}
}

/** How pdf.js opens a document that is painted. */
export const PICTURES = { maxImageSize: LARGEST_PICTURE, CanvasFactory: Canvases, FilterFactory: NoFilters };

/**
 * Paints a page.
 * @param {import('pdfjs-dist').PDFDocumentProxy} document opened with {@link PICTURES}
 * @param {number} number of the page, counted from 0
 * @param {number} width of the picture, in pixels
 * @returns {Promise<import('./pdf.mjs').PaintedPage>}
 */
export async function paintPage(document, number, width) {
  if (typeof OffscreenCanvas === 'undefined') throw pdfError('failed', 'this browser cannot paint a page of a PDF here');
  const page = await document.getPage(number + 1);
  const natural = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: width / natural.width });
  const canvas = new OffscreenCanvas(Math.round(viewport.width), Math.round(viewport.height));
  const canvasContext = /** @type {any} */ (canvas.getContext('2d'));
  // Links and forms belong to a reader's program.
  await page.render({ canvas: null, canvasContext, viewport, annotationMode: 0 }).promise;
  return { picture: canvas.transferToImageBitmap(), width: natural.width, height: natural.height };
}
