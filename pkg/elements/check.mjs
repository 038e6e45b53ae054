/** `<probatum-check>`: a claim, the texts to check it against, and what comes of it, marked in them. */
import { asError } from '../errors.mjs';
import { Base, adopt } from './base.mjs';
import { STYLE } from './check-style.mjs';
import { heading, marked } from './check-view.mjs';
import { el } from './dom.mjs';
import { dress } from './style.mjs';
import { toolkitAt } from './toolkit.mjs';
import { VERDICTS, megabytes } from './words.mjs';

/**
 * @typedef {import('../probatum.js').Checked} Checked
 * @typedef {import('../probatum.js').GivenText} GivenText
 * @typedef {import('../messages.mjs').ModelState} ModelState
 * @typedef {{ given: GivenText, box: HTMLLIElement, label: HTMLLabelElement, input: HTMLTextAreaElement, remove: HTMLButtonElement }} Entry
 *   one of the texts, and where it is edited
 */

/**
 * What a reader can do about an error, by its name.
 * @type {Readonly<Record<string, string>>}
 */
const REMEDIES = {
  ModelError: 'The model could not be loaded. Check the connection and press “Check” again.',
  EngineError: 'The check could not be started in this browser. Reload the page, or use a newer browser.',
};

/**
 * Checks a claim in the reader's browser. It fires `checked` with what `Probatum.check` gave as its detail; the sentences in
 * it name the texts by their `id`, or by their place in `texts`, from "0" on.
 */
export class ProbatumCheck extends Base {
  /** @type {Entry[]} */
  #entries = [];
  #named = 0;
  /** @type {AbortController | undefined} ends the check under way */
  #running;
  #claim = el('textarea', { id: 'claim', part: 'claim field', rows: '2', dir: 'auto' });
  #list = el('ul', { part: 'texts' });
  #add = el('button', { type: 'button', part: 'button add' }, 'Add a text');
  #check = el('button', { type: 'submit', class: 'primary', part: 'button check' }, 'Check');
  #cancel = el('button', { type: 'button', part: 'button cancel', hidden: true }, 'Cancel');
  #status = el('p', { class: 'status', part: 'status', role: 'status' });
  #bytes = el('p', { class: 'fine bytes', part: 'bytes', hidden: true });
  #progress = el('progress', { part: 'progress', 'aria-label': 'Loading the model' });
  #error = el('p', { id: 'error', class: 'error', part: 'error', role: 'alert', hidden: true });
  #result = el('section', { part: 'result', 'aria-labelledby': 'verdict', hidden: true });

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    dress(root, STYLE);
    const form = el(
      'form',
      { part: 'form', novalidate: true },
      el('label', { for: 'claim' }, 'Claim: one statement, in English'),
      this.#claim,
      el('fieldset', {}, el('legend', {}, 'Texts to check it against'), this.#list, this.#add),
      el('div', { class: 'actions' }, this.#check, this.#cancel, this.#status),
      el('div', { class: 'loading' }, this.#progress, this.#bytes),
      this.#error,
    );
    this.#progress.hidden = true;
    root.append(form, this.#result);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.check();
    });
    this.#add.addEventListener('click', () => this.#append({}).input.focus());
    this.#cancel.addEventListener('click', () => this.cancel());
    this.#append({});
  }

  /** @ignore */
  connectedCallback() {
    adopt(this, ['claim', 'texts']);
  }

  /** @ignore */
  disconnectedCallback() {
    this.cancel();
  }

  /** The claim, as it stands there. */
  get claim() {
    return this.#claim.value;
  }

  /** Puts a claim there. */
  set claim(claim) {
    this.#claim.value = claim;
  }

  /**
   * The texts, as they stand there.
   * @returns {(GivenText & { text: string })[]}
   */
  get texts() {
    return this.#entries.map(({ given, input }) => ({ ...given, text: input.value }));
  }

  /**
   * Puts texts there, in place of those that are.
   * @param {readonly (string | GivenText)[]} texts plain texts, or texts with an id and a title
   */
  set texts(texts) {
    this.#entries = [];
    this.#list.replaceChildren();
    for (const text of texts.length > 0 ? texts : ['']) this.#append(typeof text === 'string' ? { text } : text);
  }

  /**
   * Does what the button does.
   * @returns {Promise<Checked | undefined>} nothing where there is nothing to check, it failed or was cancelled, all of which
   *   the reader is told; likewise where a check is under way
   */
  async check() {
    if (this.#running) return undefined;
    this.#result.hidden = true;
    this.#fail();
    if (this.claim.trim() === '') return this.#lacks(this.#claim, 'Write the claim first: one statement, such as “Naps improve memory.”');
    const texts = this.texts.map((given, at) => ({ ...given, id: given.id ?? String(at) }));
    if (texts.every(({ text }) => text.trim() === '')) return this.#lacks(this.#entries[0].input, 'Paste at least one text that the claim is to be checked against.');
    // Marked in both, a sentence would be wrong in one.
    const twice = texts.findIndex(({ id }, at) => texts.findIndex((other) => other.id === id) < at);
    if (twice >= 0) return this.#lacks(this.#entries[twice].input, `Two of the texts have the id “${texts[twice].id}”: each needs one of its own.`);
    const running = new AbortController();
    this.#running = running;
    this.#busy(true);
    try {
      const checked = await this.#ask(this.claim, texts, running.signal);
      this.#show(checked, texts);
      return checked;
    } catch (error) {
      this.#tell(running.signal.aborted ? 'Cancelled.' : '');
      if (!running.signal.aborted) this.#fail(inWords(asError(error)));
      return undefined;
    } finally {
      this.#running = undefined;
      this.#busy(false);
    }
  }

  /** Ends the check under way, if there is one. */
  cancel() {
    this.#running?.abort();
  }

  /**
   * @param {string} claim
   * @param {GivenText[]} texts
   * @param {AbortSignal} signal
   */
  async #ask(claim, texts, signal) {
    const { modelUrl, wasmUrl } = { modelUrl: this.getAttribute('model-url'), wasmUrl: this.getAttribute('wasm-url') };
    this.#tell('Starting …');
    const probatum = await toolkitAt({ ...(modelUrl && { modelUrl }), ...(wasmUrl && { wasmUrl }) }, signal, (state) => this.#load(state));
    this.#loaded();
    this.#tell('Reading the texts …');
    return probatum.check(claim, texts, { signal });
  }

  /** @param {ModelState} state */
  #load(state) {
    if (state.state === 'downloading') {
      const { received, total } = state;
      this.#tell('Loading the model, which happens once …');
      this.#bytes.textContent = total === undefined ? megabytes(received) : `${megabytes(received)} of ${megabytes(total)}`;
      this.#bytes.hidden = false;
      this.#progress.hidden = false;
      if (total === undefined) this.#progress.removeAttribute('value');
      else this.#progress.value = received / total;
    } else if (state.state === 'loading') {
      this.#loaded();
      this.#tell('Starting the model …');
    }
  }

  #loaded() {
    this.#progress.hidden = true;
    this.#bytes.hidden = true;
  }

  /**
   * @param {Checked} checked
   * @param {(GivenText & { id: string, text: string })[]} texts
   */
  #show(checked, texts) {
    const title = heading(checked);
    this.#result.replaceChildren(title, ...marked(checked, texts.map((given, at) => ({ id: given.id, text: given.text, name: nameOf(given, at) }))));
    this.#result.hidden = false;
    this.#tell(`Checked: ${VERDICTS[checked.label]}.`);
    // A reader who pressed a button here is led on; one who has gone elsewhere is left there.
    const focused = this.shadowRoot?.activeElement;
    if (focused === this.#check || focused === this.#cancel) title.focus();
    this.dispatchEvent(new CustomEvent('checked', { detail: checked, bubbles: true, composed: true }));
  }

  /** @param {boolean} busy */
  #busy(busy) {
    if (!busy && this.shadowRoot?.activeElement === this.#cancel) this.#check.focus();
    // Not disabled: a button that is would lose the focus.
    this.#check.setAttribute('aria-disabled', String(busy));
    this.#cancel.hidden = !busy;
    if (!busy) this.#loaded();
  }

  /** @param {string} words announced to those who cannot see them, where they are new */
  #tell(words) {
    if (this.#status.textContent !== words) this.#status.textContent = words;
  }

  /** @param {string} [words] nothing where nothing is wrong */
  #fail(words) {
    this.#error.hidden = words === undefined;
    this.#error.textContent = words ?? '';
    for (const field of [this.#claim, ...this.#entries.map(({ input }) => input)]) {
      field.removeAttribute('aria-invalid');
      field.removeAttribute('aria-describedby');
    }
  }

  /**
   * @param {HTMLTextAreaElement} field
   * @param {string} words
   */
  #lacks(field, words) {
    this.#tell('');
    this.#fail(words);
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', 'error');
    field.focus();
    return undefined;
  }

  /**
   * @param {GivenText} given
   * @returns {Entry}
   */
  #append(given) {
    const id = `text-${this.#named}`;
    this.#named += 1;
    const label = el('label', { for: id });
    const input = el('textarea', { id, part: 'text field', rows: '6', dir: 'auto' });
    input.value = given.text ?? '';
    const remove = el('button', { type: 'button', part: 'button remove' }, 'Remove');
    const box = el('li', {}, el('div', { class: 'named' }, label, remove), input);
    const entry = { given, box, label, input, remove };
    remove.addEventListener('click', () => this.#remove(entry));
    this.#entries.push(entry);
    this.#list.append(box);
    this.#name();
    return entry;
  }

  /** @param {Entry} entry */
  #remove(entry) {
    const at = this.#entries.indexOf(entry);
    this.#entries.splice(at, 1);
    entry.box.remove();
    this.#name();
    this.#entries[Math.max(0, at - 1)].input.focus();
  }

  /** Numbers the texts; the last one cannot be removed. */
  #name() {
    for (const [at, { given, label, remove }] of this.#entries.entries()) {
      label.textContent = nameOf(given, at);
      remove.setAttribute('aria-label', `Remove ${nameOf(given, at)}`);
      remove.hidden = this.#entries.length === 1;
    }
  }
}

/**
 * How a text is called.
 * @param {GivenText} given
 * @param {number} at from 0
 */
const nameOf = ({ title }, at) => (title ? `Text ${at + 1}: ${title}` : `Text ${at + 1}`);

/**
 * An error as the reader is told it: what to do, and what is known of the cause.
 * @param {Error} error
 */
function inWords({ name, message }) {
  if (name === 'UsageError') return `This cannot be checked: ${message}.`;
  return `${REMEDIES[name] ?? REMEDIES.EngineError} (${message})`;
}
