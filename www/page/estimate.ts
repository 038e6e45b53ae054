/** Time left for verification, from pairs actually scored. */

/** Claims judged and pairs scored, as they are counted during a run. */
export class Estimate {
  #startedAt: number | undefined;
  #scored = 0;
  #asked = 0;

  /** Notes how many pairs were scored of those handed over so far. The clock starts with the first answer. */
  pairs(scored: number, asked: number, now = performance.now()): void {
    if (scored > 0) this.#startedAt ??= now;
    this.#scored = scored;
    this.#asked = asked;
  }

  /** Pairs a second since the first batch came back; nothing until it can be told. */
  rate(now = performance.now()): number | undefined {
    const seconds = this.#startedAt === undefined ? 0 : (now - this.#startedAt) / 1000;
    return seconds < 1 || this.#scored === 0 ? undefined : this.#scored / seconds;
  }

  /**
   * Seconds left. Pairs still to come are known once they are handed over; for claims whose pairs are not, the mean of
   * those judged is taken.
   * @param done - claims judged
   * @param total - claims to judge
   */
  secondsLeft(done: number, total: number, now = performance.now()): number | undefined {
    const rate = this.rate(now);
    if (rate === undefined || done === 0) return undefined;
    const expected = (this.#scored / done) * (total - done);
    return Math.max(this.#asked - this.#scored, expected) / rate;
  }

  /** Pairs scored so far. */
  get scored(): number {
    return this.#scored;
  }
}
