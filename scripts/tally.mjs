/**
 * Adds up what test programs print: cargo's "test result" lines, and the totals of node's test runner. A native test that
 * lacks what it needs prints "skipped: its name: why" and returns; cargo calls that passed, here it is skipped.
 */

const CARGO = /^test result: \S+ (\d+) passed; (\d+) failed; (\d+) ignored/gm;
const CARGO_SKIPPED = /^skipped: /gm;
const NODE_PASSED = /^(?:ℹ|#) pass (\d+)$/gm;
const NODE_FAILED = /^(?:ℹ|#) fail (\d+)$/gm;
const NODE_SKIPPED = /^(?:ℹ|#) skipped (\d+)$/gm;

export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;

  /** @param {string} output of one whole program */
  read(output) {
    const plain = output.replace(/\u001b\[[0-9;]*m/g, '');
    for (const [, passed, failed, ignored] of plain.matchAll(CARGO)) this.add(Number(passed), Number(failed), Number(ignored));
    const skipped = [...plain.matchAll(CARGO_SKIPPED)].length;
    this.add(-skipped, 0, skipped);
    for (const [, passed] of plain.matchAll(NODE_PASSED)) this.add(Number(passed), 0);
    for (const [, failed] of plain.matchAll(NODE_FAILED)) this.add(0, Number(failed));
    for (const [, skipped] of plain.matchAll(NODE_SKIPPED)) this.add(0, 0, Number(skipped));
  }

  /**
   * @param {number} passed
   * @param {number} failed
   * @param {number} [skipped]
   */
  add(passed, failed, skipped = 0) {
    this.passed += passed;
    this.failed += failed;
    this.skipped += skipped;
  }

  toString() {
    return `${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`;
  }
}
