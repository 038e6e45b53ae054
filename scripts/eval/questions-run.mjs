/** `npm run eval -- --questions`: reads what is asked for, puts it to the product, prints and keeps what came of it. */
import { basename, join } from 'node:path';
import { PUBMEDQA_MEASURES } from './pubmedqa.mjs';
import { readParams, readPubmedqa, readQuestions, readVariants } from './questions-input.mjs';
import { ablationTable, measuresTable, pubmedqaTable, questionsTable, takeAll } from './questions-print.mjs';
import { MEASURES } from './questions-score.mjs';
import { scriptOf } from './stand-in.mjs';

/** @typedef {(line: string) => void} Tell */
/** @typedef {import('./product.mjs').Product} Product */
/** @typedef {import('./questions-input.mjs').Overrides} Overrides */

/**
 * Reads all of the input; what it gives does the work.
 * @param {import('./arguments.mjs').OfQuestions} command
 * @param {number} [most]
 * @returns {Promise<(model: string | undefined, print: Tell, tell: Tell) => Promise<object>>}
 */
export async function questionsOf({ folder, web: webFolder, deep, half, only, pubmedqa, params: path, ablate, keep }, most) {
  const params = await readParams(path);
  const variants = ablate === undefined ? undefined : await readVariants(ablate, params);
  const job =
    pubmedqa === undefined
      ? judgedJob(await readQuestions(folder, { half, only, most }))
      : pubmedqaJob(await readPubmedqa(folder, pubmedqa, half));
  const web = scriptOf(webFolder);
  return async (model, print, tell) => {
    // Late: the module must be built for them, and bad input is answered before.
    const { withProduct } = await import('./product.mjs');
    const { keepRun } = await import('./questions-keep.mjs');
    return withProduct({ model, deep, web }, async (product) => {
      const { manifest, deepManifest } = product;
      const kept = (/** @type {Pick<import('./questions-keep.mjs').Kept, 'what' | 'figures'>} */ run) => {
        if (!job.whole) return;
        const file = keepRun({ asked: job.asked, params, manifest, deepManifest, ...run });
        print(`Kept in tests/bench/results/${basename(file)}`);
      };
      if (variants === undefined) {
        const { figures, tables } = await job.work({ product, overrides: params, keep, tell });
        for (const table of tables) print(table);
        kept({ what: job.what, figures });
        return { [job.what]: figures };
      }
      const found = [];
      for (const { name, overrides } of variants) {
        tell(`Variant: ${name}`);
        const { figures } = await job.work({ product, overrides, keep: keep && join(keep, name), tell });
        found.push({ name, overrides, taken: figures.measures });
      }
      print(ablationTable(found));
      kept({ what: 'ablation', figures: { of: job.what, variants: found } });
      return { ablation: found };
    });
  };
}

/** @typedef {{ measures: import('./questions-print.mjs').Taken[], questions: object[] }} Figures */

/**
 * @typedef {object} Job
 * @property {'questions' | 'pubmedqa'} what
 * @property {number} asked questions
 * @property {boolean} whole whether its figures are worth keeping: a part of the judged questions is not
 * @property {(asking: import('./questions.mjs').Asking) => Promise<{ figures: Figures, tables: string[] }>} work
 */

/**
 * @param {Awaited<ReturnType<typeof readQuestions>>} read
 * @returns {Job}
 */
function judgedJob({ questions, of }) {
  return {
    what: 'questions',
    asked: questions.length,
    whole: questions.length === of,
    work: async (asking) => {
      const { evaluateQuestions } = await import('./questions.mjs');
      const scored = await evaluateQuestions(questions, asking);
      const measures = takeAll(MEASURES, scored);
      const title = `${questions.length} of ${of} judged questions`;
      return { figures: { measures, questions: scored }, tables: [questionsTable(scored), measuresTable(title, measures)] };
    },
  };
}

/**
 * @param {Awaited<ReturnType<typeof readPubmedqa>>} read
 * @returns {Job}
 */
function pubmedqaJob({ questions, of }) {
  return {
    what: 'pubmedqa',
    asked: questions.length,
    whole: true,
    work: async (asking) => {
      const { evaluatePubmedqa } = await import('./questions.mjs');
      const scored = await evaluatePubmedqa(questions, asking);
      const measures = takeAll(PUBMEDQA_MEASURES, scored);
      const title = `${questions.length} of ${of} questions of PubMedQA`;
      return { figures: { measures, questions: scored }, tables: [pubmedqaTable(scored), measuresTable(title, measures)] };
    },
  };
}
