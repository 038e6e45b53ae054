/**
 * Answers of the sources, kept for a day. Neither function rejects.
 * @typedef {object} Cache
 * @property {(key: string) => Promise<string | undefined>} get
 * @property {(key: string, body: string) => Promise<void>} put
 */

/** @type {Cache} Remembers nothing. */
export const noCache = { get: async () => undefined, put: async () => {} };
