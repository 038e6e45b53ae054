/** A stand-in for the larger model: the one that ships, cut into parts as `training/parts.py` cuts. */
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './fixtures.mjs';

const SHIPPED = join(ROOT, 'www', 'models', 'probatum-nli-1');
/** Bytes of a part at most: six of them. */
const MOST = 4_000_000;

/**
 * Writes it into an empty folder: manifest, tokenizer and parts, and not the whole file.
 * @param {string} folder
 * @returns {{ path: string, sha256: string, bytes: number }[]} the parts
 */
export function writeDeepModel(folder) {
  const manifest = JSON.parse(readFileSync(join(SHIPPED, 'manifest.json'), 'utf8'));
  const { model, tokenizer } = manifest.files;
  copyFileSync(join(SHIPPED, tokenizer.path), join(folder, tokenizer.path));
  const whole = readFileSync(join(SHIPPED, model.path));
  model.parts = [];
  for (let start = 0; start < whole.length; start += MOST) {
    const part = whole.subarray(start, start + MOST);
    const path = `${model.path}.${model.parts.length}`;
    writeFileSync(join(folder, path), part);
    model.parts.push({ path, sha256: createHash('sha256').update(part).digest('hex'), bytes: part.length });
  }
  manifest.name = 'probatum-nli-2';
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return model.parts;
}
