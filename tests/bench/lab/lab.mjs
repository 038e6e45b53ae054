/**
 * The page in which engines are measured, each in a worker of its own. The bench calls their methods by name, one at a
 * time, so that no two of them work at once unless that is what is measured.
 */

/** @typedef {{ resolve: (value: unknown) => void, reject: (error: Error) => void }} Call */

/** @type {Map<string, { worker: Worker, calls: Map<number, Call> }>} */
const engines = new Map();
let lastId = 0;

/** @param {string} key names the engine from here on */
function open(key) {
  const worker = new Worker(new URL('runner.mjs', import.meta.url), { type: 'module' });
  /** @type {Map<number, Call>} */
  const calls = new Map();
  worker.onmessage = ({ data: { id, value, error } }) => {
    const call = calls.get(id);
    calls.delete(id);
    if (error === undefined) call?.resolve(value);
    else call?.reject(new Error(error));
  };
  worker.onerror = ({ message }) => {
    for (const { reject } of calls.values()) reject(new Error(message || 'its worker failed'));
    calls.clear();
  };
  engines.set(key, { worker, calls });
}

/**
 * @param {string} key
 * @param {string} method of `runner.mjs`
 * @param {unknown[]} args
 * @returns {Promise<unknown>}
 */
function call(key, method, args) {
  const engine = engines.get(key);
  if (!engine) throw new Error(`no engine ${key} is open`);
  lastId += 1;
  const id = lastId;
  engine.worker.postMessage({ id, method, args });
  return new Promise((resolve, reject) => engine.calls.set(id, { resolve, reject }));
}

/** @param {string} key ends it, whatever it is doing */
function close(key) {
  engines.get(key)?.worker.terminate();
  engines.delete(key);
}

Object.assign(globalThis, { lab: { open, call, close } });
