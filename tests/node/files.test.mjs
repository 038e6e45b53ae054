/** A browser's store of model files: fetched once, kept by hash, given up when nobody waits. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { beforeEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { dropOthers, fileAt, keepFile, partAt } from '../../pkg/web/files.mjs';

const PAGE = 'https://page.example';
const never = new AbortController().signal;

/** Cache Storage with one cache, as far as the page uses it. */
class FakeCache {
  /** @type {Map<string, Response>} */
  entries = new Map();
  match = async (/** @type {string} */ url) => this.entries.get(url)?.clone();
  put = async (/** @type {string} */ url, /** @type {Response} */ response) => void this.entries.set(url, response);
  keys = async () => [...this.entries.keys()].map((url) => ({ url }));
  delete = async (/** @type {string} */ url) => this.entries.delete(url);
}

/** @type {Map<string, FakeCache>} by name */
let caches = new Map();
/** @type {Map<string, string | Uint8Array<ArrayBuffer>>} what the network holds, by address */
const online = new Map();
/** @type {string[]} addresses asked of it, but for compressed forms that it does not have */
let asked = [];
/** A folder of its own for each test: what the one before left on its way is none of the next one's business. */
let folder = 0;

beforeEach(() => {
  folder += 1;
  caches = new Map();
  online.clear();
  asked = [];
  Object.assign(globalThis, {
    isSecureContext: true,
    location: { origin: PAGE },
    caches: { open: async (/** @type {string} */ name) => caches.get(name) ?? caches.set(name, new FakeCache()).get(name) },
    fetch: answer,
  });
});

/**
 * @param {URL} url
 * @param {{ signal: AbortSignal }} init
 */
async function answer(url, { signal }) {
  if (!url.pathname.endsWith('.gz') || online.has(url.href)) asked.push(url.href);
  await new Promise((resolve) => setTimeout(resolve, 5));
  signal.throwIfAborted();
  const body = online.get(url.href);
  return body === undefined ? new Response('', { status: 404 }) : new Response(body);
}

/**
 * A file of the network, as a manifest names it.
 * @param {string} body
 * @param {string} [url]
 * @param {'small' | 'deep'} [depth]
 * @returns {import('../../pkg/web/files.mjs').NamedFile}
 */
function file(body, url = address('model.onnx'), depth = 'small') {
  online.set(url, body);
  return { url: new URL(url), depth, sha256: createHash('sha256').update(body).digest('hex'), bytes: body.length, packed: true };
}

const entries = () => [...caches.values()].flatMap((cache) => [...cache.entries.values()]);
const keys = () => [...caches.values()].flatMap((cache) => [...cache.entries.keys()]);
/** Everything that is kept, in the order of the alphabet. */
const kept = async () => (await Promise.all(entries().map((response) => response.clone().text()))).sort();

const address = (/** @type {string} */ name) => `${PAGE}/models/${folder}/${name}`;
const text = async (/** @type {Promise<Blob>} */ blob) => (await blob).text();

test('a kept file is not fetched again, nor needs a network', async () => {
  const model = file('weights');
  assert.equal(await keepFile(model), true);
  online.clear();
  assert.equal(await keepFile(model), true);
  assert.equal(await text(fileAt(model, never)), 'weights');
  assert.equal(asked.length, 1);
});

test('whoever asks while it is on its way waits for the same download, and hears of it', async () => {
  const model = file('weights');
  /** @type {number[]} */
  const heard = [];
  const kept = keepFile(model);
  const read = text(fileAt(model, never, (/** @type {number} */ bytes) => heard.push(bytes)));
  assert.equal(await read, 'weights');
  assert.equal(await kept, true);
  assert.equal(asked.length, 1);
  assert.deepEqual(heard, ['weights'.length]);
});

test('a model of the own site comes compressed where it lies there so, and is kept as it is', async () => {
  const model = file('weights');
  const packed = address('model.onnx.gz');
  online.set(packed, new Uint8Array(gzipSync('weights')));
  /** @type {number[]} */
  const heard = [];
  assert.equal(await text(fileAt(model, never, (/** @type {number} */ bytes) => heard.push(bytes))), 'weights');
  assert.equal(await keepFile(model), true);
  assert.deepEqual(asked, [packed]);
  assert.deepEqual(heard, [gzipSync('weights').length]);
  assert.deepEqual(await kept(), ['weights']);
});

test('who does not say that it lies there compressed asks for nothing but the file', async () => {
  const model = { ...file('weights'), packed: false };
  online.set(address('model.onnx.gz'), new Uint8Array(gzipSync('weights')));
  assert.equal(await text(fileAt(model, never)), 'weights');
  assert.deepEqual(asked, [model.url.href]);
});

test('a compressed form that its host has unpacked is taken as it comes', async () => {
  const model = file('weights');
  online.set(address('model.onnx.gz'), 'weights');
  assert.equal(await text(fileAt(model, never)), 'weights');
  assert.equal(asked.length, 1);
});

test('a page in the place of the compressed form is no model', async () => {
  const model = file('weights');
  online.set(address('model.onnx.gz'), '<!doctype html>');
  assert.equal(await text(fileAt(model, never)), 'weights');
});

test('what is read once is kept', async () => {
  const model = file('weights');
  await fileAt(model, never);
  assert.equal(await keepFile(model), true);
  assert.equal(asked.length, 1);
});

test('a changed hash is fetched; the old version goes when all of the new one is there', async () => {
  const tokenizer = file('words', address('tokenizer.json'));
  await keepFile(tokenizer);
  await keepFile(file('old weights'));
  const model = file('new weights');
  assert.equal(await keepFile(model), true);
  assert.equal(await text(fileAt(model, never)), 'new weights');
  assert.equal(asked.length, 3);
  assert.deepEqual(await kept(), ['new weights', 'old weights', 'words']);
  await dropOthers([tokenizer, model]);
  assert.deepEqual(await kept(), ['new weights', 'words']);
});

test('the last of the own models and the last from elsewhere are kept', async () => {
  await keepFile(file('old', `${PAGE}/models/old/model.onnx`));
  const own = file('own');
  await keepFile(own);
  await keepFile(file('first', 'https://other.example/first/model.onnx'));
  const others = [file('second', 'https://other.example/second/model.onnx'), file('its words', 'https://other.example/second/tokenizer.json')];
  for (const other of others) await keepFile(other);
  await dropOthers([own]);
  await dropOthers(others);
  assert.deepEqual(await kept(), ['its words', 'own', 'second']);
});

test('of two models on one site neither is dropped beside the other', async () => {
  const small = file('small');
  const deep = [file('part 0', address('deep/model.onnx.0'), 'deep'), file('part 1', address('deep/model.onnx.1'), 'deep')];
  for (const each of [small, ...deep, file('part 2', address('deep/model.onnx.2'), 'deep')]) await keepFile(each);
  await dropOthers([small]);
  await dropOthers(deep);
  assert.deepEqual(await kept(), ['part 0', 'part 1', 'small']);
});

test('a part comes compressed too, and is not fetched again', async () => {
  const part = file('weights', address('model.onnx.0'), 'deep');
  online.set(`${part.url.href}.gz`, new Uint8Array(gzipSync('weights')));
  assert.equal(await text(partAt(part, never)), 'weights');
  assert.equal(await keepFile(part), true);
  assert.equal(await text(partAt(part, never)), 'weights');
  assert.deepEqual(asked, [`${part.url.href}.gz`]);
});

test('a part that is not what its hash says is refused by its name', async () => {
  const part = file('weights', address('model.onnx.0'), 'deep');
  online.set(part.url.href, 'damaged');
  await assert.rejects(partAt(part, never), { name: 'ModelError', message: /model\.onnx\.0 is not the file that the manifest names/ });
  assert.deepEqual(await kept(), []);
});

test('a file that is not what its hash says is handed out, for the model to refuse, but not kept', async () => {
  const model = file('weights');
  online.set(model.url.href, 'damaged');
  assert.equal(await keepFile(model), false);
  assert.equal(await text(fileAt(model, never)), 'damaged');
  assert.deepEqual(await kept(), []);
});

test('without a hash, or without Cache Storage, it is fetched every time', async () => {
  const model = file('weights');
  const unnamed = { ...model, sha256: undefined };
  assert.equal(await keepFile(unnamed), false);
  assert.equal(await text(fileAt(unnamed, never)), 'weights');
  Object.assign(globalThis, { caches: undefined });
  assert.equal(await keepFile(model), false);
  assert.equal(await text(fileAt(model, never)), 'weights');
  assert.equal(asked.length, 4);
});

test('an address that does not answer is a ModelError, and is asked again next time', async () => {
  const model = file('weights');
  online.clear();
  await assert.rejects(fileAt(model, never), { name: 'ModelError', message: /model\.onnx answered HTTP 404/ });
  file('weights');
  assert.equal(await text(fileAt(model, never)), 'weights');
});

test('a cancelled wait rejects at once; the download ends with the last who waits', async () => {
  const model = file('weights');
  const [first, second] = [new AbortController(), new AbortController()];
  const [alone, other] = [fileAt(model, first.signal), fileAt(model, second.signal)];
  first.abort();
  await assert.rejects(alone, { name: 'CancelledError' });
  assert.equal(await text(other), 'weights');

  const given = file('more', address('more.onnx'));
  const waiting = fileAt(given, AbortSignal.timeout(1));
  await assert.rejects(waiting, { name: 'CancelledError' });
  assert.equal(await text(fileAt(given, never)), 'more', 'who asks after that is not given the cancelled one');

  const last = file('last', address('last.onnx'));
  await assert.rejects(fileAt(last, AbortSignal.timeout(1)), { name: 'CancelledError' });
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(keys().some((key) => key.startsWith(last.url.href)), false);
});
