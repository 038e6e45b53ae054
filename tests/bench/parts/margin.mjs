/** A long draft's check shown in the page: how long the page stands still. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from '../../../scripts/terminal.mjs';

const SENTENCES = 1000;
const PER_PARAGRAPH = 8;
/** Milliseconds after which it is given up. */
const MOST_MS = 60_000;

/** @type {import('../context.mjs').Part} */
export async function margin(context) {
  const browser = await context.browser();
  const page = await browser.newPage({ serviceWorkers: 'block', viewport: { width: 1280, height: 900 } });
  try {
    await page.setContent(`<!doctype html><style>${styles()}</style><div id="live-region"></div><section id="check-result" class="check-page" hidden><div id="check-downloads"></div><div id="check-report"></div></section>`);
    await page.addScriptTag({ content: await bundled() });
    const [longestMs, totalMs] = await page.evaluate(shown, { check: checkOf(), most: MOST_MS });
    const data = { [`${SENTENCES} citing sentences shown: longest main-thread task (ms; 0: none of 50 or more)`]: Math.round(longestMs), 'until all are shown (ms)': Math.round(totalMs) };
    for (const [name, value] of Object.entries(data)) context.say(`${String(value).padStart(8)}  ${name}`);
    return { data };
  } finally {
    await page.close();
  }
}

const styles = () => ['src/report/report.css', 'www/page/check/margin.css'].map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');

/** The page's own code that shows a check. */
async function bundled() {
  const raw = {
    name: 'raw',
    /** @param {import('esbuild').PluginBuild} build */
    setup(build) {
      build.onResolve({ filter: /\?raw$/ }, ({ path, resolveDir }) => ({ path: join(resolveDir, path.replace('?raw', '')), namespace: 'raw' }));
      build.onLoad({ filter: /./, namespace: 'raw' }, ({ path }) => ({ contents: readFileSync(path, 'utf8'), loader: 'text' }));
    },
  };
  const { outputFiles } = await build({ entryPoints: [join(ROOT, 'www/page/check/show.ts')], bundle: true, write: false, format: 'iife', globalName: 'margin', plugins: [raw] });
  return outputFiles[0].text;
}

/** A check of many sentences, every other one with something wrong. */
function checkOf() {
  const probability = { entailment: 0.93, neutral: 0.05, contradiction: 0.02 };
  const words = 'Trees beside the yards lowered the temperature of the air by 46 percent in the first summer after they were planted';
  const sentences = [];
  let text = '';
  for (let n = 0; n < SENTENCES; n += 1) {
    const start = text.length;
    text += `${words} [${n % 50}].`;
    const [place, found] = [{ start, end: text.length }, { text: 'a', start: 0, end: 118, quote: words, probability, strength: 'firm', signals: [] }];
    const open = n % 2 === 1;
    sentences.push({
      place, text: `${words}.`, section: '', marks: [{ start: start + words.length + 1, end: text.length - 1 }], works: [n % 50], troubles: [], remarks: [], quotations: [], numbers: open ? ['46'] : [], drifts: [],
      uncovered: open ? [{ start: start + 6, end: start + 12 }] : [], parts: [], verdict: open ? 'partly' : 'supported', flagged: open,
      checked: { claim: words, label: 'supported', probability: 0.93, reason: 'It says so.', for: [found], against: [], nearest: [found, found, found], tested: 8 },
    });
    text += (n + 1) % PER_PARAGRAPH === 0 ? '\n\n' : ' ';
  }
  const works = Array.from({ length: 50 }, (_, n) => ({ key: String(n), title: `Of trees, part ${n}`, authors: ['Ito', 'Berg'], year: 2001, text: 'a' }));
  return { id: 1, date: '2026-01-31', draft: { format: 'plain', text, lists: [] }, texts: [{ id: 'a', title: 'Of trees', text: words }], works, sentences, citing: SENTENCES };
}

/**
 * Runs in the page: shows it, and notes the longest task until nothing more comes.
 * @param {{ check: { sentences: unknown[] }, most: number }} given
 * @returns {Promise<[longestMs: number, totalMs: number]>}
 */
async function shown({ check, most }) {
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  // The check has come over by then.
  await frame();
  observer.observe({ type: 'longtask' });
  const started = performance.now();
  /** @type {any} */ (globalThis).margin.showCheck(check, {}, '', true);
  const cards = () => document.querySelectorAll('.card').length;
  while (cards() < check.sentences.length && performance.now() - started < most) await frame();
  const total = performance.now() - started;
  // Long tasks are told a little later.
  for (let n = 0; n < 5; n += 1) await frame();
  return [longest, total];
}
