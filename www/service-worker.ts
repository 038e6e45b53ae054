/**
 * Keeps the page for use without a network: everything that is built but the model, which the page keeps itself, and the
 * build of the wasm module that this browser does not run.
 *
 * A page keeps the version that it was loaded with: a new one waits until its last tab is closed.
 */
import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { chooseBuild, type Build } from '../pkg/simd.mjs';

/** Filled in by webpack. */
declare const self: { __WB_MANIFEST: PrecacheEntry[] };

const MODULE_NAMES: Record<Build, string> = { 'relaxed-simd': 'probatum_relaxed_bg', simd128: 'probatum_bg' };

const chosen = chooseBuild();
const unused = Object.entries(MODULE_NAMES).flatMap(([build, name]) => (build === chosen ? [] : [`${name}.`]));

cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST.filter(({ url }) => !unused.some((name) => url.startsWith(name))));
clientsClaim();
