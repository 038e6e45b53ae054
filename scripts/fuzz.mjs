/**
 * `npm run fuzz -- --minutes N`: reads changed documents for so long, of the processor's time (`tests/fuzz.rs`). Before it, pdf.js finds
 * the runs of the PDFs of `../shared/fixtures/pdf`, so that the layout of changed ones is tested too.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { startPdf } from '../pkg/node/platform.mjs';
import { PdfReader } from '../pkg/pdf.mjs';
import { ROOT, main, runProgram, say } from './terminal.mjs';

const PDFS = join(ROOT, '..', 'shared', 'fixtures', 'pdf');
const RUNS = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), 'tmp', 'pdf-runs');

/** Writes down the runs of every PDF, where there are any. */
async function writeRuns() {
  if (!existsSync(PDFS)) return;
  mkdirSync(RUNS, { recursive: true });
  const reader = new PdfReader(startPdf);
  for (const name of readdirSync(PDFS).filter((name) => name.endsWith('.pdf'))) {
    writeFileSync(join(RUNS, `${name}.json`), JSON.stringify(await reader.read(readFileSync(join(PDFS, name)))));
  }
  reader.end();
}

await main(async () => {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '30' } } });
  await writeRuns();
  say(`Reading changed documents for ${values.minutes} minutes …`);
  const packages = ['probatum', 'probatum-nli', 'probatum-kernel', 'kernel-test'].flatMap((name) => ['-p', name]);
  await runProgram('cargo', ['test', ...packages, '--test', 'fuzz', '--', '--nocapture'], { env: { PROBATUM_FUZZ_MINUTES: values.minutes } });
});
