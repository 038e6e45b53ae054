/** The toolkit behind the elements of a page: opened when it is first needed, one for all that name the same addresses. */
import { Shared } from '../abort.mjs';

/**
 * @typedef {import('../create.mjs').Probatum} Probatum
 * @typedef {import('../messages.mjs').ModelState} ModelState
 * @typedef {{ modelUrl?: string, wasmUrl?: string }} Addresses as `createProbatum` takes them
 */

/** @type {Map<string, Shared<Probatum, [ModelState]>>} one that could not be opened is opened anew when it is asked for again */
const opened = new Map();

/**
 * The toolkit at these addresses. Rejects as `createProbatum` does, and with a `CancelledError` when the signal aborts;
 * what nobody waits for any more is not opened to the end.
 * @param {Addresses} addresses
 * @param {AbortSignal} signal
 * @param {(state: ModelState) => void} told how far its model is
 * @returns {Promise<Probatum>}
 */
export function toolkitAt(addresses, signal, told) {
  const key = JSON.stringify([addresses.modelUrl, addresses.wasmUrl]);
  let shared = opened.get(key);
  if (!shared) {
    shared = new Shared((signal, tell) => open(addresses, signal, tell), () => opened.delete(key));
    opened.set(key, shared);
  }
  return shared.join(signal, told);
}

/**
 * @param {Addresses} addresses
 * @param {AbortSignal} signal
 * @param {(state: ModelState) => void} tell
 */
async function open(addresses, signal, tell) {
  // Fetched only now: a page that shows reports alone needs none of it.
  const { createProbatum } = await import('../browser.mjs');
  return createProbatum({ ...addresses, signal, onModel: (_, state) => tell(state) });
}
