/** Ours against onnxruntime-web in a browser beside Chromium. */
import { compare, ratiosOf } from './compare.mjs';
import { ORT_WEB, openAll, ourBuilds } from './engines.mjs';
import { pairsOf } from './pairs.mjs';
import { comparisonTable } from './table.mjs';

const TOKENS = 128;
const BUDGET_MS = 10_000;

/**
 * @param {import('./context.mjs').Context} context
 * @param {string} browser at the end of the keys
 * @param {(url: string) => Promise<import('./browsers/chromium.mjs').Driver>} open
 */
export async function inBrowser(context, browser, open) {
  const driver = await open(context.lab);
  /** @type {Record<string, import('./compare.mjs').Comparison>} */
  const data = {};
  /** @type {Record<string, number>} */
  const ratios = {};
  try {
    const choices = [...(await ourBuilds(driver)), { name: ORT_WEB, engine: ORT_WEB }];
    for (const { name, vocabulary } of context.models) {
      const failed = context.failing(`${name} in ${driver.name}`);
      const engines = await openAll(driver, choices, `/bench/${name}/long`, failed);
      const comparison = await compare(engines, [pairsOf(1, TOKENS, vocabulary)], BUDGET_MS, failed);
      for (const engine of engines.values()) await engine.close();
      context.say(comparisonTable(`${driver.name}: ${name}, ${TOKENS} tokens, one pair`, comparison));
      const key = `${name}/${TOKENS}/1/${browser}`;
      data[key] = comparison;
      Object.assign(ratios, ratiosOf(key, comparison));
    }
  } finally {
    await driver.close();
  }
  return { data: { browser: driver.name, cells: data }, ratios };
}
