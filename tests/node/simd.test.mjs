/** Which build of the module is taken: by the page, and by the command. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { builds, order, probe } from '../../pkg/simd.mjs';
import { FILES, build, load } from '../../pkg/node/wasm.mjs';

/** @typedef {import('../../pkg/simd.mjs').Build} Build */

/**
 * An engine that takes only modules of these builds.
 * @param {Build[]} known
 */
const knowing =
  (...known) =>
  (/** @type {Uint8Array<ArrayBuffer>} */ module) =>
    known.some((build) => Buffer.from(module).equals(probe(build)));

/**
 * Times of rounds, by build; a turn after the last is as long as that.
 * @param {Record<Build, number[]>} times
 */
function clock(times) {
  const left = structuredClone(times);
  return (/** @type {Build} */ build) => (left[build].length > 1 ? Number(left[build].shift()) : left[build][0]);
}

test('of two builds that run, the faster one is taken', () => {
  const both = knowing('relaxed-simd', 'simd128');
  assert.deepEqual(order(both, clock({ 'relaxed-simd': [0.3], simd128: [0.7] })), ['relaxed-simd', 'simd128']);
  assert.deepEqual(order(both, clock({ 'relaxed-simd': [0.8], simd128: [0.6] })), ['simd128', 'relaxed-simd']);
  // Something else ran in between.
  assert.deepEqual(order(both, clock({ 'relaxed-simd': [9, 4, 0.3], simd128: [0.7] })), ['relaxed-simd', 'simd128']);
  // A clock kept coarse against tracking.
  assert.deepEqual(order(both, clock({ 'relaxed-simd': [0], simd128: [0] })), ['relaxed-simd', 'simd128']);
});

test('one that cannot run is not measured', () => {
  const measured = () => assert.fail('there is no choice');
  assert.deepEqual(order(knowing('simd128'), measured), ['simd128']);
  assert.deepEqual(order(knowing(), measured), []);
});

test('this Node has SIMD, and both builds are there and are modules', async () => {
  assert.equal(build(), builds()[0]);
  for (const file of Object.values(FILES)) assert.ok(existsSync(file));
  assert.ok((await load()) instanceof WebAssembly.Module);
});

test('the probes are whole modules that count down', () => {
  // Node 20 knows no relaxed SIMD; where it is known, the page's tests in a browser measure both.
  for (const build of builds()) {
    const module = probe(build);
    assert.ok(WebAssembly.validate(module));
    assert.ok(!WebAssembly.validate(module.slice(0, -1)));
    const { f } = new WebAssembly.Instance(new WebAssembly.Module(module)).exports;
    assert.equal(/** @type {(tiles: number) => number} */ (f)(3), 0, 'sums of zeros');
  }
  assert.equal(builds().includes('relaxed-simd'), WebAssembly.validate(probe('relaxed-simd')));
});
