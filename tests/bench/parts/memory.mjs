/** Linear memory of a worker: with the model, after the longest pair, after ten thousand short ones. */
import { ORT_WEB, openAll, ourBuilds } from '../engines.mjs';
import { pairsOf } from '../pairs.mjs';

const PAIRS = 10_000;
/** Short ones of several lengths, so that the ten thousand take a minute at most. */
const SHORT = [4, 5, 6, 7, 8, 9, 10, 11];
const PER_LENGTH = 25;
const LONG = 256;
const ROUNDING_MB = 32;

/** @type {import('../context.mjs').Part} */
export async function memory(context) {
  const driver = await context.chromium();
  const [ours] = await ourBuilds(driver);
  /** @type {Record<string, unknown>} */
  const data = {};
  for (const { name: model, vocabulary, files } of context.models) {
    const failed = context.failing(model);
    const open = await openAll(driver, [ours, { name: ORT_WEB, engine: ORT_WEB }], `/bench/${model}/long`, failed);
    const allowedMb = (files.model.length * 1.6) / 1e6 + ROUNDING_MB;
    for (const [name, engine] of open) {
      const megabytes = async () => ((await engine.memoryBytes()) ?? NaN) / 1e6;
      const loadedMb = await megabytes();
      await engine.prepare([pairsOf(1, LONG, vocabulary)]);
      const longestMb = await megabytes();
      const batches = SHORT.map((tokens) => pairsOf(PER_LENGTH, tokens, vocabulary));
      await engine.prepare(batches);
      const beforeMb = await megabytes();
      // The growth is ours to prove; the rival's ten thousand would only take time.
      const passes = name === ours.name ? PAIRS / batches.flat().length : 0;
      for (let pass = 0; pass < passes; pass += 1) await engine.sample(0);
      const grownMb = (await megabytes()) - beforeMb;
      data[`${name}/${model}`] = { loadedMb, longestMb, ...(passes > 0 && { allowedMb, pairs: PAIRS, grownMb }) };
      const judged = `${PAIRS} pairs: ${grownMb.toFixed(1)} MB more; allowed ${allowedMb.toFixed(0)} MB`;
      const loss = longestMb > allowedMb || grownMb > 0 ? ': LOSS' : '';
      const figures = `loaded ${loadedMb.toFixed(0)} MB, after ${LONG} tokens ${longestMb.toFixed(0)} MB`;
      context.say(`  ${model}, ${name}: ${figures}${passes > 0 ? `, ${judged}${loss}` : ''}`);
      await engine.close();
    }
  }
  await driver.close();
  return { data };
}
