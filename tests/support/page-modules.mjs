/** Modules of the page that need no browser, for tests in Node. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const WWW = fileURLToPath(new URL('../../www', import.meta.url));

/**
 * Compiles modules under `www/`.
 * @param {string[]} names the ones wanted first, then what they import
 * @returns {any} the exports of the first
 */
export function pageModule(...names) {
  const out = mkdtempSync(join(tmpdir(), 'probatum-page-'));
  process.once('exit', () => rmSync(out, { recursive: true, force: true }));
  for (const name of names) {
    const file = join(out, `${name}.js`);
    const { outputText } = ts.transpileModule(readFileSync(join(WWW, `${name}.ts`), 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: false },
    });
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, outputText);
  }
  return createRequire(import.meta.url)(join(out, `${names[0]}.js`));
}
