/**
 * The mixture's pairs with the opposite of each hypothesis, by the rules of `src/evaluate/opposite.rs`:
 *
 *     node opposites.mjs RUN/mixture.jsonl.gz RUN/opposites.jsonl      # after npm run build
 *
 * What entails a claim contradicts its opposite, and what says nothing of the one says nothing of the other. What contradicts a claim
 * entails it with its denial taken back ("no difference", "some difference"), at least in the sets of scientific claims; of other
 * opposites of contradicted claims a teacher has to say.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { opposites } from '../pkg/probatum.js';
import { load } from '../pkg/wasm.mjs';

/** How the sources begin that are taken, each with the name it gets here. */
const TAKEN = {
  science: ['evidence_inference', 'check_covid', 'scifact_', 'nli4ct', 'infotabs'],
  general: ['mnli_20k', 'mnli_dev_taxi', 'taxinli', 'new_protocols', 'ling_in_loop', 'snli_', 'cad_snli'],
};
const DENIALS = /\b(?:not|no|cannot|never|none|nobody|nothing|without|neither|unable|fail|fails|failed)\b|n['’]t\b/gi;

/** @typedef {{ premise: string, hypothesis: string, label: string, source: string, weight: number }} Row */

/** @param {string} text */
const denials = (text) => (text.match(DENIALS) ?? []).length;

/**
 * @param {Row} row
 * @param {string} opposite
 * @param {string} field
 */
function labelOf({ label, hypothesis }, opposite, field) {
  if (label === 'entailment') return 'contradiction';
  if (label === 'neutral') return 'neutral';
  return field === 'science' && denials(opposite) < denials(hypothesis) ? 'entailment' : 'unknown';
}

/**
 * @param {Row} row
 * @returns {Row | undefined}
 */
function turned(row) {
  const field = Object.entries(TAKEN).find(([, begins]) => begins.some((begin) => row.source.startsWith(begin)))?.[0];
  if (field === undefined || !['entailment', 'neutral', 'contradiction'].includes(row.label)) return undefined;
  const [opposite] = /** @type {(string | undefined)[]} */ (opposites([row.hypothesis]));
  if (opposite === undefined) return undefined;
  return { ...row, hypothesis: opposite, label: labelOf(row, opposite, field), source: `opposite/${field}` };
}

const [mixture, out] = process.argv.slice(2);
await load();
const written = createWriteStream(out);
for await (const line of createInterface({ input: createReadStream(mixture).pipe(createGunzip()) })) {
  const row = turned(JSON.parse(line));
  if (row !== undefined) written.write(`${JSON.stringify(row)}\n`);
}
written.end();
