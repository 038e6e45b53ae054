/**
 * One engine in a worker: loads a model, runs batches, says how long that took.
 * @typedef {{ ids: number[], firstSegment: number }} Pair token ids, the first `firstSegment` of which are of segment 0
 *
 * @typedef {object} Session a loaded model
 * @property {(batch: Pair[]) => any} prepare pairs of one length, as `run` takes them
 * @property {(prepared: any) => number[][] | Promise<number[][]>} run three logits a pair
 * @property {() => number} [memoryBytes] linear memory that the engine holds
 * @property {(ids: Uint32Array, firstSegment: number, rounds: number) => unknown} [profile]
 *
 * @typedef {{ folder: string, wasm?: string }} Source addresses: the model's folder, and the engine's module where the
 * engine leaves a choice
 *
 * @typedef {object} Engine what a file of `engines/` exports
 * @property {(source: Source) => Promise<any>} fetchFiles everything, into memory
 * @property {(files: any) => Promise<void>} start compiles and instantiates the engine
 * @property {(files: any) => Session | Promise<Session>} load
 */

/** @type {Session} */
let session;
/** @type {any[]} */
let batches = [];

const methods = {
  /**
   * @param {string} engine
   * @param {Source} source
   */
  async open(engine, source) {
    /** @type {Engine} */
    const { fetchFiles, start, load } = await import(`./engines/${engine}.mjs`);
    const files = await fetchFiles(source);
    const starting = performance.now();
    await start(files);
    const loading = performance.now();
    session = await load(files);
    return { startMs: loading - starting, loadMs: performance.now() - loading };
  },
  /**
   * Sets what the other methods run; once, untimed, since some engines plan anew for every shape.
   * @param {Pair[][]} pairs a list a batch
   */
  async prepare(pairs) {
    batches = pairs.map((batch) => session.prepare(batch));
    return pass();
  },
  /**
   * @param {number} leastMs passes are repeated until so much time is spent: the clocks of browsers are coarse
   * @returns {Promise<number>} milliseconds of one pass through the batches
   */
  async sample(leastMs) {
    const started = performance.now();
    let passes = 0;
    do {
      await pass();
      passes += 1;
    } while (performance.now() - started < leastMs);
    return (performance.now() - started) / passes;
  },
  /** @returns {number | undefined} */
  memoryBytes: () => session.memoryBytes?.(),
  /**
   * @param {Pair} pair
   * @param {number} rounds
   */
  profile: ({ ids, firstSegment }, rounds) => session.profile?.(Uint32Array.from(ids), firstSegment, rounds),
};

/** @returns {Promise<number[][]>} logits, a row a pair */
async function pass() {
  const logits = [];
  for (const batch of batches) logits.push(...(await session.run(batch)));
  return logits;
}

onmessage = async ({ data: { id, method, args } }) => {
  try {
    postMessage({ id, value: await Reflect.get(methods, method)(...args) });
  } catch (error) {
    postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
};
