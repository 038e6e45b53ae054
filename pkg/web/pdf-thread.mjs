/** Starts the thread that reads PDFs in a browser. */
import { threadOf } from './thread.mjs';

/** @type {import('../pdf.mjs').StartPdf} */
export const startPdf = (listener) =>
  threadOf(new Worker(/* webpackChunkName: "pdf" */ new URL('./pdf-worker.mjs', import.meta.url), { type: 'module', name: 'pdf' }), listener);
