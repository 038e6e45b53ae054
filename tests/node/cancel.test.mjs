/** Ctrl-C: the run stops within a second and keeps what was found. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { probatum, reported } from '../support/command.mjs';
import { NLI_QUESTION } from '../support/corpus.mjs';
import { noFixtures } from '../support/fixtures.mjs';
import { build, folder } from '../support/replay-build.mjs';

const skip = noFixtures;

before(() => {
  if (!skip) build();
});

/** @param {RegExp} when in standard error */
function interruptAt(when) {
  let sent = 0;
  return {
    watch: (/** @type {string} */ err, /** @type {() => void} */ interrupt) => {
      if (sent === 0 && when.test(err)) {
        sent = performance.now();
        interrupt();
      }
    },
    seconds: () => (performance.now() - sent) / 1000,
  };
}

test('cancelled while verifying: a report with the papers and claims found until then', async () => {
  const cancel = interruptAt(/^extract /m);
  const { report, err, out } = await reported(['--demo', '--workers', '1'], cancel);
  assert.ok(cancel.seconds() < 2, `${cancel.seconds()} s until the process had ended`);
  assert.equal(report.cancelled, true);
  const judged = report.claims.filter((/** @type {any} */ { verdict }) => verdict).length;
  assert.ok(judged < report.claims.length, `${judged} of ${report.claims.length} judged`);
  assert.ok(report.references.length > 0);
  assert.match(err, /^cancel /m);
  assert.match(out, /^Cancelled: /m);
});

test('cancelled before anything was found: code 130, at once, though a source never answers', { skip }, async () => {
  const cancel = interruptAt(/semantic-scholar: asking/);
  const args = [NLI_QUESTION, '--replay', folder('faults'), '--source', 'semantic-scholar'];
  const { code, err } = await probatum(args, cancel);
  assert.equal(code, 130, err);
  assert.ok(cancel.seconds() < 2, `${cancel.seconds()} s`);
});
