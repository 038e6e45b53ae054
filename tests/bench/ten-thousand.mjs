/**
 * How `probatum verify` does with many claims over many abstracts: memory, claims an hour and core, and how both grow.
 *
 *   node tests/bench/ten-thousand.mjs papers.jsonl [--claims 1000] [--papers 5000] [--folder target/bench/claims] [--workers 1]
 *
 * Claims are sentences of the abstracts themselves, the last of each that is long enough, which is where results stand. Papers
 * are taken in the order of a hash of their ids, so that fewer of them are a part of more, with the same claims.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { linesOf } from '../../pkg/node/lines.mjs';
import { ROOT, main, say } from '../../scripts/terminal.mjs';

/** Words of a claim: fewer are a heading or a wish, more are seldom one statement. */
const WORDS = { least: 8, most: 40 };
/** Bytes of a row, at most. */
const MOST_ROW = 1e6;

/** @typedef {{ id: string, title: string, text: string }} Paper */
/** What the command says of how far it is. @typedef {{ claims: number, coreHours: number, sentences: number, megabytes: number }} Mark */

/** @param {string} text */
const order = (text) => createHash('sha256').update(text).digest('hex');

/**
 * @param {string} path
 * @returns {Promise<Paper[]>} in the order of a hash of their ids
 */
async function papersOf(path) {
  const papers = [];
  for await (const { text } of linesOf(path, MOST_ROW)) {
    const row = JSON.parse(text ?? '{}');
    papers.push({ id: String(row.id), title: String(row.title ?? ''), text: String(row.text ?? row.abstract ?? ''), at: order(String(row.id)) });
  }
  return papers.sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ id, title, text }) => ({ id, title, text }));
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** @param {Paper} paper */
function claimOf({ id, text }) {
  const sentences = [...segmenter.segment(text)].map(({ segment }) => segment.trim());
  const claim = sentences.reverse().find((sentence) => {
    const words = sentence.split(/\s+/).length;
    return words >= WORDS.least && words <= WORDS.most;
  });
  return claim === undefined ? [] : [{ id, claim, own: id }];
}

/**
 * @param {string} path
 * @param {object[]} rows
 */
async function write(path, rows) {
  const file = createWriteStream(path);
  for (const row of rows) file.write(`${JSON.stringify(row)}\n`);
  file.end();
  await finished(file);
}

/**
 * @param {string} line
 * @returns {Mark | undefined}
 */
function markOf(line) {
  const [, claims, rate, sentences, megabytes] = (/^(\d+) claims.*; ([\d,]+) claims and ([\d,]+) sentences an hour and core; (\d+) MB/.exec(line) ?? []).map((part) => Number(part.replaceAll(',', '')));
  return claims > 0 && rate > 0 ? { claims, coreHours: claims / rate, sentences: (claims * sentences) / rate, megabytes } : undefined;
}

/**
 * @param {Mark} from
 * @param {Mark} to
 */
function said(from, to) {
  const hours = to.coreHours - from.coreHours;
  const [claims, sentences] = [to.claims - from.claims, to.sentences - from.sentences].map((count) => Math.round(count / hours).toLocaleString('en'));
  return `${to.claims} claims: ${claims} claims and ${sentences} sentences an hour and core since ${from.claims}; ${to.megabytes} MB`;
}

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      claims: { type: 'string', default: '1000' },
      papers: { type: 'string', default: 'Infinity' },
      workers: { type: 'string', default: '1' },
      folder: { type: 'string', default: join(ROOT, 'target', 'bench', 'claims') },
    },
  });
  const papers = (await papersOf(positionals[0])).slice(0, Number(values.papers));
  const claims = papers.flatMap(claimOf).slice(0, Number(values.claims));
  const name = `${claims.length}-over-${papers.length}`;
  const [asked, texts, out] = ['claims', 'papers', 'results'].map((kind) => join(values.folder, `${name}.${kind}.jsonl`));
  mkdirSync(values.folder, { recursive: true });
  await write(asked, claims);
  await write(texts, papers);
  const child = spawn(process.execPath, [join(ROOT, 'pkg', 'cli.mjs'), 'verify', asked, '--papers', texts, '--out', out, '--workers', values.workers], { stdio: ['ignore', 'inherit', 'pipe'] });
  /** @type {Mark[]} */
  const marks = [];
  let reached = 0;
  for await (const line of createInterface({ input: child.stderr })) {
    const mark = markOf(line);
    if (!mark) continue;
    marks.push(mark);
    if (marks.length === 1) say(`indexed and begun in ${Math.round(mark.coreHours * 3600)} seconds of a core; ${mark.megabytes} MB`);
    // The first thousand warm everything up; what comes after is to be flat.
    if (marks.length > 1 && mark.claims >= reached) {
      say(said(marks[0], mark));
      reached = mark.claims - (mark.claims % 100) + (mark.claims < 1000 ? 100 : 1000);
    }
  }
  const [first, last] = [marks[0], marks[marks.length - 1]];
  if (!first || !last) throw new Error('the command said nothing');
  const thousand = marks.find((mark) => mark.claims >= 1000) ?? last;
  say(`${name}: ${said(first, last)}; ${(last.megabytes / thousand.megabytes).toFixed(2)} of what it was after ${thousand.claims}`);
});
