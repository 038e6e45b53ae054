/** What every report must hold to, whatever it says. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ROOT } from './fixtures.mjs';

/** @param {any} report */
export function assertSchema(report) {
  const schema = JSON.parse(readFileSync(join(ROOT, 'www', 'report.schema.json'), 'utf8'));
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  assert.ok(validate(report), JSON.stringify(validate.errors?.slice(0, 5), null, 1));
}

/**
 * Every quote is the slice of its passage that its span names (in bytes of UTF-8).
 * @param {any} report
 * @returns {number} how many there are
 */
export function assertQuotesStand(report) {
  const quotes = objectsOf(report).filter(({ quote, passage, span }) => quote && passage && span);
  for (const { quote, passage, span } of quotes) {
    assert.equal(Buffer.from(passage).subarray(span.start, span.end).toString(), quote);
  }
  return quotes.length;
}

/**
 * @param {any} value
 * @returns {Record<string, any>[]} every object in it, at any depth
 */
export function objectsOf(value) {
  if (value === null || typeof value !== 'object') return [];
  const inside = Object.values(value).flatMap(objectsOf);
  return Array.isArray(value) ? inside : [value, ...inside];
}

/**
 * No claim is supported or refuted by its own paper.
 * @param {any} report
 */
export function assertIndependent(report) {
  for (const { claim, verdict } of report.claims) {
    for (const evidence of [...(verdict?.evidenceFor ?? []), ...(verdict?.evidenceAgainst ?? []), ...(verdict?.nearest ?? [])]) {
      assert.notEqual(evidence.at.paper, claim.at.paper, claim.text);
      assert.equal(evidence.relation, 'independent');
    }
    if (verdict?.grounded) assert.equal(verdict.grounded.at.paper, claim.at.paper);
  }
}
