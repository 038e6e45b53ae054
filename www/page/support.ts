import { builds } from '../../pkg/simd.mjs';

/** Whether this browser can run the engine: WebAssembly with 128-bit SIMD, and workers. */
export const canRun = (): boolean => builds().length > 0 && typeof Worker === 'function';
