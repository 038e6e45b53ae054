/** Answers of the sources, kept for a day in Cache Storage, so that a question asked again costs them nothing. */
const NAME = 'probatum-answers-1';
const LIFETIME_MS = 24 * 60 * 60 * 1000;
const STORED_AT = 'x-stored-at';

/**
 * The answers kept; what is older than a day is dropped meanwhile. Nothing of it fails: where there is no Cache Storage
 * (a file, private windows) or no room, nothing is kept.
 * @returns {Promise<import('../cache.mjs').Cache>}
 */
export async function openCache() {
  void softly(dropStale);
  return {
    get: (key) =>
      softly(async (cache) => {
        const stored = await cache.match(address(key));
        return stored && isFresh(stored) ? new Uint8Array(await stored.arrayBuffer()) : undefined;
      }),
    put: (key, body) =>
      softly((cache) => cache.put(address(key), new Response(new Uint8Array(body), { headers: { [STORED_AT]: String(Date.now()) } }))),
  };
}

/** @param {Cache} cache */
async function dropStale(cache) {
  for (const request of await cache.keys()) {
    const stored = await cache.match(request);
    if (stored && !isFresh(stored)) await cache.delete(request);
  }
}

/**
 * @template T
 * @param {(cache: Cache) => Promise<T>} use
 * @returns {Promise<T | undefined>}
 */
async function softly(use) {
  try {
    return await use(await caches.open(NAME));
  } catch {
    return undefined;
  }
}

/**
 * Cache Storage is keyed by address; no such address is ever fetched.
 * @param {string} key
 */
const address = (key) => new URL(`answers/${encodeURIComponent(key)}`, globalThis.location.href).href;

/** @param {Response} stored */
const isFresh = (stored) => Date.now() - Number(stored.headers.get(STORED_AT)) < LIFETIME_MS;
