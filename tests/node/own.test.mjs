/** A question asked of papers of the reader's own. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createProbatum } from '../../pkg/index.mjs';
import { inFolder, probatum, reported } from '../support/command.mjs';
import { QUESTION, SAID, paper } from '../support/pdf-question.mjs';
import { assertQuotesStand, assertSchema } from '../support/report.mjs';

const TEA = '# Tea and gardens\n\nGardens were watered with cold tea for a year. The roses grew as before.';

/**
 * Writes a folder of papers.
 * @param {string} folder
 */
function writePapers(folder) {
  writeFileSync(join(folder, 'naps.pdf'), paper());
  writeFileSync(join(folder, 'tea.md'), TEA);
  writeFileSync(join(folder, 'notes.xyz'), 'no paper');
}

test('the command asks a folder of papers alone, and nobody else', async () => {
  await inFolder(async (folder) => {
    writePapers(folder);
    const { report, markdown } = await reported([QUESTION, '--papers', folder, '--offline', '--small']);
    assert.deepEqual(report.papers.map((/** @type {any} */ { id, reading }) => [id, reading]), [['yours:naps.pdf', 'full-text'], ['yours:tea.md', 'full-text']]);
    assert.equal(report.papers[0].finding.text, SAID);
    assert.ok(report.papers[0].relevance > 0.5 && report.papers[1].relevance < 0.3);
    assert.deepEqual(report.searches ?? [], []);
    assert.match(markdown, /your file naps\.pdf/);
    assert.doesNotMatch(markdown, /\]\(\)/, 'a file has no address');
    assertSchema(report);
    assertQuotesStand(report);
  });
});

test('the command says what is wrong with papers and options', async () => {
  await inFolder(async (folder) => {
    for (const [args, said] of /** @type {[string[], RegExp][]} */ ([
      [[QUESTION, '--offline'], /--offline asks your own papers alone: say with --papers/],
      [[QUESTION, '--offline', '--papers', folder, '--source', 'openalex'], /--offline asks nobody/],
      [[QUESTION, '--papers', join(folder, 'nowhere')], /nowhere does not exist/],
      [[QUESTION, '--papers', folder], /holds no paper/],
      [['--demo', '--papers', folder], /--demo has its own papers/],
    ])) {
      const { code, err } = await probatum(args);
      assert.equal(code, 2, err);
      assert.match(err, said);
    }
  });
});

test('the library asks papers given as bytes, and tells of those that it cannot read', async () => {
  const toolkit = await createProbatum({ deep: false });
  const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);
  try {
    const papers = [{ name: 'tea.md', bytes: bytes(TEA) }, { name: 'scan.pdf', bytes: bytes('%PDF-1.7') }];
    const { json } = await toolkit.ask('Does cold tea help roses grow?', { sources: [], papers, cache: false });
    const report = JSON.parse(json);
    assert.equal(report.papers[0].title, 'Tea and gardens');
    assert.match(report.warnings.map((/** @type {any} */ { message }) => message).join('\n'), /your file “scan\.pdf” could not be read: the PDF is cut off/);
    const twice = ['one', 'two'].map((text) => ({ name: 'a.md', bytes: bytes(text) }));
    await assert.rejects(toolkit.ask('Does tea help?', { papers: twice }), { name: 'UsageError', message: /two papers are named "a\.md"/ });
    await assert.rejects(toolkit.ask('Does tea help?', { sources: [] }), { name: 'UsageError' });
  } finally {
    await toolkit.close();
  }
});
