/** What a PDF may have at most. Papers stay far below: arXiv takes no more than 50 MB of a submission. */

/** Bytes. */
export const LARGEST = 100_000_000;
export const MOST_PAGES = 1000;
/** Pieces of text. */
export const MOST_RUNS = 1_000_000;
