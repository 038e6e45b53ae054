/** Numbers and moments in words. */

import { count, megabytes } from '../../pkg/elements/words.mjs';

export { count, megabytes };

/** Seconds as a clock, e.g. "0:42" or "12:05". */
export function clock(seconds: number): string {
  const all = Math.max(0, Math.floor(seconds));
  return `${Math.floor(all / 60)}:${String(all % 60).padStart(2, '0')}`;
}

/** A rough time, for estimates: "about 40 s", "about 3 min". */
export function roughly(seconds: number): string {
  if (seconds < 5) return 'a few seconds';
  if (seconds < 90) return `about ${Math.ceil(seconds / 5) * 5} s`;
  return `about ${Math.ceil(seconds / 60)} min`;
}

/** The beginning of a file name: the title in plain lower-case words, then the date. */
export function fileStem(title: string, date: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  let stem = '';
  for (const word of words) {
    if (stem.length + word.length > 60) break;
    stem += (stem && '-') + word;
  }
  return `${stem || 'report'}-${date}`;
}

/** The size of a file, e.g. "820 bytes", "12 kB", "3.4 MB" (10³ and 10⁶ bytes). */
export function fileSize(bytes: number): string {
  if (bytes < 1e3) return count('byte', bytes);
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : megabytes(bytes);
}
