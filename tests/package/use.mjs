/** What a user of the package writes; every bundler and environment is given this file as it is. */
import { createProbatum } from 'probatum';

/** Answers the question of the demonstration, checks a claim, and judges one pair. */
export async function use() {
  const probatum = await createProbatum();
  const { demoQuestion } = await probatum.describe();
  const asked = probatum.ask(demoQuestion, { sources: ['demo'], date: '2026-01-31', limits: { maxClaims: 2 } });
  const stages = [];
  for await (const { stage } of asked) stages.push(stage);
  const { markdown } = await asked;
  const checked = await probatum.check('Naps improve memory.', ['Naps improved the memory of adults for words. They were 40.']);
  const { entailment, contradiction } = await probatum.judge('Adults who napped recalled 12 % more words.', 'Naps improve memory.');
  await probatum.close();
  return { markdown, stages, checked, entails: entailment > contradiction };
}
