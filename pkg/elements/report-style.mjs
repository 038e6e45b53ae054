/** What `<probatum-report>` looks like: `src/report/report.css`, for any place and width. */
export const STYLE = `
article > * + *, section > * + * { margin-top: 0.75rem; }
.claim > * + * { margin-top: 0.4rem; }
.claim + .claim { margin-top: 1rem; }
[part='report'] { max-width: var(--probatum-width, 62rem); margin-inline: auto; font: 1rem/1.6 var(--serif); }
h2 { font: 600 clamp(1.4rem, 1.1rem + 2cqi, 2rem) / 1.2 var(--serif); text-wrap: balance; }
section > h3 { font-size: 1.0625rem; }
article > section:not(.answer) { margin-top: 2rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.fine { font-family: var(--sans); }
.answer-text { font-size: 1.25rem; line-height: 1.4; text-wrap: pretty; }
.notice { padding: 0.7rem 0.9rem; border: 1px solid var(--unsure); border-left-width: 5px; font: 600 0.9375rem/1.5 var(--sans); }
.error { font-family: var(--sans); }
.other { padding-left: 1rem; border-left: 3px solid var(--line); }

.meter .bar { display: block; width: 100%; height: auto; }
.part.yes { fill: var(--supported); }
.part.mixed { fill: var(--unsure); }
.part.no-difference { fill: var(--muted); }
.part.no { fill: var(--refuted); }
.part.silent { fill: transparent; stroke: var(--muted); stroke-width: 1.5; }
.stroke { fill: none; stroke: var(--background); stroke-width: 1.6; }
.legend { display: flex; flex-wrap: wrap; gap: 0.3rem 1.1rem; margin-top: 0.4rem; font: 0.875rem/1.4 var(--sans); }
.swatch { width: 0.9rem; height: 0.9rem; margin-right: 0.35rem; vertical-align: -0.1rem; }

.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.75rem 1.5rem; }
.side { padding: 0.7rem 0.95rem; border: 1px solid var(--line); border-top: 4px solid var(--supported); background: var(--raised); }
.side.no { border-top: 4px double var(--refuted); }
.side blockquote { margin-block: 0.35rem; }

:is(.side blockquote, .findings, .finding) a { color: inherit; text-decoration-color: var(--control); }
:is(.side blockquote, .findings, .finding) a:hover { color: var(--accent); }
.findings > li { padding-left: 1rem; border-left: 3px solid var(--line); }
.findings > li + li { margin-top: 0.7rem; }
.items { padding-left: 1.25rem; list-style: disc; }
ol { padding-left: 2.25rem; }
li::marker { color: var(--muted); font: 0.875rem var(--sans); }
ol > li + li { margin-top: 0.6rem; }
cite { font-style: normal; }

/* A finger needs 24 pixels either way (WCAG 2.2, 2.5.8). */
.cited {
  min-width: 1.5rem;
  text-align: start;
  min-height: 1.5rem;
  padding: 0;
  border: 0;
  background: none;
  color: var(--accent);
  font: 0.8125rem/1.5rem var(--sans);
  cursor: pointer;
}
.cited:hover { text-decoration: underline; }
summary { min-height: 1.5rem; color: var(--accent); font: 600 0.875rem/1.5rem var(--sans); cursor: pointer; }
details > :not(summary) { margin-top: 0.5rem; }

.table { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font: 0.875rem/1.45 var(--sans); }
caption { padding-bottom: 0.4rem; color: var(--muted); font-size: 0.8125rem; text-align: left; }
th, td { padding: 0.45rem 0.9rem 0.45rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
thead th { color: var(--muted); font-size: 0.8125rem; white-space: nowrap; }
tbody th { min-width: 8rem; }
.cards tbody th { width: 55%; }
.cards cite { font-weight: 600; }
.cards td { overflow-wrap: normal; }
.cards .finding { margin-top: 0.25rem; font: 1rem/1.45 var(--serif); }
.cards summary { color: var(--muted); font-weight: 400; font-size: 0.8125rem; }

.stance { display: inline-block; padding: 0.05rem 0.5rem; border: 1px solid currentcolor; font-weight: 600; white-space: nowrap; }
.stance.yes { color: var(--supported); }
.stance.no { border-style: double; border-width: 3px; color: var(--refuted); }
.stance.mixed { border-style: dashed; color: var(--unsure); }
.stance.no-difference { border-style: dotted; }
.stance.silent { padding-inline: 0; border-color: transparent; color: var(--muted); font-weight: 400; }

.claim { padding: 0.9rem 1.1rem; border: 1px solid var(--line); border-left-width: 4px; background: var(--raised); }
.claim:is(.supported, .leans-supported) { border-left-color: var(--supported); }
.claim:is(.refuted, .leans-refuted) { border-left-color: var(--refuted); }
.claim.contested { border-left-color: var(--unsure); }
.claim > header { display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem 0.7rem; }
.claim > blockquote { font-size: 1.0625rem; }
.claim li { padding-left: 0.9rem; border-left: 2px solid var(--line); }
.claim li + li { margin-top: 0.75rem; }
.claim li blockquote { color: var(--muted); font-size: 0.9375rem; }
.claim mark { color: var(--text); }

@container (max-width: 44rem) {
  .pair { grid-template-columns: minmax(0, 1fr); }
  .cards :is(table, tbody, tr, th, td, caption) { display: block; width: auto; }
  .cards thead { display: none; }
  .cards tr { display: flex; flex-wrap: wrap; gap: 0.3rem 1rem; margin-bottom: 0.9rem; padding: 0.7rem 0.9rem; border: 1px solid var(--line); background: var(--raised); }
  .cards :is(th, td) { padding: 0; border: 0; }
  .cards tbody th { flex: 1 0 100%; order: -1; }
  .cards td[data-label]:not([data-label='Stance'])::before { content: attr(data-label) ' '; color: var(--muted); }
}

@media (forced-colors: active) {
  .part.part { fill: CanvasText; }
  .part.part:is(.silent, .no-difference) { fill: Canvas; stroke: CanvasText; }
  .stroke { stroke: Canvas; }
  [id$='-no-difference'] .stroke { stroke: CanvasText; }
}

@media print {
  .part, .stroke { print-color-adjust: exact; }
  :is(.claim, tr, li) { break-inside: avoid; }
}
`;
