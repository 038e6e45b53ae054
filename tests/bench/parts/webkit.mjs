/** Safari's family: it has no relaxed SIMD. */
import { webkitPage } from '../browsers/webkit.mjs';
import { inBrowser } from '../other-browser.mjs';

/** @type {import('../context.mjs').Part} */
export const webkit = (context) => inBrowser(context, 'webkit', webkitPage);
