/** Two workers of ours, each with an instance of its own, against one: the same pairs for everybody, at once. */
import { OURS, ourBuilds } from '../engines.mjs';
import { LabEngine } from '../lab.mjs';
import { interleave, speedup, spread } from '../measure.mjs';
import { pairsOf } from '../pairs.mjs';
import { short, spreadText } from '../table.mjs';

const TOKENS = 128;
const PAIRS = 4;
/** Long enough that the workers' not beginning and ending together does not show. */
const LEAST_MS = 2_000;
const BUDGET_MS = 25_000;

/** @type {import('../context.mjs').Part} */
export async function workers(context) {
  const driver = await context.chromium();
  const [{ engine, wasm }] = await ourBuilds(driver);
  const [{ name: model, vocabulary }] = context.models;
  const open = () => LabEngine.open(driver, engine, { folder: `/bench/${model}`, wasm });
  const both = [await open(), await open()];
  for (const worker of both) await worker.prepare([pairsOf(PAIRS, TOKENS, vocabulary)]);
  const contestants = [1, 2].map((count) => ({
    name: `${count}`,
    sample: async () => {
      const times = await Promise.all(both.slice(0, count).map((worker) => worker.sample(LEAST_MS)));
      const pairsPerMs = times.reduce((sum, time) => sum + PAIRS / time, 0);
      return 1 / pairsPerMs;
    },
  }));
  const rounds = await interleave(contestants, BUDGET_MS, context.failing(model));
  await driver.close();
  const [one, two] = ['1', '2'].map((count) => rounds.get(count));
  if (!one || !two) throw new Error('a worker failed');
  const faster = speedup(two, one);
  const pairsPerSecond = [one, two].map((times) => spread(times.map((ms) => 1000 / ms)));
  const [first, second] = pairsPerSecond.map(spreadText);
  context.say(`${model}, ${TOKENS} tokens: one worker ${first} pairs/s, two ${second}: ${short(faster.median)} ×`);
  return { data: { pairsPerSecond, faster }, ratios: { [`${OURS}-1-worker/${model}/${TOKENS}/2`]: faster.median } };
}
