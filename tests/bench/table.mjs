/** Figures for the person who waits. */

/**
 * @param {number} value
 * @returns {string} three digits that say something
 */
export const short = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/** @param {import('./measure.mjs').Spread} spread */
export const spreadText = ({ median, least, most }) => `${short(median)} (${short(least)}–${short(most)})`;

/**
 * A loss is called a loss.
 * @param {import('./measure.mjs').Spread} faster
 */
export const verdictText = (faster) => `ours is ${spreadText(faster)} × as fast${faster.median < 1 ? ': LOSS' : ''}`;

/**
 * @param {string} title
 * @param {import('./compare.mjs').Comparison} comparison
 */
export function comparisonTable(title, comparison) {
  const lines = Object.entries(comparison).map(([name, measured]) => {
    const { msPerPair, oursIsFaster, oursPlainIsFaster, logitsDiffer, labelsAgree } = measured;
    const cells = [
      `  ${name.padEnd(18)}`,
      `${spreadText(msPerPair)} ms a pair`.padEnd(34),
      `${short(1000 / msPerPair.median)} pairs/s`.padEnd(15),
      oursIsFaster && verdictText(oursIsFaster),
      oursPlainIsFaster && `(simd128: ${short(oursPlainIsFaster.median)})`,
      logitsDiffer !== undefined && `logits within ${logitsDiffer.toPrecision(2)}`,
      labelsAgree !== undefined && labelsAgree < 1 && `labels agree ${(labelsAgree * 100).toFixed(0)} %`,
    ];
    return cells.filter(Boolean).join(' ').trimEnd();
  });
  return [title, ...lines].join('\n');
}
