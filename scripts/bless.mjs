/** Renews the goldens from what the current build gives. Read the difference before committing it. */
import process from 'node:process';
import { build } from './build.mjs';
import { main, runProgram } from './terminal.mjs';

await main(async () => {
  const env = { PROBATUM_BLESS: '1' };
  await runProgram('cargo', ['test', '--test', 'report'], { env });
  await build();
  await runProgram(process.execPath, ['--test', 'tests/node/golden.test.mjs'], { env });
});
