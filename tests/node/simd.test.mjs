/** Which build of the module is taken: by the page, and by the command. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { chooseBuild } from '../../pkg/simd.mjs';
import { FILES, build, load } from '../../pkg/node/wasm.mjs';

/** The bytes of `i32x4.relaxed_dot_i8x16_i7x16_add_s` and `i8x16.popcnt`. */
const RELAXED_DOT = [0xfd, 0x93, 0x02];
const POPCNT = [0xfd, 0x62];

/**
 * An engine that takes only modules without the instructions it does not know.
 * @param {number[][]} unknown
 */
const without =
  (...unknown) =>
  (/** @type {Uint8Array<ArrayBuffer>} */ module) => {
    const bytes = [...module].join();
    return !unknown.some((instruction) => bytes.includes(instruction.join()));
  };

test('an engine that knows everything runs the build for relaxed SIMD', () => {
  assert.equal(chooseBuild(without()), 'relaxed-simd');
});

test('one that does not know relaxed SIMD runs the plain build', () => {
  assert.equal(chooseBuild(without(RELAXED_DOT)), 'simd128');
});

test('one without SIMD runs neither', () => {
  assert.equal(chooseBuild(without(RELAXED_DOT, POPCNT)), undefined);
});

test('this Node has SIMD, and both builds are there and are modules', async () => {
  assert.equal(build(), chooseBuild());
  for (const file of Object.values(FILES)) assert.ok(existsSync(file));
  assert.ok((await load()) instanceof WebAssembly.Module);
});

test('it asks about two modules, both whole', () => {
  const asked = /** @type {Uint8Array<ArrayBuffer>[]} */ ([]);
  chooseBuild((module) => {
    asked.push(module);
    return false;
  });
  assert.equal(asked.length, 2);
  const [relaxed, plain] = asked;
  assert.ok(WebAssembly.validate(plain));
  // Node 20 knows no relaxed SIMD; where it is known, the page's tests in a browser run that build.
  assert.equal(WebAssembly.validate(relaxed), chooseBuild() === 'relaxed-simd');
  for (const module of asked) assert.ok(!WebAssembly.validate(module.slice(0, -1)));
});
