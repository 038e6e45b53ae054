/** Adds up what test programs print: cargo's "test result" lines, and the totals of node's test runner. */

const CARGO = /^test result: \S+ (\d+) passed; (\d+) failed/gm;
const NODE_PASSED = /^(?:ℹ|#) pass (\d+)$/gm;
const NODE_FAILED = /^(?:ℹ|#) fail (\d+)$/gm;

export class Tally {
  passed = 0;
  failed = 0;

  /** @param {string} output of one whole program */
  read(output) {
    const plain = output.replace(/\u001b\[[0-9;]*m/g, '');
    for (const [, passed, failed] of plain.matchAll(CARGO)) this.add(Number(passed), Number(failed));
    for (const [, passed] of plain.matchAll(NODE_PASSED)) this.add(Number(passed), 0);
    for (const [, failed] of plain.matchAll(NODE_FAILED)) this.add(0, Number(failed));
  }

  /**
   * @param {number} passed
   * @param {number} failed
   */
  add(passed, failed) {
    this.passed += passed;
    this.failed += failed;
  }

  toString() {
    return `${this.passed} passed, ${this.failed} failed`;
  }
}
