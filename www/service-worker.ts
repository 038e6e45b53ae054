/**
 * Keeps the page for use without a network: everything that is built but the model, which the page keeps itself, and the
 * build of the wasm module that is the slower one in this browser.
 *
 * A page keeps the version that it was loaded with: a new one waits until its last tab is closed, or until the reader lets
 * it take over in the only tab.
 */
import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { MODULE_NAMES, builds } from '../pkg/simd.mjs';

/** Filled in by webpack. */
declare const self: {
  __WB_MANIFEST: PrecacheEntry[];
  clients: { matchAll(options: { includeUncontrolled: boolean; type: 'window' }): Promise<unknown[]> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'message', listener: (event: MessageEvent & { waitUntil(work: Promise<void>): void }) => void): void;
};

const [chosen] = builds();
const unused = Object.entries(MODULE_NAMES).flatMap(([build, name]) => (build === chosen ? [] : [name.replace('wasm', '')]));

cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST.filter(({ url }) => !unused.some((name) => url.startsWith(name))));
clientsClaim();

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(takeOver(event.ports[0]));
});

/** Takes the place of the version before, unless another tab still runs it: then the one that asked is told. */
async function takeOver(asking: MessagePort | undefined): Promise<void> {
  const tabs = await self.clients.matchAll({ includeUncontrolled: true, type: 'window' });
  if (tabs.length > 1) asking?.postMessage('other tabs');
  else await self.skipWaiting();
}
