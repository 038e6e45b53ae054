/** Files on disk, read as what they are. */
import { readFile as bytesOf } from 'node:fs/promises';
import { asError, usageError } from '../errors.mjs';
import { readFile } from '../files.mjs';
import { PdfReader } from '../pdf.mjs';
import { startPdf } from './platform.mjs';
import { load } from './wasm.mjs';

/** @typedef {import('../files.mjs').FileRead} FileRead */

/** Reads files in this thread, PDFs in one of their own; to be ended. */
export class Files {
  #pdf = new PdfReader(startPdf);

  /**
   * Rejects with a `UsageError` that names the file and says why it cannot be read.
   * @param {string} path
   * @param {string} [name] as which it is read; its path where not given
   * @returns {Promise<FileRead>}
   */
  async read(path, name = path) {
    const wrong = (/** @type {string} */ reason) => usageError(`${path} cannot be read: ${reason}`);
    const bytes = await bytesOf(path).catch((error) => Promise.reject(wrong(asError(error).message)));
    await load();
    const file = await readFile(name, bytes, (pdf) => this.#pdf.read(pdf));
    if (file.trouble) throw wrong(`${file.trouble.reason}. ${file.trouble.remedy}`);
    return file;
  }

  /** Ends the thread that reads PDFs. */
  end() {
    this.#pdf.end();
  }
}
