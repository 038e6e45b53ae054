/** Answers of the sources, kept for a day in Cache Storage, so that a question asked again costs them nothing. */
const NAME = 'probatum-answers-1';
const LIFETIME_MS = 24 * 60 * 60 * 1000;
const STORED_AT = 'x-stored-at';

/** The stored body, unless it is older than a day. Never fails: without Cache Storage nothing is stored. */
export async function cacheGet(key: string): Promise<string | undefined> {
  return softly(async (cache) => {
    const stored = await cache.match(address(key));
    return stored && isFresh(stored) ? stored.text() : undefined;
  });
}

/** Stores a body. Never fails: where there is no Cache Storage (a file, private windows) or no room, it is not kept. */
export async function cachePut(key: string, body: string): Promise<void> {
  await softly((cache) => cache.put(address(key), new Response(body, { headers: { [STORED_AT]: String(Date.now()) } })));
}

/** Drops what is older than a day. */
export async function dropStale(): Promise<void> {
  await softly(async (cache) => {
    for (const request of await cache.keys()) {
      const stored = await cache.match(request);
      if (stored && !isFresh(stored)) await cache.delete(request);
    }
  });
}

async function softly<T>(use: (cache: Cache) => Promise<T>): Promise<T | undefined> {
  try {
    return await use(await caches.open(NAME));
  } catch {
    return undefined;
  }
}

/** Cache Storage is keyed by address; no such address is ever fetched. */
const address = (key: string) => new URL(`answers/${encodeURIComponent(key)}`, globalThis.location.href).href;

const isFresh = (stored: Response) => Date.now() - Number(stored.headers.get(STORED_AT)) < LIFETIME_MS;
