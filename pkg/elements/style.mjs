/** What the elements look like. Style sheets are made by script, which no policy on styles refuses. */

/** Colours by name, light and dark: those of the report (`src/report/report.css`). Each is `--probatum-NAME`. */
const COLOURS = {
  background: ['#fbfaf7', '#14171a'],
  raised: ['#ffffff', '#1b1f23'],
  text: ['#1b1e22', '#e5e3de'],
  muted: ['#585f67', '#a0a8b0'],
  line: ['#d8d5cd', '#353c43'],
  control: ['#80868d', '#7d868f'],
  accent: ['#1d4e5f', '#86c5d8'],
  supported: ['#1a6642', '#74d0a1'],
  refuted: ['#a3342b', '#f29b91'],
  unsure: ['#6f5a17', '#dcc174'],
  'mark-for': ['#d9f0e2', '#16402c'],
  'mark-against': ['#f9deda', '#522420'],
};

const colours = Object.entries(COLOURS).map(([name, [light, dark]]) => `--${name}: var(--probatum-${name}, light-dark(${light}, ${dark}));`);

const SHARED = `
:host {
  ${colours.join('\n  ')}
  --sans: var(--probatum-font, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif);
  --serif: var(--probatum-text-font, Charter, 'Bitstream Charter', 'Iowan Old Style', 'Palatino Linotype', Georgia, 'Liberation Serif', serif);
  display: block;
  container-type: inline-size;
  color: var(--text);
  background: var(--background);
  font: 1rem/1.5 var(--sans);
  overflow-wrap: anywhere;
  text-size-adjust: 100%;
}

:host([hidden]), [hidden] { display: none !important; }
*, ::before, ::after { box-sizing: border-box; }
p, ul, ol, blockquote, fieldset { margin: 0; padding: 0; border: 0; }
ul { list-style: none; }
h2, h3, h4 { margin: 0; font: 600 1rem/1.35 var(--sans); }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.fine { color: var(--muted); font-size: 0.8125rem; }

.chip {
  display: inline-block;
  padding: 0.1rem 0.6rem;
  border: 1px solid currentcolor;
  border-radius: 1rem;
  color: var(--muted);
  font: 600 0.8125rem/1.5 var(--sans);
}
.chip:is(.supported, .leans-supported) { color: var(--supported); }
.chip:is(.refuted, .leans-refuted) { color: var(--refuted); }
.chip.contested { border-style: double; border-width: 3px; color: var(--unsure); }
.chip:is(.leans-supported, .leans-refuted) { border-style: dashed; }

mark {
  padding: 0.05em 0.15em;
  color: inherit;
  background: var(--mark-for);
  box-decoration-break: clone;
  -webkit-box-decoration-break: clone;
}
mark.against { background: var(--mark-against); }

.error {
  padding: 0.7rem 0.9rem;
  border: 1px solid var(--refuted);
  border-left-width: 5px;
  color: var(--text);
}
`;

/**
 * Dresses an element.
 * @param {ShadowRoot} root
 * @param {string} own its rules, beside those that all share
 */
export function dress(root, own) {
  root.adoptedStyleSheets = [SHARED, own].map(sheetOf);
}

/** @type {Map<string, CSSStyleSheet>} one for all elements of a page */
const sheets = new Map();

/** @param {string} css */
function sheetOf(css) {
  const known = sheets.get(css);
  if (known) return known;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  sheets.set(css, sheet);
  return sheet;
}
