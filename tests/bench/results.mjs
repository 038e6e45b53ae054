/** What was measured, kept by day: `results/<date>.json`. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { today } from '../../pkg/defaults.mjs';
import { ROOT, say } from '../../scripts/terminal.mjs';
import { short } from './table.mjs';

const HERE = join(ROOT, 'tests', 'bench');
export const FOLDER = join(HERE, 'results');

/**
 * @typedef {object} Measured a part of the bench
 * @property {unknown} data
 * @property {Record<string, number>} [ratios] keyed `rival/model/tokens/threads`, above 1 = ours is faster; more words
 * behind the key say what else was different
 * @property {{ what: string, why: string }[]} skipped
 */

/**
 * Parts that did not run now are kept as they were measured earlier in the day.
 * @param {Record<string, Measured>} measured
 * @param {string | undefined} browser that was measured, where one was
 */
export function keep(measured, browser) {
  if (Object.keys(measured).length === 0) return;
  const date = today();
  const file = join(FOLDER, `${date}.json`);
  const earlier = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const { page, ...others } = measured;
  /** @type {Record<string, Measured>} */
  const parts = { ...earlier.parts, ...others };
  const kept = {
    date,
    machine: { ...machine(), browser: browser ?? earlier.machine?.browser },
    versions: versions(),
    figures: page?.data ?? earlier.figures,
    ratios: ratiosOfParts(parts),
    parts,
  };
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file, `${JSON.stringify(kept, digits, 1)}\n`);
  say(`Kept in tests/bench/results/${date}.json`);
}

/**
 * @param {Record<string, Measured>} parts
 * @returns {Record<string, number>}
 */
export const ratiosOfParts = (parts) => Object.assign({}, ...Object.values(parts).map(({ ratios }) => ratios));

/** @param {Record<string, number>} ratios */
export function printRatios(ratios) {
  const entries = Object.entries(ratios);
  if (entries.length === 0) return;
  say('\n== ratios: above 1 = ours is faster');
  for (const [key, ratio] of entries) {
    // Nothing is above the peak: a share of it is no loss.
    const lost = ratio < 1 && !key.startsWith('peak/');
    say(`${short(ratio).padStart(8)}  ${key}${lost ? '  LOSS' : ''}`);
  }
}

/** What figures were measured on. */
export function machine() {
  const [cpu] = cpus();
  return {
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    dotInstructions: dotInstructions(),
    memoryGb: Math.round(totalmem() / 1e9),
  };
}

/** Releases of all that is compared. */
function versions() {
  const { dependencies } = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8'));
  const { version } = JSON.parse(readFileSync(join(ROOT, 'pkg', 'package.json'), 'utf8'));
  return { probatum: version, node: process.versions.node, ...dependencies };
}

/**
 * Four digits: more would be noise.
 * @param {string} _key
 * @param {unknown} value
 */
export const digits = (_key, value) =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;

/**
 * Instructions for dot products of int8 that the processor has, where the system tells: browsers use AVX-VNNI and do not
 * use AVX-512, and with it the linear layers are twice as fast.
 * @returns {string[] | undefined}
 */
function dotInstructions() {
  const told = '/proc/cpuinfo';
  if (!existsSync(told)) return undefined;
  const flags = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync(told, 'utf8'))?.[1].trim().split(' ') ?? [];
  return flags.filter((flag) => ['avx2', 'avx_vnni', 'avx512_vnni', 'asimddp', 'i8mm'].includes(flag));
}
