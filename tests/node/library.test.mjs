/** The library in Node: many calls on one loaded model, progress, cancellation, and what it leaves behind. */
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import { createProbatum } from '../../pkg/index.mjs';
import { defaultModel, readManifest } from '../../pkg/node/model.mjs';
import { FILES, build, load } from '../../pkg/node/wasm.mjs';
import { calibrated } from '../../pkg/probatum.js';
import { DATE } from '../support/command.mjs';

/** @typedef {import('../../pkg/probatum.js').Progress} Progress */

/** Few enough claims that a run is short. */
const SHORT = { sources: [/** @type {const} */ ('demo')], date: DATE, limits: { maxClaims: 2 } };
const PAIR = { premise: 'Adults who napped recalled 12 % more words.', hypothesis: 'Naps improve memory.' };

/** @type {import('../../pkg/index.mjs').Probatum} */
let probatum;
/** @type {string} */
let question;

before(async () => {
  probatum = await createProbatum({ workers: 1, deep: false });
  ({ demoQuestion: question } = await probatum.describe());
});
after(() => probatum.close());

test('it tells its version, its sources and the question of the demonstration', async () => {
  const { version, sources, demoQuestion } = await probatum.describe();
  assert.match(version, /^\d+\.\d+\.\d+$/);
  assert.ok(sources.some(({ id }) => id === 'openalex'));
  assert.match(demoQuestion, /\?$/);
});

test('judge gives the calibrated probabilities of the logits', async () => {
  await load();
  const judged = await probatum.judge(PAIR.premise, PAIR.hypothesis);
  const [expected] = calibrated(await readManifest(defaultModel()), [PAIR], await probatum.entail([PAIR]));
  assert.deepEqual(judged, expected);
  assert.ok(Math.abs(judged.entailment + judged.neutral + judged.contradiction - 1) < 1e-6);
});

test('several calls at once give what each gives alone', async () => {
  const alone = await probatum.ask(question, SHORT);
  const [one, other, judged] = await Promise.all([
    probatum.ask(question, SHORT),
    probatum.ask(question, SHORT),
    probatum.judge(PAIR.premise, PAIR.hypothesis),
  ]);
  assert.equal(one.json, alone.json);
  assert.equal(other.json, alone.json);
  assert.ok(judged.entailment > judged.contradiction);
});

test('progress comes by callback and by iteration, the same to both, and its end is the end of the run', async () => {
  /** @type {Progress[]} */
  const called = [];
  /** @type {Progress[]} */
  const iterated = [];
  const asked = probatum.ask(question, { ...SHORT, onProgress: (progress) => called.push(progress) });
  for await (const progress of asked) iterated.push(progress);
  assert.ok(called.length > 5);
  assert.deepEqual(iterated, called);
  assert.equal(iterated.at(-1)?.stage, 'reviewing');
  assert.equal((await asked).summary.cancelled, false);
});

test('what a run fails of is thrown where it is iterated over, too', async () => {
  const asked = probatum.ask('', SHORT);
  await assert.rejects(async () => {
    for await (const progress of asked) assert.ok(progress);
  }, { name: 'UsageError' });
  await assert.rejects(asked, { name: 'UsageError' });
});

test('a callback that throws ends its own run only, which rejects with what was thrown', async () => {
  const thrown = new Error('mine');
  const broken = probatum.ask(question, {
    ...SHORT,
    onPairs: () => {
      throw thrown;
    },
  });
  const whole = probatum.ask(question, SHORT);
  await assert.rejects(broken, (error) => error === thrown);
  assert.equal((await whole).summary.cancelled, false);
});

test('a run aborted on its way gives what was found; one aborted before it began is a CancelledError', async () => {
  const controller = new AbortController();
  const found = await probatum.ask(question, {
    ...SHORT,
    signal: controller.signal,
    onProgress: ({ stage }) => {
      if (stage === 'extracted') controller.abort();
    },
  });
  assert.equal(found.summary.cancelled, true);
  await assert.rejects(probatum.ask(question, { ...SHORT, signal: AbortSignal.abort() }), { name: 'CancelledError' });
  await assert.rejects(probatum.judge(PAIR.premise, PAIR.hypothesis, { signal: AbortSignal.abort() }), { name: 'CancelledError' });
});

test("the caller's fetch is given the requests, and what it throws is a source that could not be asked", async () => {
  /** @type {string[]} */
  const asked = [];
  const failing = probatum.ask('Do naps improve recall?', {
    sources: ['datacite'],
    cache: false,
    fetch: async (request) => {
      asked.push(/** @type {Request} */ (request).url);
      throw new TypeError('no network');
    },
  });
  await assert.rejects(failing, { name: 'NothingAskedError' });
  assert.ok(asked.length > 0 && asked.every((url) => new URL(url).hostname === 'api.datacite.org'), asked.join(' '));
});

test('a run goes on without a source whose signal aborts, and its report says what was left out', async () => {
  const controller = new AbortController();
  const title = 'Naps and the recall of adults';
  const attributes = {
    doi: '10.48550/arxiv.2001.00001',
    titles: [{ title }],
    creators: [{ name: 'Example, Ada' }],
    descriptions: [{ descriptionType: 'Abstract', description: 'Naps improved the recall of adults in our trial.' }],
  };
  const { json, summary } = await probatum.ask('Do naps improve recall in adults?', {
    sources: ['datacite', 'pubmed'],
    date: DATE,
    cache: false,
    limits: { maxFullTexts: 0 },
    without: { pubmed: controller.signal },
    onProgress: (progress) => {
      if (progress.stage === 'found' && progress.source === 'datacite') controller.abort();
    },
    fetch: (request) => {
      const { url } = /** @type {Request} */ (request);
      if (url.includes('esearch')) return new Promise(() => {});
      return Promise.resolve(Response.json({ data: [{ attributes }], meta: { total: 1 } }));
    },
  });
  const report = JSON.parse(json);
  assert.equal(summary.cancelled, false);
  assert.deepEqual(report.sources.map((/** @type {any} */ { source, state }) => [source, state]), [['datacite', 'answered'], ['pubmed', 'left-out']]);
  assert.ok(report.warnings.some((/** @type {any} */ { message }) => message.startsWith('PubMed was left out by the reader')));
  assert.equal(report.references[0].title, title);
});

test('a source left out before the run asks it is not waited for at all', async () => {
  const alone = probatum.ask('Do naps improve recall in adults?', {
    sources: ['pubmed'],
    cache: false,
    without: { pubmed: AbortSignal.abort() },
    fetch: () => new Promise(() => {}),
  });
  await assert.rejects(alone, { name: 'NothingAskedError', message: /PubMed: left out by the reader/ });
});

test('the request of a cancelled run is aborted', async () => {
  const controller = new AbortController();
  /** @type {Promise<unknown>} */
  let aborted = Promise.resolve();
  const running = probatum.ask('Do naps improve recall?', {
    sources: ['datacite'],
    cache: false,
    signal: controller.signal,
    fetch: (request) => {
      const { signal } = /** @type {Request} */ (request);
      const never = new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
      aborted = never.catch(() => 'aborted');
      controller.abort();
      return /** @type {Promise<never>} */ (never);
    },
  });
  await assert.rejects(running, { name: 'CancelledError' });
  assert.equal(await aborted, 'aborted');
});

/** A paper for, a paper against, and one of something else. */
const TEXTS = [
  'We studied 40 adults in a sleep laboratory. Adults who napped recalled more words than adults who stayed awake.',
  { id: 'awake', title: 'Staying awake', text: 'In 60 students, naps did not improve the recall of words. The groups did not differ.' },
  'Oil reduces the noise of gears. The gears were of steel.',
];
const CLAIM = 'Naps improve the recall of words.';

test('check gives the label, the sentences that decide and where they stand in the texts as given', async () => {
  const checked = await probatum.check(CLAIM, TEXTS);
  assert.equal(checked.claim, CLAIM);
  assert.ok(checked.reason.length > 0 && checked.tested > 0);
  const found = [...checked.for, ...checked.against, ...checked.nearest];
  assert.ok(found.length > 0);
  for (const { text, start, end, quote } of found) {
    const given = TEXTS.find((given, place) => (typeof given === 'string' ? String(place) : given.id) === text);
    assert.equal((typeof given === 'string' ? given : (given?.text ?? '')).slice(start, end), quote);
  }
});

test('a claim without a word, and texts that are none, are UsageErrors', async () => {
  await assert.rejects(probatum.check('…', TEXTS), { name: 'UsageError' });
  await assert.rejects(probatum.check(CLAIM, [/** @type {any} */ (7)]), { name: 'UsageError' });
  const twice = [{ id: 'a', text: 'One.' }, { id: 'a', text: 'Two.' }];
  await assert.rejects(probatum.check(CLAIM, twice), { name: 'UsageError', message: /two of the texts have the id "a"/ });
  await assert.rejects(probatum.check(CLAIM, TEXTS, { signal: AbortSignal.abort() }), { name: 'CancelledError' });
});

test('checkMany gives each claim what check gives it, in their order, and a row for one that cannot be checked', async () => {
  const claims = [CLAIM, '…', 'Oil reduces the noise of gears.', 'Gears are of steel.'];
  const rows = [];
  for await (const row of probatum.checkMany(claims, { texts: TEXTS })) rows.push(row);
  assert.deepEqual(rows.map(({ index, claim }) => [index, claim]), claims.map((claim, index) => [index, claim]));
  assert.equal(rows[1].error?.name, 'UsageError');
  for (const { claim, checked } of rows.filter(({ error }) => !error)) assert.deepEqual(checked, await probatum.check(claim, TEXTS));
});

test('checkMany is ended by its signal and by leaving the loop, and whatever the claims throw is thrown', async () => {
  let taken = 0;
  function* endless() {
    for (;;) yield `Claim ${(taken += 1)}: naps improve recall.`;
  }
  const controller = new AbortController();
  await assert.rejects(async () => {
    for await (const { index } of probatum.checkMany(endless(), { texts: TEXTS, signal: controller.signal })) if (index === 2) controller.abort();
  }, { name: 'CancelledError' });
  taken = 0;
  for await (const { index } of probatum.checkMany(endless(), { texts: TEXTS, concurrency: 2 })) if (index === 5) break;
  assert.ok(taken <= 8, `${taken} taken`);
  const thrown = new Error('mine');
  await assert.rejects(async () => {
    for await (const row of probatum.checkMany((function* () {
      yield CLAIM;
      throw thrown;
    })(), { texts: TEXTS })) assert.ok(row.checked);
  }, (error) => error === thrown);
});

test('an unknown source is a UsageError that names it', async () => {
  await assert.rejects(probatum.ask(question, { sources: [/** @type {any} */ ('gopher')] }), { name: 'UsageError', message: /gopher/ });
});

test('model and module may lie elsewhere', async () => {
  const wasmUrl = FILES[build()];
  const given = await createProbatum({ modelUrl: pathToFileURL(defaultModel()), wasmUrl, deep: false, workers: 1 });
  try {
    assert.deepEqual(await given.entail([PAIR]), await probatum.entail([PAIR]));
    await assert.rejects(given.entail([PAIR], { depth: 'deep' }), { name: 'ModelError', message: /without the larger model/ });
  } finally {
    await given.close();
  }
});

test('where model or module cannot be had it says so, and leaves nothing running', async () => {
  await assert.rejects(createProbatum({ model: '/nowhere/model' }), { name: 'ModelError', message: /\/nowhere\/model\/manifest\.json/ });
  await assert.rejects(createProbatum({ deep: '/nowhere/larger' }), { name: 'ModelError', message: /\/nowhere\/larger\/manifest\.json/ });
  const wasmUrl = 'file:///nowhere/probatum_bg.wasm';
  await assert.rejects(createProbatum({ wasmUrl }), { name: 'EngineError', message: /\/nowhere\/probatum_bg\.wasm/ });
  await assert.rejects(createProbatum({ signal: AbortSignal.abort() }), { name: 'CancelledError' });
});

test('closed, by hand or by its signal, it rejects what goes on and what is asked afterwards', async () => {
  const controller = new AbortController();
  const closing = await createProbatum({ workers: 1, deep: false, signal: controller.signal });
  const running = closing.ask(question, SHORT);
  controller.abort();
  await assert.rejects(running, { name: /CancelledError|UsageError/ });
  await assert.rejects(closing.judge(PAIR.premise, PAIR.hypothesis), { name: 'UsageError', message: /closed/ });
  await closing.close();
});

test('it tells how far the model is', async () => {
  /** @type {string[]} */
  const states = [];
  const told = await createProbatum({ workers: 1, deep: false, onModel: (depth, { state }) => states.push(`${depth} ${state}`) });
  await told.close();
  assert.deepEqual(states, ['small loading', 'small ready']);
});
