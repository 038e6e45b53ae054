/**
 * The near end of the thread that reads PDFs: started when the first is read, ended when one takes too long or nobody needs
 * it. The module reads what comes of it (`src/read/pdf.rs`); a page of a document is painted there too.
 */
import { pdfError } from './pdf-error.mjs';
import { LARGEST } from './pdf-limits.mjs';

/**
 * A page of a PDF as a picture.
 * @typedef {object} PaintedPage
 * @property {ImageBitmap} picture of the whole page
 * @property {number} width of the page as shown, in points: those of {@link import('./pdf-runs.mjs').PdfPage}
 * @property {number} height in points
 */

/**
 * @typedef {import('./pdf-runs.mjs').PdfRuns} PdfRuns
 * @typedef {{ type: 'read', bytes: Uint8Array } | { type: 'paint', bytes: Uint8Array, page: number, width: number }} ToPdf
 * @typedef {{ type: 'failed', reason: import('./pdf-error.mjs').PdfReason, message: string }} PdfFailed
 * @typedef {{ type: 'read', runs: PdfRuns } | { type: 'painted', page: PaintedPage } | PdfFailed} FromPdf
 * @typedef {(listener: import('./messages.mjs').Listener<FromPdf>) => import('./messages.mjs').Thread<ToPdf>} StartPdf
 */

/** Milliseconds that a document may take: a thesis of 300 pages takes about 10 s on a slow machine. */
const LONGEST = 60_000;

/** Reads PDFs, one after the other, in a thread of its own. */
export class PdfReader {
  #start;
  #longest;
  /** @type {import('./messages.mjs').Thread<ToPdf> | undefined} */
  #thread;
  /** @type {(said: FromPdf) => void} */
  #said = () => {};
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /**
   * @param {StartPdf} start starts the thread
   * @param {number} [longest] milliseconds that a document may take
   */
  constructor(start, longest = LONGEST) {
    this.#start = start;
    this.#longest = longest;
  }

  /**
   * The runs of a document. Rejects with a `PdfError` whose `reason` says why there are none.
   * @param {Uint8Array} bytes left as they are
   * @returns {Promise<PdfRuns>}
   */
  async read(bytes) {
    const said = await this.#ask(bytes, (copy) => ({ type: 'read', bytes: copy }));
    return /** @type {Extract<FromPdf, { type: 'read' }>} */ (said).runs;
  }

  /**
   * A page of a document as a picture; in browsers alone. Rejects as {@link PdfReader.read} does.
   * @param {Uint8Array} bytes left as they are
   * @param {number} page counted from 0
   * @param {number} width of the picture, in pixels
   * @returns {Promise<PaintedPage>}
   */
  async paint(bytes, page, width) {
    const said = await this.#ask(bytes, (copy) => ({ type: 'paint', bytes: copy, page, width }));
    return /** @type {Extract<FromPdf, { type: 'painted' }>} */ (said).page;
  }

  /** Ends the thread; the next document starts another. */
  end() {
    void this.#thread?.end();
    this.#thread = undefined;
    this.#said({ type: 'failed', reason: 'failed', message: 'the reading of the PDF was ended' });
  }

  /**
   * Asks once what was asked before is answered.
   * @param {Uint8Array} bytes
   * @param {(copy: Uint8Array<ArrayBuffer>) => ToPdf} question
   */
  #ask(bytes, question) {
    // What is too large is not copied to find that out.
    if (bytes.length > LARGEST) return Promise.reject(tooLarge(bytes.length));
    const answer = this.#last.then(() => this.#askNext(bytes, question));
    this.#last = answer.catch(() => {});
    return answer;
  }

  /**
   * @param {Uint8Array} bytes
   * @param {(copy: Uint8Array<ArrayBuffer>) => ToPdf} question
   */
  async #askNext(bytes, question) {
    /** @type {Promise<FromPdf>} */
    const answer = new Promise((resolve) => (this.#said = resolve));
    this.#thread ??= this.#begin();
    const late = setTimeout(() => {
      this.#said({ type: 'failed', reason: 'took-too-long', message: `the PDF takes more than ${this.#longest / 1000} s to read` });
      this.end();
    }, this.#longest);
    const copy = bytes.slice();
    this.#thread.post(question(copy), [copy.buffer]);
    const said = await answer;
    clearTimeout(late);
    if (said.type === 'failed') throw pdfError(said.reason, said.message);
    return said;
  }

  #begin() {
    const thread = this.#start({
      heard: (said) => this.#said(said),
      lost: (reason) => {
        if (this.#thread !== thread) return;
        this.#thread = undefined;
        this.#said({ type: 'failed', reason: 'failed', message: `the thread that reads the PDF died: ${reason}` });
      },
    });
    return thread;
  }
}

/** @param {number} bytes */
const tooLarge = (bytes) => pdfError('too-large', `the PDF has ${bytes} bytes, more than the ${LARGEST} that are read`);
