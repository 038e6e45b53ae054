/** PDFs written for the tests: uncompressed, in Helvetica, Helvetica-Bold and Times, with whatever fault is asked for. */

/**
 * @typedef {object} Text
 * @property {string} text in Latin letters
 * @property {number} x from the left edge, in points
 * @property {number} y the baseline, from the top edge, in points
 * @property {number} [size]
 * @property {boolean} [bold]
 * @property {string} [colour] as PDF writes it: "1 1 1" is white
 * @property {boolean} [upright] whether it runs up the page
 */

const [WIDTH, HEIGHT] = [612, 792];

/**
 * The bytes of a document.
 * @param {Text[][]} pages
 * @param {{ title?: string, encrypted?: boolean }} [options] `encrypted`: opens with a password that nobody has
 */
export function makePdf(pages, { title, encrypted = false } = {}) {
  const first = 6;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, at) => `${first + 2 * at} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold >>',
    `<< /Title (${title ?? ''}) >>`,
  ];
  for (const [at, texts] of pages.entries()) {
    const content = texts.map(show).join('\n');
    const resources = '<< /Font << /F1 3 0 R /F2 4 0 R >> >>';
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] /Resources ${resources} /Contents ${first + 2 * at + 1} 0 R >>`);
    objects.push(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  }
  const key = '0'.repeat(64);
  const lock = encrypted ? `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -44 >> /ID [<00> <00>]` : '';
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = file.length;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 5 0 R ${lock} >>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(file, 'latin1'));
}

/** @param {Text} text */
function show({ text, x, y, size = 10, bold = false, colour = '0 0 0', upright = false }) {
  const escaped = text.replace(/[\\()]/g, '\\$&');
  const matrix = upright ? '0 1 -1 0' : '1 0 0 1';
  return `BT ${colour} rg /${bold ? 'F2' : 'F1'} ${size} Tf ${matrix} ${x} ${HEIGHT - y} Tm (${escaped}) Tj ET`;
}

/**
 * A paragraph in a column, with lines of about as many letters as fit.
 * @param {string} text
 * @param {{ x: number, y: number, letters: number, size?: number, leading?: number }} place of its first baseline
 * @returns {Text[]}
 */
export function paragraph(text, { x, y, letters, size = 10, leading = 12 }) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + word.length < letters) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.map((line, at) => ({ text: line, x, y: y + at * leading, size }));
}
