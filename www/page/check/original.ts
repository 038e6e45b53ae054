/** The pages of a PDF on which a sentence stands, as they are printed, the sentence marked. They are painted in a worker. */
import { svg } from '../../../pkg/elements/dom.mjs';
import { asError } from '../../../pkg/errors.mjs';
import { PdfReader, type PaintedPage } from '../../../pkg/pdf.mjs';
import type { GivenPlace } from '../../../pkg/probatum.js';
import { startPdf } from '../../../pkg/web/pdf-thread.mjs';
import { el, setText } from '../dom';
import type { Text } from './given';
import { keptPdf } from './kept';

/** Width of a picture in pixels, at most: more is seen on no screen, and takes 20 MB. */
const WIDEST = 2000;

/** Opens a dialog with the pages; settles when they are painted, or cannot be. */
export async function showOriginal(text: Text, places: readonly GivenPlace[], sentence: string): Promise<void> {
  const numbers = [...new Set(places.map(({ page }) => page))];
  const opener = document.activeElement;
  const reader = new PdfReader(startPdf);
  const said = el('p', { class: 'hint', role: 'status' }, 'Opening the page…');
  const pages = el('div', { class: 'original-pages', tabindex: '0', role: 'group', 'aria-labelledby': 'original-heading' });
  const close = el('button', { type: 'button', class: 'quiet small' }, 'Close');
  const heading = el('h2', { id: 'original-heading' }, `${text.title || text.id}, page ${numbers.map((page) => String(page + 1)).join(' and ')}`);
  const dialog = el('dialog', { class: 'original', 'aria-labelledby': 'original-heading' }, el('div', { class: 'original-head' }, heading, close), said, pages);
  close.addEventListener('click', () => { dialog.close(); });
  dialog.addEventListener('close', () => {
    reader.end();
    dialog.remove();
    if (opener instanceof HTMLElement) opener.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  try {
    const pdf = text.pdf === undefined ? undefined : await keptPdf(text.pdf);
    if (!pdf) throw new Error('the PDF is no longer kept in this browser; add the file again, and check again');
    const bytes = new Uint8Array(await pdf.arrayBuffer());
    for (const number of numbers) {
      const sheet = el('div', { class: 'original-page' });
      pages.append(sheet);
      const width = Math.min(WIDEST, Math.round(sheet.clientWidth * devicePixelRatio));
      sheet.append(...printed(await reader.paint(bytes, number, width), number, places, sentence));
    }
    setText(said, '');
    pages.querySelector('rect')?.scrollIntoView({ block: 'center', inline: 'center' });
  } catch (error) {
    // Closed before it was painted: nobody looks.
    if (dialog.open) setText(said, `The page cannot be shown: ${asError(error).message}.`);
  }
}

/** A page, and over it the places on it marked. */
function printed({ picture, width, height }: PaintedPage, number: number, places: readonly GivenPlace[], sentence: string): Element[] {
  const canvas = el('canvas', { role: 'img', 'aria-label': `Page ${String(number + 1)}, with the sentence marked: “${sentence}”` });
  Object.assign(canvas, { width: picture.width, height: picture.height });
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(picture);
  const marks = places
    .filter(({ page }) => page === number)
    .map(({ x, y, width, height }) => svg('rect', { x: String(x), y: String(y), width: String(width), height: String(height) }));
  return [canvas, svg('svg', { viewBox: `0 0 ${String(width)} ${String(height)}`, 'aria-hidden': 'true' }, ...marks)];
}
