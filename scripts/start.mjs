/** The first command: sets up, builds, answers the demonstration question in the terminal, serves the page. */
import process from 'node:process';
import { build } from './build.mjs';
import { serve } from './serve.mjs';
import { main, runProgram, say } from './terminal.mjs';

await main(async () => {
  await build();
  say('\nThe demonstration question, through the same module as the page:');
  await runProgram(process.execPath, ['pkg/cli.mjs', '--demo']);
  const { url } = await serve();
  say(`\nThe page: ${url}   (Ctrl-C ends)`);
});
