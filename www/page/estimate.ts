/** Time left for verification, from pairs actually scored. */

/** Claims judged and pairs scored, as they are counted during a run. */
export class Estimate {
  #startedAt: number | undefined;
  #scored = 0;
  #asked = 0;
  #pairsPerClaim: number | undefined;

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

  /** Notes that so many claims are judged: their pairs are all scored by now. */
  judged(done: number): void {
    if (done > 0) this.#pairsPerClaim = this.#scored / done;
  }

  /**
   * Seconds left. Pairs handed over are known; those of claims whose turn has not come are taken to be as many as the
   * mean of the claims judged.
   * @param total - claims to judge
   */
  secondsLeft(total: number, now = performance.now()): number | undefined {
    const rate = this.rate(now);
    if (rate === undefined || this.#pairsPerClaim === undefined) return undefined;
    return Math.max(this.#asked, this.#pairsPerClaim * total) / rate - this.#scored / rate;
  }

  /** Pairs scored so far. */
  get scored(): number {
    return this.#scored;
  }
}
