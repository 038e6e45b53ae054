/** The second command: everything CI runs, and what it needs. */
import { check } from './check.mjs';
import { installChromium } from './chromium.mjs';
import { main } from './terminal.mjs';

await main(async () => {
  await installChromium();
  await check();
});
