/**
 * A server of the Model Context Protocol over standard input and output, for assistants that check what they say: the tools
 * `check_claim` and `ask`. Of the protocol (https://modelcontextprotocol.io/specification) it speaks what tools over a pipe
 * need, in these few lines: its public library would bring a web server into a package for browsers.
 */
import process from 'node:process';
import { asError, asFailure, named } from '../errors.mjs';
import { createProbatum } from '../index.mjs';
import { answerLines, claimLines, progressLine } from '../terminal.mjs';
import { linesOf } from './lines.mjs';

/** Versions of the protocol whose tools are those here, the newest first. */
const VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];
/** Bytes of a message, at most: some whole papers. */
const MOST_MESSAGE = 64e6;

/** JSON-RPC's own codes (https://www.jsonrpc.org/specification). */
const NOT_JSON = -32700;
const NO_REQUEST = -32600;
const NO_METHOD = -32601;
const NO_PARAMS = -32602;

const TEXTS = {
  type: 'array',
  description: 'What it is checked against: abstracts or whole papers, as plain text',
  items: {
    type: 'object',
    properties: {
      id: { type: 'string', description: 'A name to find it again by; its place where not given' },
      title: { type: 'string' },
      text: { type: 'string' },
    },
    required: ['text'],
  },
  minItems: 1,
};

const TOOLS = [
  {
    name: 'check_claim',
    title: 'Check a claim against given texts',
    description:
      'Says whether texts support or refute one statement, with the sentences that decide and where they stand. Runs on this ' +
      'machine; nothing is sent anywhere.',
    inputSchema: {
      type: 'object',
      properties: { claim: { type: 'string', description: 'One statement, as a whole sentence' }, texts: TEXTS },
      required: ['claim', 'texts'],
    },
    annotations: { readOnlyHint: true, openWorldHint: false },
  },
  {
    name: 'ask',
    title: 'Answer a research question from the literature',
    description:
      'Searches scholarly sources, asks every paper found what it says to the question, and answers with the papers on each ' +
      'side. Takes a minute or two. The search words go to the sources; nothing else is sent.',
    inputSchema: {
      type: 'object',
      properties: {
        question: { type: 'string' },
        sources: { type: 'array', items: { type: 'string' }, description: 'Ids of sources; those that are usual where not given' },
      },
      required: ['question'],
    },
    annotations: { readOnlyHint: true, openWorldHint: true },
  },
];

/** @typedef {{ signal: AbortSignal, tell: (message: string) => void }} Calling */
/** @typedef {{ text: string, structured: unknown }} Answered */

/**
 * Serves until standard input ends.
 * @param {import('../index.mjs').Options} options
 * @param {(message: string) => void} [write] to standard output
 */
export async function serve(options, write = (message) => void process.stdout.write(message)) {
  const probatum = await createProbatum(options);
  const { version } = await probatum.describe();
  /** @type {Map<unknown, AbortController>} */
  const calls = new Map();
  /** @type {Set<Promise<void>>} */
  const underWay = new Set();
  const send = (/** @type {object} */ message) => write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

  /** @param {any} message */
  async function answer({ id, method, params }) {
    const stop = new AbortController();
    calls.set(id, stop);
    try {
      const token = params?._meta?.progressToken;
      let told = 0;
      const tell = (/** @type {string} */ words) => {
        told += 1;
        if (token !== undefined) send({ method: 'notifications/progress', params: { progressToken: token, progress: told, message: words } });
      };
      const result = await resultOf(probatum, version, method, params, { signal: stop.signal, tell });
      // Who has cancelled a call expects no answer to it.
      if (!stop.signal.aborted) send({ id, result });
    } catch (thrown) {
      const { code = NO_REQUEST, message } = /** @type {Error & { code?: number }} */ (asError(thrown));
      if (!stop.signal.aborted) send({ id, error: { code, message } });
    } finally {
      calls.delete(id);
    }
  }

  try {
    for await (const { text } of linesOf('-', MOST_MESSAGE)) {
      const message = parsed(text);
      if (message === undefined) send({ id: null, error: { code: NOT_JSON, message: 'this is not JSON' } });
      else if (message?.method === 'notifications/cancelled') calls.get(message.params?.requestId)?.abort();
      else if (typeof message?.method !== 'string') send({ id: message?.id ?? null, error: { code: NO_REQUEST, message: 'a request has a method' } });
      else if (message.id !== undefined) {
        const answered = answer(message).finally(() => underWay.delete(answered));
        underWay.add(answered);
      }
    }
    await Promise.all(underWay);
  } finally {
    await probatum.close();
  }
}

/** @param {string | undefined} text */
function parsed(text) {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/**
 * @param {import('../create.mjs').Probatum} probatum
 * @param {string} version
 * @param {string} method
 * @param {any} params
 * @param {Calling} calling
 */
async function resultOf(probatum, version, method, params, calling) {
  switch (method) {
    case 'initialize':
      return {
        protocolVersion: VERSIONS.includes(params?.protocolVersion) ? params.protocolVersion : VERSIONS[0],
        capabilities: { tools: {} },
        serverInfo: { name: 'probatum', version },
      };
    case 'ping':
      return {};
    case 'tools/list':
      return { tools: TOOLS };
    case 'tools/call':
      return call(probatum, params, calling);
    default:
      throw Object.assign(new Error(`there is no method "${method}" here`), { code: NO_METHOD });
  }
}

/**
 * What goes wrong in a tool is its answer: the assistant is to read it, not the program between.
 * @param {import('../create.mjs').Probatum} probatum
 * @param {any} params
 * @param {Calling} calling
 */
async function call(probatum, params, calling) {
  const given = params?.arguments ?? {};
  try {
    const { text, structured } = await tool(params?.name)(probatum, given, calling);
    return { content: [{ type: 'text', text }], structuredContent: structured };
  } catch (thrown) {
    if (/** @type {any} */ (thrown).code === NO_PARAMS) throw thrown;
    const { name, message } = asFailure(thrown);
    return { content: [{ type: 'text', text: `${name}: ${message}` }], isError: true };
  }
}

/**
 * @param {unknown} name
 * @returns {(probatum: import('../create.mjs').Probatum, given: any, calling: Calling) => Promise<Answered>}
 */
function tool(name) {
  if (name === 'check_claim') return checkClaim;
  if (name === 'ask') return ask;
  throw Object.assign(new Error(`there is no tool "${name}" here`), { code: NO_PARAMS });
}

/** @type {ReturnType<typeof tool>} */
async function checkClaim(probatum, { claim, texts }, { signal }) {
  if (typeof claim !== 'string') throw named('UsageError', '"claim" is to be a statement');
  if (!Array.isArray(texts) || texts.length === 0) throw named('UsageError', '"texts" is to be a list of texts, each with its "text"');
  const checked = await probatum.check(claim, texts, { signal });
  return { text: claimLines(checked), structured: checked };
}

/** @type {ReturnType<typeof tool>} */
async function ask(probatum, { question, sources }, { signal, tell }) {
  if (typeof question !== 'string') throw named('UsageError', '"question" is missing');
  const started = performance.now();
  const { json } = await probatum.ask(question, { sources, signal, onProgress: (progress) => tell(progressLine(progress)) });
  const report = JSON.parse(json);
  const { answer, references, limitations } = report;
  return { text: answerLines(report, (performance.now() - started) / 1000, []), structured: { answer, references, limitations } };
}
