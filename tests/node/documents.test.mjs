/** The documents: what they link to is there. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../support/fixtures.mjs';

for (const document of ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'pkg/README.md', 'nli/README.md', 'docs/ten-thousand.md', 'docs/in-ci.md', 'docs/check-a-draft.md', 'docs/elements.md']) {
  test(`${document} links to nothing that is not there`, () => {
    const text = readFileSync(join(ROOT, document), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link);
    const missing = links.filter((link) => !existsSync(join(ROOT, dirname(document), link)));
    assert.deepEqual(missing, []);
  });
}
