/** The question in the page's address, so that it can be kept and sent; it fills the box and starts nothing. */

/** The question that an address asks, from `?q=` or `#q=`. */
export function questionIn(address: string): string | undefined {
  const { searchParams, hash } = new URL(address);
  const text = searchParams.get('q') ?? (hash.startsWith('#q=') ? new URLSearchParams(hash.slice(1)).get('q') : null);
  return text?.trim() || undefined;
}

/** The address that asks a question. After `#`, which no server is told. */
export function addressOf(question: string, page: string): string {
  const url = new URL(page);
  url.search = '';
  url.hash = new URLSearchParams({ q: question }).toString();
  return url.href;
}
