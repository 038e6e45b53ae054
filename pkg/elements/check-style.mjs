/** What `<probatum-check>` looks like. */
export const STYLE = `
form { display: grid; gap: 0.6rem; }
label, legend { padding: 0; font-weight: 600; font-size: 0.9375rem; }
fieldset { min-width: 0; }
fieldset > ul { display: grid; gap: 0.75rem; margin-block: 0.4rem 0.6rem; }
fieldset label { color: var(--muted); font-size: 0.875rem; }
.named { display: flex; align-items: end; justify-content: space-between; gap: 0.75rem; margin-bottom: 0.25rem; }

textarea {
  display: block;
  width: 100%;
  min-height: 3.25rem;
  padding: 0.5rem 0.65rem;
  border: 1px solid var(--control);
  border-radius: 4px;
  background: var(--raised);
  color: var(--text);
  font: 1rem/1.5 var(--sans);
  resize: vertical;
}
textarea[aria-invalid='true'] { border-color: var(--refuted); border-width: 2px; }

button {
  min-height: 2rem;
  padding: 0.25rem 0.8rem;
  border: 1px solid var(--control);
  border-radius: 4px;
  background: var(--raised);
  color: var(--text);
  font: 600 0.875rem/1.4 var(--sans);
  cursor: pointer;
}
button:hover { border-color: var(--accent); }
.primary { min-height: 2.5rem; padding-inline: 1.5rem; border-color: var(--accent); background: var(--accent); color: var(--background); font-size: 1rem; }
.primary[aria-disabled='true'] { border-color: var(--control); background: var(--raised); color: var(--muted); cursor: default; }
.actions { display: flex; flex-wrap: wrap; align-items: center; gap: 0.6rem; }
.status { color: var(--muted); font-size: 0.9375rem; }
.loading { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.75rem; }
.loading:not(:has(> :not([hidden]))) { display: none; }
progress { flex: 1 1 10rem; max-width: 24rem; height: 0.75rem; accent-color: var(--accent); }
.bytes { font-variant-numeric: tabular-nums; }

[part='result'] { margin-top: 1.5rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
[part='result'] > * + * { margin-top: 0.75rem; }
h3 { display: flex; flex-wrap: wrap; align-items: center; gap: 0.3rem 0.7rem; }
h3 .chip { font-size: 1rem; }
.sure { color: var(--muted); font-weight: 400; font-size: 0.9375rem; }
.asked { font: 1.0625rem/1.5 var(--serif); }
h4 { font-size: 0.9375rem; }
summary { min-height: 1.5rem; color: var(--accent); font: 600 0.875rem/1.5rem var(--sans); cursor: pointer; }

.deciding { display: grid; gap: 0.6rem; margin-top: 0.4rem; }
.deciding li { padding-left: 0.8rem; border-left: 4px solid var(--line); }
.deciding .for { border-left-color: var(--supported); }
.deciding .against { border-left: 4px double var(--refuted); }
.side { margin-right: 0.5rem; font-size: 0.8125rem; white-space: nowrap; }
.for > .side { color: var(--supported); }
.against > .side { color: var(--refuted); }
.go { display: inline; min-height: 1.5rem; padding: 0.1rem 0; border: 0; border-radius: 0; background: none; font-weight: 400; font-size: 0.9375rem; text-align: start; text-decoration: underline; text-decoration-color: var(--control); text-underline-offset: 0.2em; }
.go:hover { color: var(--accent); }
.deciding .fine { display: block; }

.given {
  max-height: 24rem;
  margin-top: 0.35rem;
  padding: 0.7rem 0.9rem;
  border: 1px solid var(--line);
  overflow-y: auto;
  background: var(--raised);
  font: 1rem/1.6 var(--serif);
  white-space: pre-wrap;
}
/* A sign before a sentence and a line under it: nothing hangs on colour. */
mark { border-bottom: 2px solid var(--supported); }
mark.against { border-bottom: 4px double var(--refuted); }
mark.leaning { border-bottom-style: dashed; }
mark::before { color: var(--supported); font: 700 0.75rem/1 var(--sans); content: '+ for: '; }
mark.against::before { color: var(--refuted); content: '− against: '; }
`;
