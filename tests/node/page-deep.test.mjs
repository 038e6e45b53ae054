/** What the page does with a larger model: whether it is loaded unasked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageModule } from '../support/page-modules.mjs';

const { suits } = pageModule('page/deep');

const LAPTOP = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';
const TABLET = 'Mozilla/5.0 (Linux; Android 15; Tablet) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

test('unasked, the larger model is for devices that can hold, fetch and keep it', () => {
  assert.ok(suits({ userAgent: LAPTOP }, true), 'a browser that tells nothing of itself');
  assert.ok(suits({ userAgent: LAPTOP, deviceMemory: 4, connection: { saveData: false } }, true));
  assert.ok(!suits({ userAgent: LAPTOP, deviceMemory: 2 }, true), 'little memory');
  assert.ok(!suits({ userAgent: LAPTOP, connection: { saveData: true } }, true), 'data are saved');
  assert.ok(!suits({ userAgent: LAPTOP }, false), 'nothing is kept');
  assert.ok(!suits({ userAgent: PHONE }, true), 'a phone');
  assert.ok(!suits({ userAgent: TABLET, deviceMemory: 8 }, true), 'a tablet');
});
