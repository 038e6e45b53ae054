/**
 * Pairs of 32 to 256 tokens, one and sixteen at once, every engine, one thread. The crates are the line that ours started
 * from, and are measured with one pair only: sixteen would take minutes.
 */
import { asError } from '../../../pkg/errors.mjs';
import { compare, ratiosOf } from '../compare.mjs';
import { RIVALS, openAll, ourBuilds } from '../engines.mjs';
import { NativeEngine } from '../native.mjs';
import { pairsOf } from '../pairs.mjs';
import { rustRivals } from '../rivals.mjs';
import { comparisonTable } from '../table.mjs';

const LENGTHS = [32, 64, 128, 256];
const SEVERAL = 16;
const CELL_MS = 6_000;
const NATIVE = 'onnxruntime-native';

/** @typedef {Map<string, import('../compare.mjs').Engine>} Engines */
/** @typedef {(name: string, error: Error) => void} Failed */

/** @type {import('../context.mjs').Part} */
export async function speed(context) {
  const driver = await context.chromium();
  const crates = await rustRivals(context);
  const choices = [...(await ourBuilds(driver)), ...RIVALS, ...crates];
  /** @type {Record<string, import('../compare.mjs').Comparison>} */
  const cells = {};
  for (const model of context.models) {
    const failed = context.failing(model.name);
    /** @type {Engines} */
    const engines = await openAll(driver, choices, `/bench/${model.name}/long`, failed);
    await addNative(engines, model.files.model, failed);
    const measure = async (/** @type {number} */ tokens, /** @type {number} */ count, what = '') => {
      const key = `${model.name}/${tokens}/1${what}`;
      cells[key] = await compare(engines, [pairsOf(count, tokens, model.vocabulary)], CELL_MS, failed);
      context.say(comparisonTable(`${model.name}, ${tokens} tokens, pairs at once: ${count}`, cells[key]));
    };
    for (const tokens of LENGTHS) await measure(tokens, 1);
    for (const { name } of crates) {
      await engines.get(name)?.close();
      engines.delete(name);
    }
    for (const tokens of LENGTHS) await measure(tokens, SEVERAL, `/batch${SEVERAL}`);
    for (const engine of engines.values()) await engine.close();
  }
  await driver.close();
  const ratios = Object.assign({}, ...Object.entries(cells).map(([key, cell]) => ratiosOf(key, cell)));
  return { data: cells, ratios };
}

/**
 * @param {Engines} engines
 * @param {Uint8Array} model
 * @param {Failed} failed
 */
async function addNative(engines, model, failed) {
  try {
    engines.set(NATIVE, await NativeEngine.open(model));
  } catch (error) {
    failed(NATIVE, asError(error));
  }
}
