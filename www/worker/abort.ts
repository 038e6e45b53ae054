import { named } from '../shared/failure';

/** The error of whatever was stopped because the reader cancelled. */
export const cancelled = (): Error => named('CancelledError', 'the run was cancelled');

/** Waits for `work`, but no longer than until the signal aborts: then it rejects at once with a `CancelledError`. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(cancelled());
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}
