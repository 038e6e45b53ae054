/**
 * Measures one inference worker in the browser: the time to load, the pairs it scores in a second, its memory. Its
 * address says where the model's folder and the module are.
 */
import init, { Nli } from '../../pkg/probatum.js';

/** @param {string} path */
const bytes = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());

/** About as long as a sentence of evidence and a claim are together. */
const PAIR = {
  premise:
    'Adults who took a nap of thirty minutes after learning recalled 41 of 60 words on average, whereas adults who ' +
    'watched a silent film in the same room recalled 33 of them when memory was tested in the afternoon.',
  hypothesis: 'Short daytime naps improve the memory of adults for words that they have just learned.',
};
const BATCH = 8;
const ROUNDS = 8;

const { folder, wasm } = Object.fromEntries(new URL(location.href).searchParams);
const [manifest, model, tokenizer, module] = await Promise.all([
  bytes(`${folder}/manifest.json`),
  bytes(`${folder}/model.onnx`),
  bytes(`${folder}/tokenizer.json`),
  fetch(wasm).then((response) => WebAssembly.compileStreaming(response)),
]);

const started = performance.now();
await init({ module_or_path: module });
const nli = new Nli(manifest, model, tokenizer);
const loadMs = performance.now() - started;

const pairs = Array.from({ length: BATCH }, () => PAIR);
nli.entail(pairs);
const scoring = performance.now();
for (let round = 0; round < ROUNDS; round += 1) nli.entail(pairs);
const pairsPerSecond = (BATCH * ROUNDS * 1000) / (performance.now() - scoring);

// The longest pair that a run may meet is split into windows: that is when a worker needs most.
nli.entail([{ premise: `${PAIR.premise} `.repeat(20), hypothesis: PAIR.hypothesis }]);
postMessage({ loadMs, pairsPerSecond, memoryMb: nli.memoryBytes() / 1e6 });
