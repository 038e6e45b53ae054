/** Every build of the kernels computes, in a real browser, what the reference computes, to the bit. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { start } from '../support/browser.mjs';
import { BUILDS, compileKernels } from '../support/kernels.mjs';

const { open } = await start();
const fingerprint = readFileSync(new URL('../kernel/fingerprint.txt', import.meta.url), 'utf8').trim();

for (const build of BUILDS) {
  test(`the ${build} kernels equal the reference and the other builds`, async () => {
    const module = await compileKernels(build);
    const { context, page } = await open();
    const found = await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const { instance } = await WebAssembly.instantiate(bytes);
      const kernels = /** @type {import('../support/kernels.mjs').Kernels} */ (/** @type {unknown} */ (instance.exports));
      return {
        differing: kernels.differing_outputs(1n, 2_000),
        floatError: kernels.float_error(),
        fingerprint: String(BigInt.asUintN(64, kernels.fingerprint(7n))),
      };
    }, module.toString('base64'));
    assert.equal(found.differing, 0);
    assert.ok(found.floatError <= 1, `${found.floatError} times the documented error`);
    assert.equal(found.fingerprint, fingerprint);
    await context.close();
  });
}
