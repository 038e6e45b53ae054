/** The page's store of model files: fetched once, kept by hash, given up when nobody waits. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { beforeEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { pageModule } from '../support/page-modules.mjs';

const { fileAt, keepFile } = pageModule('worker/files', 'worker/abort', 'worker/sha256', 'shared/failure');

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

let cache = new FakeCache();
/** @type {Map<string, string | Uint8Array<ArrayBuffer>>} what the network holds, by address */
const online = new Map();
/** @type {string[]} addresses asked of it, but for compressed forms that it does not have */
let asked = [];
/** A folder of its own for each test: what the one before left on its way is none of the next one's business. */
let folder = 0;

beforeEach(() => {
  folder += 1;
  cache = new FakeCache();
  online.clear();
  asked = [];
  Object.assign(globalThis, {
    location: { origin: PAGE },
    caches: { open: async () => cache },
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
 */
function file(body, url = address('model.onnx')) {
  online.set(url, body);
  return { url: new URL(url), sha256: createHash('sha256').update(body).digest('hex') };
}

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

test('a model of the own site comes compressed where the site has it so, and is kept as it is', async () => {
  const model = file('weights');
  const packed = address('model.onnx.gz');
  online.set(packed, new Uint8Array(gzipSync('weights')));
  /** @type {number[]} */
  const heard = [];
  assert.equal(await text(fileAt(model, never, (/** @type {number} */ bytes) => heard.push(bytes))), 'weights');
  assert.equal(await keepFile(model), true);
  assert.deepEqual(asked, [packed]);
  assert.deepEqual(heard, [gzipSync('weights').length]);
  assert.equal(await text(Promise.resolve(await [...cache.entries.values()][0].clone().blob())), 'weights');
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

test('a changed hash is fetched, and evicts the old version only', async () => {
  const tokenizer = file('words', address('tokenizer.json'));
  await keepFile(tokenizer);
  await keepFile(file('old weights'));
  const model = file('new weights');
  assert.equal(await keepFile(model), true);
  assert.equal(await text(fileAt(model, never)), 'new weights');
  assert.equal(asked.length, 3);
  const kept = await Promise.all([...cache.entries.values()].map((response) => response.clone().text()));
  assert.deepEqual(kept.sort(), ['new weights', 'words']);
});

test('the last of the own models and the last from elsewhere are kept', async () => {
  await keepFile(file('old', `${PAGE}/models/old/model.onnx`));
  await keepFile(file('own'));
  await keepFile(file('first', 'https://other.example/first/model.onnx'));
  await keepFile(file('second', 'https://other.example/second/model.onnx'));
  await keepFile(file('its words', 'https://other.example/second/tokenizer.json'));
  const kept = await Promise.all([...cache.entries.values()].map((response) => response.clone().text()));
  assert.deepEqual(kept.sort(), ['its words', 'own', 'second']);
});

test('a file that is not what its hash says is handed out, for the model to refuse, but not kept', async () => {
  const model = file('weights');
  online.set(model.url.href, 'damaged');
  assert.equal(await keepFile(model), false);
  assert.equal(await text(fileAt(model, never)), 'damaged');
  assert.equal(cache.entries.size, 0);
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
  assert.equal([...cache.entries.keys()].some((key) => key.startsWith(last.url.href)), false);
});
