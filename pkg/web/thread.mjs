/** A browser's workers, as the rest of the package sees threads. */

/**
 * Hears a worker that was just created.
 * @template In, Out
 * @param {Worker} worker
 * @param {import('../messages.mjs').Listener<Out>} listener
 * @returns {import('../messages.mjs').Thread<In>}
 */
export function threadOf(worker, { heard, lost }) {
  worker.onmessage = ({ data }) => heard(data);
  worker.onerror = (event) => {
    event.preventDefault();
    lost(event.message || 'its script could not be loaded');
  };
  return { post: (message, transfer = []) => worker.postMessage(message, transfer), end: () => worker.terminate() };
}

/**
 * This worker's own end.
 * @template In, Out
 * @returns {import('../messages.mjs').Scope<In, Out>}
 */
export function threadScope() {
  return {
    post: (message, transfer = []) => globalThis.postMessage(message, { transfer }),
    listen: (heard) => globalThis.addEventListener('message', ({ data }) => heard(data)),
  };
}
