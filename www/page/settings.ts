/** The settings: few numbers, two addresses, and what sources are let know of the reader, each with a message that names what is wrong. */
import { BOUNDS, LIMITS } from '../../pkg/defaults.mjs';
import { checkedIdentity, problemWith, type Identity } from '../../pkg/identity.mjs';
import { deepField, deepUrl } from './deep';
import { byId, el, setText, show } from './dom';
import { keepIdentity, keptIdentity } from './identity';

/** Where the embedded model lies, relative to the page. */
export const MODEL_URL = './models/probatum-nli-1/';

/** What a run may do, as the reader set it. */
export interface Settings {
  maxPapers: number;
  maxClaims: number;
  maxFullTexts: number;
  relay: string | undefined;
  identity: Identity;
  /** Absolute, ends in a slash. */
  modelUrl: string;
  /** Likewise of the larger model, where the reader will have it. */
  deepUrl: string | undefined;
}

interface Field {
  id: string;
  label: string;
  hint: string;
  value: string;
  /** For numbers: the least and the most. */
  range?: readonly [number, number];
  /** For what is kept of the reader: which part of it. */
  part?: keyof Identity;
}

const FIELDS: readonly Field[] = [
  { id: 'max-papers', label: 'Papers', hint: 'read and asked at most', value: String(LIMITS.maxPapers), range: BOUNDS.maxPapers },
  { id: 'max-claims', label: 'Claims', hint: 'tested at most', value: String(LIMITS.maxClaims), range: BOUNDS.maxClaims },
  { id: 'max-full-texts', label: 'Full texts', hint: 'read at most; 0 reads abstracts only', value: String(LIMITS.maxFullTexts), range: BOUNDS.maxFullTexts },
  { id: 'relay', label: 'Relay for arXiv’s search', hint: 'put in front of the encoded address; it sees your search words', value: '' },
  { id: 'model-url', label: 'Model folder', hint: 'manifest.json with the model and tokenizer that it names', value: MODEL_URL },
  { id: 'openalex-key', label: 'Your key for OpenAlex', hint: 'free at openalex.org; ten times as many searches a day', value: '', part: 'openalexKey' },
  { id: 'semantic-scholar-key', label: 'Your key for Semantic Scholar', hint: 'it is often too busy for those without one', value: '', part: 'semanticScholarKey' },
  { id: 'email', label: 'Your e-mail address', hint: 'with one, Unpaywall is asked for open copies of papers; Crossref and DataCite are told it too, and answer more to whom they know', value: '', part: 'email' },
];

const PARTS = FIELDS.filter(({ part }) => part !== undefined);

/** Builds the fields. */
export function listSettings(): void {
  const deep = deepField();
  byId('settings-fields', HTMLDivElement).append(...FIELDS.map(makeField), forgetting(), ...(deep ? [deep] : []));
}

/** What is kept of the reader, and the press that deletes it. */
function forgetting(): HTMLElement {
  const button = el('button', { class: 'quiet small', id: 'forget-identity', type: 'button' }, 'Forget keys and address');
  button.addEventListener('click', () => {
    keepIdentity({});
    for (const field of PARTS) {
      input(field).value = '';
      check(field);
    }
  });
  const said = 'Keys and address are kept in this browser alone; each is sent only to those named, and no report or link has it.';
  return el('div', { class: 'field' }, el('span', { class: 'hint', id: 'identity-hint' }, said), button);
}

/** Keeps what the reader entered, as far as it is right. */
function keepParts(): void {
  keepIdentity(identityOf(PARTS.filter((field) => problemOf(field, textOf(field.id)) === undefined)));
}

const identityOf = (fields: readonly Field[]): Identity => checkedIdentity(Object.fromEntries(fields.flatMap(({ id, part }) => (part ? [[part, textOf(id)]] : []))));

/**
 * Reads and checks every field.
 * @returns the settings, or nothing where a field is wrong: then its message is shown and it has the focus
 */
export function readSettings(): Settings | undefined {
  const wrong = FIELDS.filter((field) => !check(field));
  const [first] = wrong;
  if (first) {
    byId('settings-panel', HTMLDetailsElement).open = true;
    input(first).focus();
    return undefined;
  }
  return {
    maxPapers: numberOf('max-papers'),
    maxClaims: numberOf('max-claims'),
    maxFullTexts: numberOf('max-full-texts'),
    relay: textOf('relay') || undefined,
    identity: identityOf(PARTS),
    modelUrl: folder(textOf('model-url')).href,
    deepUrl: deepUrl(),
  };
}

function makeField(field: Field): HTMLElement {
  const { id, label, hint, range, part } = field;
  const isKey = part !== undefined && part !== 'email';
  const box = el('input', {
    id,
    type: isKey ? 'password' : 'text',
    value: (part && keptIdentity()[part]) ?? field.value,
    inputmode: range ? 'numeric' : part ? 'email' : 'url',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-describedby': `${id}-hint ${id}-problem`,
    placeholder: id === 'relay' ? 'https://…?url=' : undefined,
  });
  // A message goes while the reader corrects the field, not when it loses the focus: the click that takes the focus
  // away must not find the page moved under it.
  box.addEventListener('input', () => {
    if (box.hasAttribute('aria-invalid')) check(field);
  });
  if (part) box.addEventListener('change', keepParts);
  return el(
    'div',
    { class: range ? 'field short' : 'field' },
    el('label', { for: id }, label),
    box,
    el('span', { class: 'hint', id: `${id}-hint` }, range ? `${hint} (${range[0]}–${range[1]})` : hint),
    el('span', { class: 'problem', id: `${id}-problem`, hidden: true }),
  );
}

function check(field: Field): boolean {
  const problem = problemOf(field, textOf(field.id));
  const note = byId(`${field.id}-problem`, HTMLSpanElement);
  setText(note, problem ?? '');
  show(note, problem !== undefined);
  if (problem === undefined) input(field).removeAttribute('aria-invalid');
  else input(field).setAttribute('aria-invalid', 'true');
  return problem === undefined;
}

function problemOf({ id, range, part }: Field, text: string): string | undefined {
  if (range) {
    const [least, most] = range;
    const fits = /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
    return fits ? undefined : `“${text}” is not a whole number from ${least} to ${most}.`;
  }
  if ((part ?? id === 'relay') && text === '') return undefined;
  if (part) return sentence(problemWith(part, text));
  try {
    const { protocol, origin } = id === 'relay' ? new URL(text) : folder(text);
    if (protocol === 'https:' || (id !== 'relay' && origin === globalThis.location.origin)) return undefined;
    return `“${text}” is not an https address.`;
  } catch {
    return `“${text}” is not an address: it should begin with https://.`;
  }
}

const sentence = (problem: string | undefined): string | undefined => problem && `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`;

function folder(text: string): URL {
  const url = new URL(text || MODEL_URL, document.baseURI);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

const input = ({ id }: Field): HTMLInputElement => byId(id, HTMLInputElement);
const textOf = (id: string): string => byId(id, HTMLInputElement).value.trim();
const numberOf = (id: string): number => Number(textOf(id));
