/** Why a PDF was not read. */

/**
 * `empty`: no bytes · `too-large`, `too-many-pages`, `too-many-runs`: beyond what any paper has · `not-pdf`: another format ·
 * `encrypted`: opens with a password only · `damaged`: cut off or broken · `took-too-long`: ended by the clock · `failed`: the
 * reading thread died.
 * @typedef {'empty' | 'too-large' | 'not-pdf' | 'encrypted' | 'damaged' | 'too-many-pages' | 'too-many-runs' | 'took-too-long'
 *   | 'failed'} PdfReason
 */

/** @typedef {Error & { name: 'PdfError', reason: PdfReason }} PdfError */

/**
 * @param {PdfReason} reason
 * @param {string} message says it in a sentence, with the remedy where there is one
 * @returns {PdfError}
 */
export function pdfError(reason, message) {
  return Object.assign(new Error(message), { name: /** @type {const} */ ('PdfError'), reason });
}
