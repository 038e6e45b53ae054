/**
 * The whole model's multiply-adds a second as a share of what the processor can do on registers alone in this browser,
 * measured in turn; and where the time goes, operation by operation, if the engine tells.
 */
import { compileKernels } from '../../support/kernels.mjs';
import { ourBuilds } from '../engines.mjs';
import { LabEngine } from '../lab.mjs';
import { interleave, speedup, spread } from '../measure.mjs';
import { pairsOf } from '../pairs.mjs';
import { spreadText } from '../table.mjs';

const MODULE = '/bench/kernel.wasm';
const TOKENS = 128;
const LEAST_MS = 40;
const BUDGET_MS = 5_000;
const PROFILE_ROUNDS = 20;

/** @type {import('../context.mjs').Part} */
export async function peak(context) {
  context.serve(MODULE, await compileKernels('relaxed'));
  const driver = await context.chromium();
  const [ours] = await ourBuilds(driver);
  const top = await LabEngine.open(driver, 'peak', { folder: '', wasm: MODULE });
  /** @type {Record<string, unknown>} */
  const data = {};
  /** @type {Record<string, number>} */
  const ratios = {};
  for (const { name: model, vocabulary, shape } of context.models) {
    if (!shape) {
      context.skip(`${model}, share of the peak`, 'its manifest does not say its layers and its width');
      continue;
    }
    const pairs = pairsOf(1, TOKENS, vocabulary);
    const engine = await LabEngine.open(driver, ours.engine, { folder: `/bench/${model}`, wasm: ours.wasm });
    await engine.prepare([pairs]);
    const [[products]] = await top.prepare([pairs]);
    const contestants = [engine, top].map(({ key, sample }) => ({ name: key, sample: () => sample(LEAST_MS) }));
    const rounds = await interleave(contestants, BUDGET_MS, context.failing(model));
    const [ourTimes, topTimes] = [engine, top].map(({ key }) => rounds.get(key));
    if (!ourTimes || !topTimes) continue;
    const work = multiplyAdds(shape, TOKENS);
    const ourRate = ourTimes.map((ms) => work / ms / 1e6);
    const topRate = topTimes.map((ms) => products / ms / 1e6);
    const share = speedup(topRate, ourRate);
    const profile = await engine.profile(pairs[0], PROFILE_ROUNDS);
    await engine.close();
    data[model] = { gmacPerSecond: spread(ourRate), peakGmacPerSecond: spread(topRate), share, profile };
    ratios[`peak/${model}/${TOKENS}/1`] = share.median;
    const percent = (share.median * 100).toFixed(0);
    context.say(`${model}, ${TOKENS} tokens: ${spreadText(spread(ourRate))} GMAC/s of ${spreadText(spread(topRate))}: ${percent} %`);
    context.say(profile ? profileTable(profile) : '  the engine tells no profile');
  }
  await driver.close();
  return { data, ratios };
}

/**
 * Of one pair: the linear layers and attention's two products; a DeBERTa's relative positions are not counted.
 * @param {{ layers: number, hidden: number, intermediate: number }} shape
 * @param {number} tokens
 */
function multiplyAdds({ layers, hidden, intermediate }, tokens) {
  const linear = tokens * (4 * hidden * hidden + 2 * hidden * intermediate);
  return layers * (linear + 2 * tokens * tokens * hidden);
}

/** @param {{ op: string, time: number, calls: number }[]} profile */
function profileTable(profile) {
  const total = profile.reduce((sum, { time }) => sum + time, 0);
  const sorted = profile.toSorted((a, b) => b.time - a.time);
  const line = (/** @type {typeof profile[0]} */ { op, time, calls }) =>
    `  ${((100 * time) / total).toFixed(1).padStart(5)} %  ${op} (${calls} calls)`;
  return sorted.map(line).join('\n');
}
