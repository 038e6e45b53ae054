/** Chromium, through Playwright. */
import { FLAGS, findChromium, howToInstall } from '../../../scripts/chromium.mjs';
import { StepError } from '../../../scripts/terminal.mjs';

/**
 * @typedef {object} Driver a page in a browser
 * @property {string} name with its version
 * @property {(expression: string) => Promise<any>} evaluate its value, awaited, as JSON
 * @property {() => Promise<void>} close
 */

/** @returns {Promise<import('playwright-core').Browser>} */
export async function launchChromium() {
  const executablePath = findChromium();
  if (!executablePath) throw new StepError(howToInstall());
  const { default: playwright } = await import('playwright-core');
  return playwright.chromium.launch({ executablePath, args: FLAGS });
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 * @returns {Promise<Driver>}
 */
export async function chromiumPage(browser, url) {
  const page = await browser.newPage();
  await page.goto(url);
  return {
    name: `Chromium ${browser.version()}`,
    evaluate: (expression) => page.evaluate(expression),
    close: () => page.close(),
  };
}
