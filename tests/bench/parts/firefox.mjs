/** Firefox has relaxed SIMD, and lowers it in its own way. */
import { firefoxPage } from '../browsers/firefox.mjs';
import { inBrowser } from '../other-browser.mjs';

/** @type {import('../context.mjs').Part} */
export const firefox = (context) => inBrowser(context, 'firefox', firefoxPage);
