/** Modules of the page that need no browser, for tests in Node. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const WWW = fileURLToPath(new URL('../../www', import.meta.url));

/**
 * Compiles a module under `www/` with what it imports.
 * @param {string} name
 * @returns {any} its exports
 */
export function pageModule(name) {
  const out = mkdtempSync(join(tmpdir(), 'probatum-page-'));
  process.once('exit', () => rmSync(out, { recursive: true, force: true }));
  const outfile = join(out, 'module.cjs');
  buildSync({ entryPoints: [join(WWW, `${name}.ts`)], outfile, bundle: true, format: 'cjs', logLevel: 'error' });
  return createRequire(import.meta.url)(outfile);
}
