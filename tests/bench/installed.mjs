/**
 * Imports a package of `tests/bench/package.json`. The checks run without these packages: they have no types here.
 * @param {string} name
 * @returns {Promise<any>}
 */
export const installed = (name) => import(name);
