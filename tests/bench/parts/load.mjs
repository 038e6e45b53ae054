/**
 * The model's load, from bytes in memory to a session that can score. Every time in a fresh worker; the runtime is
 * compiled and instantiated before, which is measured beside it.
 */
import { ORT_WEB, OURS, ourBuilds } from '../engines.mjs';
import { LabEngine } from '../lab.mjs';
import { interleave, speedup, spread } from '../measure.mjs';
import { short, spreadText, verdictText } from '../table.mjs';

const BUDGET_MS = 10_000;

/** @type {import('../context.mjs').Part} */
export async function load(context) {
  const driver = await context.chromium();
  const [ours] = await ourBuilds(driver);
  /** @type {Record<string, unknown>} */
  const data = {};
  /** @type {Record<string, number>} */
  const ratios = {};
  for (const { name: model } of context.models) {
    /** @type {Record<string, number[]>} */
    const starts = { [OURS]: [], [ORT_WEB]: [] };
    const contestants = [ours, { name: ORT_WEB, engine: ORT_WEB }].map(({ name, engine, wasm }) => ({
      name,
      sample: async () => {
        const opened = await LabEngine.open(driver, engine, { folder: `/bench/${model}`, wasm });
        await opened.close();
        starts[name].push(opened.startMs);
        return opened.loadMs;
      },
    }));
    const rounds = await interleave(contestants, BUDGET_MS, context.failing(model));
    context.say(model);
    for (const [name, times] of rounds) {
      const [loadMs, startMs] = [spread(times), spread(starts[name])];
      data[`${name}/${model}`] = { loadMs, startMs };
      context.say(`  ${name.padEnd(18)} ${spreadText(loadMs)} ms; the runtime before it ${spreadText(startMs)} ms`);
    }
    const [ourTimes, theirTimes] = [rounds.get(OURS), rounds.get(ORT_WEB)];
    if (!ourTimes || !theirTimes) continue;
    const faster = speedup(ourTimes, theirTimes);
    ratios[`${ORT_WEB}/${model}/load`] = faster.median;
    context.say(`  ${verdictText(faster)}, or ${short(1 / faster.median)} × the time`);
  }
  await driver.close();
  return { data, ratios };
}
