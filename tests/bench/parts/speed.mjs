/** Pairs of 32 to 256 tokens, one and sixteen at once, every engine, one thread. */
import { compare, ratiosOf } from '../compare.mjs';
import { RIVALS, openAll, ourBuilds } from '../engines.mjs';
import { NativeEngine } from '../native.mjs';
import { pairsOf } from '../pairs.mjs';
import { rustRivals } from '../rivals.mjs';
import { comparisonTable } from '../table.mjs';

const LENGTHS = [32, 64, 128, 256];
const BATCHES = [1, 16];
const CELL_MS = 5_000;
const NATIVE = 'onnxruntime-native';

/** @type {import('../context.mjs').Part} */
export async function speed(context) {
  const driver = await context.chromium();
  const choices = [...(await ourBuilds(driver)), ...RIVALS, ...(await rustRivals(context))];
  /** @type {Record<string, import('../compare.mjs').Comparison>} */
  const cells = {};
  for (const { name, vocabulary, files } of context.models) {
    const failed = context.failing(name);
    /** @type {Map<string, import('../compare.mjs').Engine>} */
    const engines = await openAll(driver, choices, `/bench/${name}/long`, failed);
    await addNative(engines, files.model, failed);
    for (const [tokens, batch] of LENGTHS.flatMap((tokens) => BATCHES.map((batch) => [tokens, batch]))) {
      const key = `${name}/${tokens}/1${batch === 1 ? '' : `/batch${batch}`}`;
      cells[key] = await compare(engines, [pairsOf(batch, tokens, vocabulary)], CELL_MS, failed);
      context.say(comparisonTable(`${name}, ${tokens} tokens, ${batch === 1 ? 'one pair' : `${batch} pairs`}`, cells[key]));
    }
    for (const engine of engines.values()) await engine.close();
  }
  await driver.close();
  const ratios = Object.assign({}, ...Object.entries(cells).map(([key, cell]) => ratiosOf(key, cell)));
  return { data: cells, ratios };
}

/**
 * @param {Map<string, import('../compare.mjs').Engine>} engines
 * @param {Uint8Array} model
 * @param {(name: string, error: Error) => void} failed
 */
async function addNative(engines, model, failed) {
  try {
    engines.set(NATIVE, await NativeEngine.open(model));
  } catch (error) {
    failed(NATIVE, /** @type {Error} */ (error));
  }
}
