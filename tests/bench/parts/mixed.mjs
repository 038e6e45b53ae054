/** Real lengths, mixed: claims of SciFact's development set with the passages found for them. */
import { existsSync } from 'node:fs';
import { compare, ratiosOf } from '../compare.mjs';
import { ORT_WEB, openAll, ourBuilds } from '../engines.mjs';
import { comparisonTable } from '../table.mjs';

/** One pass through them takes some seconds. */
const TOKENS = 8_000;
const BUDGET_MS = 30_000;

/** @type {import('../context.mjs').Part} */
export async function mixed(context) {
  const { scifact } = context.options;
  const model = context.models.find(({ name }) => name === 'shipped');
  if (!model) throw new Error('made-up words have no real lengths: it needs the model that ships');
  if (!existsSync(scifact)) throw new Error(`no SciFact in ${scifact}; --scifact says where it is`);
  const { sampled, scifactBatches } = await import('../scifact.mjs');
  const batches = sampled(await scifactBatches(scifact, model), TOKENS);
  const lengths = batches.flat().map(({ ids }) => ids.length);
  const driver = await context.chromium();
  const failed = context.failing(model.name);
  const choices = [...(await ourBuilds(driver)), { name: ORT_WEB, engine: ORT_WEB }];
  const engines = await openAll(driver, choices, `/bench/${model.name}/long`, failed);
  const comparison = await compare(engines, batches, BUDGET_MS, failed);
  await driver.close();
  const what = {
    pairs: lengths.length,
    batches: batches.length,
    tokens: { least: lengths[0], median: lengths[Math.floor(lengths.length / 2)], most: lengths.at(-1) },
  };
  const { least, median, most } = what.tokens;
  const title = `${what.pairs} pairs of ${least} to ${most} tokens (median ${median}) in ${what.batches} batches`;
  context.say(comparisonTable(`${model.name}, SciFact: ${title}`, comparison));
  return { data: { ...what, comparison }, ratios: ratiosOf(`${model.name}/mixed/1/batch16`, comparison) };
}
