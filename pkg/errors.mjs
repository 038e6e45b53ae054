/** What ends a call, by the stable `name` of the error. The same names come out of the wasm module. */

/**
 * An error as it crosses between threads.
 * @typedef {object} Failure
 * @property {string} name decides what a reader is told
 * @property {string} message
 */

/**
 * An error with a stable name.
 * @param {string} name `UsageError`, `NothingAskedError`, `ModelError`, `CancelledError`, `VersionError` or `EngineError`
 * @param {string} message names the offending value and, where there is one, the remedy
 * @returns {Error}
 */
export function named(name, message) {
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
 * The model cannot be had, or failed while scoring.
 * @param {string} message
 */
export const modelError = (message) => named('ModelError', message);

/**
 * The module or a worker cannot be started, or died.
 * @param {string} message
 */
export const engineError = (message) => named('EngineError', message);

/** The caller stopped the call. */
export const cancelledError = () => named('CancelledError', 'the run was cancelled');

/**
 * Whatever was thrown, as an error.
 * @param {unknown} thrown
 * @returns {Error}
 */
export function asError(thrown) {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/**
 * Whatever was thrown, in a form that can be posted.
 * @param {unknown} thrown
 * @returns {Failure}
 */
export function asFailure(thrown) {
  const { name, message } = asError(thrown);
  return { name, message };
}

/**
 * A posted failure as an error again.
 * @param {Failure} failure
 */
export const fromFailure = ({ name, message }) => named(name, message);
