import type { Failure } from './messages';

/**
 * An error with a stable name.
 * @param name - one of the names that `pkg/probatum.d.ts` lists, or `EngineError`
 * @param message - names the offending value and, where there is one, the remedy
 */
export function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** Whatever was thrown, in a form that can be posted. */
export function asFailure(thrown: unknown): Failure {
  return thrown instanceof Error ? { name: thrown.name, message: thrown.message } : { name: 'Error', message: String(thrown) };
}

/** A posted failure as an error again. */
export const asError = ({ name, message }: Failure): Error => named(name, message);
