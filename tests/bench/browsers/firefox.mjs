/** Firefox, over WebDriver BiDi. */
import process from 'node:process';
import { onPath } from '../../../scripts/chromium.mjs';
import { installed } from '../installed.mjs';

/**
 * @param {string} url
 * @returns {Promise<import('./chromium.mjs').Driver>} rejects, with the remedy, where there is no Firefox
 */
export async function firefoxPage(url) {
  const executablePath = process.env.FIREFOX || onPath(['firefox-esr', 'firefox']);
  if (!executablePath) {
    throw new Error('Firefox is missing: run sudo apt-get install -y firefox-esr, or set FIREFOX to its path');
  }
  const { default: puppeteer } = await installed('puppeteer-core');
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true, protocolTimeout: 0 });
  const page = await browser.newPage();
  await page.goto(url);
  return {
    name: (await browser.version()).replace(/^firefox\//i, 'Firefox '),
    evaluate: (expression) => page.evaluate(expression),
    close: () => browser.close(),
  };
}
