/**
 * The near end of the thread that reads PDFs: started when the first is read, ended when one takes too long or nobody needs
 * it. The module reads what comes of it (`src/read/pdf.rs`).
 */
import { pdfError } from './pdf-error.mjs';
import { LARGEST } from './pdf-limits.mjs';

/**
 * @typedef {import('./pdf-runs.mjs').PdfRuns} PdfRuns
 * @typedef {{ bytes: Uint8Array }} ToPdf
 * @typedef {{ type: 'read', runs: PdfRuns } | { type: 'failed', reason: import('./pdf-error.mjs').PdfReason, message: string }} FromPdf
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
  read(bytes) {
    // What is too large is not copied to find that out.
    if (bytes.length > LARGEST) return Promise.reject(tooLarge(bytes.length));
    const read = this.#last.then(() => this.#readNext(bytes));
    this.#last = read.catch(() => {});
    return read;
  }

  /** Ends the thread; the next document starts another. */
  end() {
    void this.#thread?.end();
    this.#thread = undefined;
    this.#said({ type: 'failed', reason: 'failed', message: 'the reading of the PDF was ended' });
  }

  /** @param {Uint8Array} bytes */
  async #readNext(bytes) {
    /** @type {Promise<FromPdf>} */
    const answer = new Promise((resolve) => (this.#said = resolve));
    this.#thread ??= this.#begin();
    const late = setTimeout(() => {
      this.#said({ type: 'failed', reason: 'took-too-long', message: `the PDF takes more than ${this.#longest / 1000} s to read` });
      this.end();
    }, this.#longest);
    const copy = bytes.slice();
    this.#thread.post({ bytes: copy }, [copy.buffer]);
    const said = await answer;
    clearTimeout(late);
    if (said.type === 'failed') throw pdfError(said.reason, said.message);
    return said.runs;
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
