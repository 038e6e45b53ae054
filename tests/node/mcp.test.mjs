/** The server of the Model Context Protocol, asked by the protocol's own client library. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ROOT } from '../support/fixtures.mjs';

const client = new Client({ name: 'test', version: '1.0.0' });

before(async () => {
  const args = [join(ROOT, 'pkg', 'cli.mjs'), 'mcp', '--workers', '1'];
  await client.connect(new StdioClientTransport({ command: process.execPath, args }));
});
after(() => client.close());

const TEXTS = [{ id: 'naps', title: 'Naps', text: 'Short daytime naps improved word recall in older adults.' }];

/** @param {any} result */
const textOf = ({ content }) => content[0].text;

test('it names its tools, with what they take', async () => {
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map(({ name }) => name), ['check_claim', 'ask']);
  assert.deepEqual(tools[0].inputSchema.required, ['claim', 'texts']);
  assert.equal(client.getServerVersion()?.name, 'probatum');
  await client.ping();
});

test('a claim is checked', async () => {
  const result = await client.callTool({ name: 'check_claim', arguments: { claim: 'Naps improve word recall in older adults.', texts: TEXTS } });
  assert.match(textOf(result), /upported \(probability 0\.\d\d\)[^]*“Short daytime naps improved word recall/);
  const { label, for: supporting } = /** @type {any} */ (result.structuredContent);
  assert.match(label, /supported/);
  assert.equal(TEXTS[0].text.slice(supporting[0].start, supporting[0].end), supporting[0].quote);
});

test('a question is answered, and tells how far it is', async () => {
  /** @type {string[]} */
  const told = [];
  const given = { question: 'Do short daytime naps improve word recall in older adults?', sources: ['demo'] };
  const result = await client.callTool({ name: 'ask', arguments: given }, undefined, {
    onprogress: ({ message }) => void told.push(String(message)),
    timeout: 300_000,
  });
  assert.ok(told.some((line) => line.startsWith('answer')), told.join('\n'));
  const { answer, references } = /** @type {any} */ (result.structuredContent);
  assert.ok(references.length > 0 && textOf(result).startsWith(answer.text));
});

test('what cannot be done is said to the assistant, or to its program', async () => {
  const empty = await client.callTool({ name: 'check_claim', arguments: { claim: '…', texts: TEXTS } });
  assert.ok(empty.isError);
  assert.match(textOf(empty), /UsageError: the claim has no word/);
  const none = await client.callTool({ name: 'check_claim', arguments: { claim: 'Naps help.' } });
  assert.match(textOf(none), /"texts" is to be a list/);
  const unknown = await client.callTool({ name: 'ask', arguments: { question: 'Do naps help?', sources: ['nowhere'] } });
  assert.match(textOf(unknown), /unknown source "nowhere"/);
  await assert.rejects(client.callTool({ name: 'prove' }), /there is no tool "prove" here/);
});
