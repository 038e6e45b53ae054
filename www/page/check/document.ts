/** A check as a document that needs nothing but itself: no script, no address that is loaded. */
import colours from '../../../src/report/report.css?raw';
import { el } from '../dom';
import look from './margin.css?raw';
import { marginView } from './margin';
import { headline, type Check, type Decisions } from './result';

/** The document's HTML. */
export function asDocument(check: Check, decisions: Decisions): string {
  const { view, fill } = marginView(check, (at) => ({ decision: decisions[at] ?? {} }));
  Array.from(fill());
  const head = el(
    'head',
    {},
    el('meta', { charset: 'utf-8' }),
    el('meta', { 'http-equiv': 'Content-Security-Policy', content: "default-src 'none'; style-src 'unsafe-inline'" }),
    el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    el('title', {}, `${headline(check)} · Probatum`),
    el('style', {}, `${colours}\n${look}`),
  );
  const body = el('body', { class: 'report-page check-page' }, view);
  return `<!doctype html>\n<html lang="en">${head.outerHTML}${body.outerHTML}</html>\n`;
}
