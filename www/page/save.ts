import { el } from './dom';

/** Hands a file to the reader. */
export function save(name: string, blob: Blob): void {
  const href = URL.createObjectURL(blob);
  el('a', { href, download: name }).click();
  // The download has its own hold on the data once it has begun.
  setTimeout(() => {
    URL.revokeObjectURL(href);
  }, 10_000);
}
