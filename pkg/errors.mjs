/** What ends a run, by the stable `name` of the error. The same names come out of the wasm module. */

/**
 * @param {string} name
 * @param {string} message
 * @returns {Error}
 */
function named(name, message) {
  const error = new Error(message);
  error.name = name;
  return error;
}

/**
 * The caller asked for something that does not exist.
 * @param {string} message
 */
export const usageError = (message) => named('UsageError', message);

/**
 * The model cannot be read, or failed while scoring.
 * @param {string} message
 */
export const modelError = (message) => named('ModelError', message);

/** The reader stopped the run. */
export const cancelledError = () => named('CancelledError', 'the run was cancelled');

/**
 * @param {unknown} thrown
 * @returns {Error}
 */
export function asError(thrown) {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
