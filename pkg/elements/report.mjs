/** `<probatum-report>`: a report, shown from its JSON alone. */
import { asError, usageError } from '../errors.mjs';
import { Base, adopt } from './base.mjs';
import { el } from './dom.mjs';
import { NONE, asReport } from './report-data.mjs';
import { STYLE } from './report-style.mjs';
import { articleOf } from './report-view.mjs';
import { dress } from './style.mjs';

/**
 * Shows the report at `src`, or the one given as `report`. It asks for nothing but `src`, and runs nothing of what the report
 * holds. What cannot be shown is said in its place.
 */
export class ProbatumReport extends Base {
  static observedAttributes = ['src'];
  #shown = el('div', { part: 'report' });
  /** @type {object | undefined} */
  #report;
  /** @type {AbortController | undefined} ends the fetch under way */
  #fetching;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    dress(root, STYLE);
    root.append(this.#shown);
  }

  /** Address of the report's JSON, as the attribute has it. */
  get src() {
    return this.getAttribute('src') ?? '';
  }

  /** Has the report at an address shown. */
  set src(address) {
    this.setAttribute('src', address);
  }

  /**
   * The report, as an object: what `JSON.parse(outcome.json)` gives.
   * @returns {object | undefined}
   */
  get report() {
    return this.#report;
  }

  /** Shows a report; `undefined` takes away what is shown. */
  set report(report) {
    this.#fetching?.abort();
    if (report === undefined) this.#clear();
    else this.#show(() => report);
  }

  /** @ignore */
  connectedCallback() {
    adopt(this, ['report']);
  }

  /** @ignore */
  attributeChangedCallback() {
    this.#fetching?.abort();
    if (this.src === '') this.#clear();
    else void this.#load(new URL(this.src, this.baseURI));
  }

  /** @param {URL} url */
  async #load(url) {
    const fetching = new AbortController();
    this.#fetching = fetching;
    this.#shown.setAttribute('aria-busy', 'true');
    this.#shown.replaceChildren(el('p', { class: 'fine', role: 'status' }, 'Loading the report …'));
    const text = await fetchText(url, fetching.signal).catch(asError);
    if (fetching.signal.aborted) return;
    this.#show(() => {
      if (text instanceof Error) throw text;
      return parsed(text);
    });
  }

  #clear() {
    this.#report = undefined;
    this.#shown.removeAttribute('aria-busy');
    this.#shown.replaceChildren();
  }

  /** @param {() => unknown} read gives the report, or throws why there is none */
  #show(read) {
    this.#clear();
    try {
      const report = asReport(read());
      this.#shown.append(drawn(report));
      this.#report = report;
    } catch (error) {
      this.#shown.append(el('p', { class: 'error', part: 'error', role: 'alert' }, asError(error).message));
    }
  }
}

/** @param {import('./report-data.mjs').Report} report */
function drawn(report) {
  try {
    return articleOf(report);
  } catch {
    // It says that it is a report, and lacks what every report has.
    throw usageError(NONE);
  }
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw usageError(NONE);
  }
}

/**
 * @param {URL} url
 * @param {AbortSignal} signal
 */
async function fetchText(url, signal) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(url, { signal, credentials: 'same-origin', referrerPolicy: 'no-referrer' });
  } catch {
    throw usageError(`The report at ${url.href} could not be fetched: there is no network, the address is wrong, or its host allows no other site to read it (CORS).`);
  }
  if (!response.ok) throw usageError(`The report at ${url.href} could not be fetched: its host answered ${response.status}. Check the address.`);
  return response.text();
}
