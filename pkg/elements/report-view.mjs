/** A report as a document: the answer first. Whatever comes from the report becomes text, and only web addresses links. */
import { el, link } from './dom.mjs';
import { SIDES, meterWithKey } from './meter.mjs';
import { VERDICTS, isDecided, isOfTable, probability, visible } from './words.mjs';

/**
 * @typedef {import('./dom.mjs').Child} Child
 * @typedef {import('./report-data.mjs').Report} Report
 * @typedef {import('./report-data.mjs').Answer} Answer
 * @typedef {import('./report-data.mjs').Evidence} Evidence
 * @typedef {import('./report-data.mjs').Finding} Finding
 * @typedef {import('./report-data.mjs').PaperId} PaperId
 * @typedef {import('./report-data.mjs').PaperRow} PaperRow
 * @typedef {import('./report-data.mjs').PassageRef} PassageRef
 * @typedef {import('./report-data.mjs').Reference} Reference
 * @typedef {import('./report-data.mjs').Statement} Statement
 */

/** Papers marked after a finding, at most: the table has all of them. */
const MARKED = 5;
/** Works shown where no paper answers, at most. */
const NEAREST = 5;

const READING = { 'full-text': 'full text', abstract: 'abstract', nothing: 'title' };
const NOTICES = { corrected: 'corrected', concern: 'expression of concern', withdrawn: 'withdrawn', retracted: 'retracted' };
const DECIDES = { for: 'entails the claim', against: 'contradicts the claim', none: 'decides nothing' };
const KINDS = { finding: 'own finding', 'second-hand': 'second-hand', assumption: 'assumption' };

/**
 * The article. Throws where the report lacks what its schema promises.
 * @param {Report} report
 * @returns {HTMLElement}
 */
export const articleOf = (report) => new Article(report).article();

class Article {
  #report;
  /** @type {Map<PaperId, Reference>} */
  #references;
  /** @type {Map<PaperId, HTMLElement>} the entry of each reference, where marks lead */
  #entries = new Map();

  /** @param {Report} report */
  constructor(report) {
    this.#report = report;
    this.#references = new Map(report.references.map((reference) => [reference.id, reference]));
  }

  article() {
    const { title, date, abstract, claims, secondHand, limitations, warnings, introduction, methodology } = this.#report;
    const remedies = warnings.map(({ message, remedy }) => put('li', {}, message, remedy && put('em', {}, ` ${remedy}`)));
    return el(
      'article',
      { 'aria-labelledby': 'title' },
      el('header', {}, put('h2', { id: 'title', part: 'title', dir: 'auto' }, title)),
      el('section', { class: 'answer', part: 'answer', 'aria-label': 'The answer' }, ...this.#answers()),
      // The first statement of the abstract is the answer.
      ...this.#section('How sure, and from what', 'abstract', this.#prose(abstract.slice(1))),
      ...this.#section('Papers', 'papers', this.#papers()),
      ...this.#section('Claims', 'claims', claims.map((checked) => this.#claim(checked))),
      ...this.#section('Second-hand claims, not checked at their source', 'second-hand', this.#secondHand(secondHand)),
      ...this.#section('Limitations', 'limitations', [el('ul', { class: 'items' }, ...limitations.map((statement) => el('li', {}, ...this.#sentence(statement))), ...remedies)]),
      ...this.#section('References', 'references', [this.#list(), ...this.#excluded()]),
      el('details', { part: 'method' }, el('summary', {}, 'How this report was made'), ...this.#prose([...introduction, ...methodology])),
      put('p', { class: 'fine' }, `Made by Probatum on ${date}.`),
    );
  }

  /**
   * A section, where there is anything for it.
   * @param {string} heading
   * @param {string} name its part
   * @param {HTMLElement[]} body
   */
  #section(heading, name, body) {
    return body.length === 0 ? [] : [el('section', { part: name, 'aria-labelledby': name }, el('h3', { id: name }, heading), ...body)];
  }

  #answers() {
    const { answer, otherAnswers, notice, cancelled } = this.#report;
    const notices = [notice, cancelled && 'Cancelled: this report covers what had been found until then.'].filter((text) => typeof text === 'string');
    return [
      put('p', { class: 'answer-text', part: 'answer-text', dir: 'auto' }, answer.text),
      ...notices.map((text) => put('p', { class: 'notice', part: 'notice', role: 'note' }, text)),
      answer.proposition && el('p', { class: 'fine' }, 'Asked of each paper: ', put('q', { dir: 'auto' }, answer.proposition)),
      ...this.#answer(answer, 'meter'),
      ...this.#nearest(),
      ...otherAnswers.map((other, at) =>
        el('section', { class: 'other' }, put('h3', { dir: 'auto' }, other.proposition ?? ''), put('p', {}, other.text), ...this.#answer(other, `meter-${at}`)),
      ),
    ].filter((child) => child instanceof Node);
  }

  /**
   * What stands under an answer's words; where too few papers take a side, what they find comes before the meter.
   * @param {Answer} answer
   * @param {string} id
   */
  #answer(answer, id) {
    const meter = sided(answer) ? [meterWithKey(answer.counts, id)] : [];
    const found = [...this.#disagreement(answer), ...this.#sizes(answer), ...this.#findings(answer)];
    return answer.label === 'list' ? [...found, ...meter] : [...meter, ...found];
  }

  /**
   * The strongest finding for and against, side by side, and what the two papers state differently.
   * @param {Answer} answer
   */
  #disagreement({ disagreement, findings }) {
    if (!disagreement) return [];
    const { onOneSide, onTheOther, differences } = disagreement;
    /** @type {[string, string, PaperId][]} */
    const sides = [['yes', 'Strongest for', onOneSide], ['no', 'Strongest against', onTheOther]];
    const boxes = sides.map(([name, heading, paper]) => {
      const finding = this.#report.papers.find(({ id }) => id === paper)?.finding;
      const found = findings.find(({ papers }) => papers[0] === paper);
      return el(
        'div',
        { class: `side ${name}` },
        el('h3', {}, heading),
        el('p', { class: 'fine' }, this.#byline(paper), ' ', this.#mark(paper)),
        el('blockquote', { dir: 'auto' }, finding ? this.#quote(finding) : ''),
        found && this.#agreement(found),
      );
    });
    const differ = differences.length > 0 ? [put('p', { class: 'fine' }, `The two papers differ in ${differences.join('; ')}.`)] : [];
    return [el('div', { class: 'pair' }, ...boxes), ...differ];
  }

  /** @param {Answer} answer */
  #sizes({ sizes }) {
    if (sizes.length === 0) return [];
    const rows = sizes.map(({ sizes, text, paper }) =>
      el('tr', {}, put('th', { scope: 'row' }, sizes.join('; ')), put('td', { dir: 'auto' }, `“${text}”`), el('td', {}, this.#mark(paper))),
    );
    return [table('Sizes that the papers state', ['Size', 'Where', 'Paper'], rows)];
  }

  /**
   * The findings that neither the pair nor the sizes show.
   * @param {Answer} answer
   */
  #findings({ findings, disagreement, sizes }) {
    const shown = [disagreement?.onOneSide, disagreement?.onTheOther, ...sizes.map(({ paper }) => paper)].filter(Boolean);
    const items = findings
      .filter(({ papers }) => !shown.includes(papers[0]))
      .map((found) => el('li', {}, this.#found(found), ' ', this.#mark(found.papers[0]), this.#agreement(found)));
    if (items.length === 0) return [];
    return [el('h3', {}, shown.length > 0 ? 'What others find' : 'What the papers find'), el('ul', { class: 'findings', part: 'findings' }, ...items)];
  }

  /** @param {import('../probatum.js').Found} found */
  #found({ text, papers }) {
    const row = this.#report.papers.find(({ id }) => id === papers[0]);
    const finding = [row?.finding, row?.second].find((finding) => finding?.text === text);
    return finding ? this.#quote(finding) : put('span', { dir: 'auto' }, `“${text}”`);
  }

  /**
   * "2 more papers agree [3] [5]; 1 disagrees [2]"; nothing where one stands alone.
   * @param {import('../probatum.js').Found} found
   */
  #agreement({ papers, against }) {
    /** @type {[PaperId[], string, string][]} */
    const groups = [[papers.slice(1), 'more paper agrees', 'more papers agree'], [against, 'disagrees', 'disagree']];
    const said = groups.filter(([ids]) => ids.length > 0).map(([ids, one, several]) => {
      const marks = ids.slice(0, MARKED).flatMap((id) => [' ', this.#mark(id)]);
      return el('span', {}, `${ids.length} ${ids.length === 1 ? one : several}`, ...marks, ids.length > MARKED && ' …');
    });
    return said.length > 0 && el('p', { class: 'fine' }, ...said.flatMap((part, at) => (at === 0 ? [part] : ['; ', part])));
  }

  /** Where no paper answers: the works set aside that came nearest. */
  #nearest() {
    const { answer, excluded } = this.#report;
    if (!answer.none || excluded.length === 0) return [];
    const items = excluded.slice(0, NEAREST).map(({ title, url, reason }) => el('li', {}, webLink(url, title), put('p', { class: 'fine' }, reason)));
    return [el('h3', {}, 'Nearest works'), el('ul', { class: 'findings' }, ...items)];
  }

  /**
   * Statements as paragraphs: a topic opens one; quotations stand under it.
   * @param {Statement[]} statements
   */
  #prose(statements) {
    /** @type {HTMLElement[]} */
    const paragraphs = [];
    for (const statement of statements) {
      if (statement.topic || paragraphs.length === 0) paragraphs.push(el('p', {}, statement.topic && put('b', {}, `${statement.topic}. `)));
      paragraphs.at(-1)?.append(...this.#sentence(statement), ' ');
    }
    return paragraphs;
  }

  /**
   * @param {Statement} statement
   * @returns {Node[]}
   */
  #sentence({ text, kind, papers }) {
    return [put('span', { dir: 'auto' }, kind === 'quoted' ? `“${text}”` : text), ...papers.flatMap((id) => [new Text(' '), this.#mark(id)])];
  }

  #papers() {
    const { papers, answer } = this.#report;
    if (papers.length === 0) return [];
    const asked = typeof answer.proposition === 'string';
    const columns = ['Paper and finding', 'Year', 'Studied', 'Whose', 'Read'];
    const rows = papers.map((row) => this.#row(row, asked));
    return [el('div', { class: 'cards' }, table('Papers, the most direct first', asked ? ['Stance', ...columns] : columns, rows))];
  }

  /**
   * @param {PaperRow} row
   * @param {boolean} asked whether the papers were asked for a side
   */
  #row(row, asked) {
    const { stance, sure, finding, second, year, study, reading } = row;
    const known = SIDES.find((side) => side.stance === stance);
    const said = `${sure || stance === 'silent' ? '' : 'perhaps '}${stance === 'silent' ? 'takes no side' : (known?.words ?? 'unknown')}`;
    const stated = [study.design, study.sample, study.population].filter((stated) => stated != null);
    const title = el('cite', { dir: 'auto' }, webLink(this.#references.get(row.id)?.url ?? '', row.title));
    return el(
      'tr',
      {},
      asked && el('td', { 'data-label': 'Stance' }, el('span', { class: `stance ${known?.stance ?? 'silent'}` }, said)),
      el(
        'th',
        { scope: 'row' },
        title,
        ' ',
        this.#mark(row.id),
        el('p', { class: 'finding', dir: 'auto' }, finding ? this.#quote(finding) : 'no sentence that states a finding could be read'),
        second && el('details', {}, el('summary', {}, 'next best sentence'), el('p', { class: 'finding', dir: 'auto' }, this.#quote(second))),
      ),
      put('td', { 'data-label': 'Year' }, year == null ? 'not stated' : String(year)),
      put('td', { 'data-label': 'Studied' }, stated.map(({ value }) => value).join('; ') || 'not stated'),
      el('td', { 'data-label': 'Whose' }, finding ? worded(KINDS, finding.kind) : 'not stated'),
      el('td', { 'data-label': 'Read' }, worded(READING, reading)),
    );
  }

  /** @param {Report['claims'][number]} checked */
  #claim({ claim, verdict }) {
    const label = verdict && Object.hasOwn(VERDICTS, verdict.label) ? verdict.label : undefined;
    const sure = verdict && label && isDecided(label) && typeof verdict.confidence === 'number' ? `confidence ${probability(verdict.confidence)}` : undefined;
    const heading = `claim-${claim.id.replace(/\W/g, '')}`;
    return el(
      'article',
      { class: `claim ${label ?? ''}`, part: 'claim', 'aria-labelledby': heading },
      el('header', {}, put('h4', { id: heading }, claim.id), el('span', { class: `chip ${label ?? ''}`, part: 'label' }, label ? VERDICTS[label] : 'Not judged'), put('span', { class: 'fine' }, sure ?? '')),
      put('blockquote', { dir: 'auto' }, claim.text),
      el('p', { class: 'fine' }, this.#mark(claim.at.paper), ' ', webLink(this.#address(claim.at), claim.section || 'passage')),
      put('p', {}, verdict?.reason ?? 'The run ended before this claim was judged.'),
      verdict && this.#evidence('Evidence for', verdict.evidenceFor, true),
      verdict && this.#evidence('Evidence against', verdict.evidenceAgainst, true),
      verdict && this.#evidence('Nearest sentences, deciding nothing', verdict.nearest, false),
      verdict?.grounded && this.#evidence('Its own paper also says (this is no corroboration)', [verdict.grounded], false),
    );
  }

  /**
   * @param {string} heading
   * @param {Evidence[]} evidence
   * @param {boolean} open
   */
  #evidence(heading, evidence, open) {
    if (evidence.length === 0) return undefined;
    const items = evidence.map((one) => {
      const [before, after] = around(one);
      const { entailment, neutral, contradiction } = one.probability;
      const weighed = `${one.strength === 'leaning' ? 'leans: ' : ''}${worded(DECIDES, one.decides)} (entails ${probability(entailment)}, neutral ${probability(neutral)}, contradicts ${probability(contradiction)})${isOfTable(one) ? ', read from a table,' : ''}`;
      return el(
        'li',
        {},
        put('blockquote', { dir: 'auto' }, before, put('mark', { class: one.decides === 'against' ? 'against' : 'for' }, one.quote), after),
        el('p', { class: 'fine' }, this.#mark(one.at.paper), ` ${weighed} `, this.#open(one.at)),
      );
    });
    return el('details', { open, part: 'evidence' }, el('summary', {}, `${heading} (${evidence.length})`), el('ul', {}, ...items));
  }

  /** @param {Report['secondHand']} claims */
  #secondHand(claims) {
    if (claims.length === 0) return [];
    const items = claims.map(({ text, at, section }) => el('li', {}, put('span', { dir: 'auto' }, `“${text}”`), ' ', this.#mark(at.paper), ' ', webLink(this.#address(at), section)));
    return [el('ul', { class: 'findings' }, ...items)];
  }

  #list() {
    const items = this.#report.references.map((reference) => {
      const { id, authors, title, venue, year, doi, arxivId, url, reading, demonstration } = reference;
      const item = el(
        'li',
        { tabindex: '-1', value: String(reference.number) },
        this.#notice(reference),
        put('span', {}, `${authors.length > 0 ? authors.join(', ') : 'Authors not given'}. `),
        el('cite', { dir: 'auto' }, webLink(url, title)),
        put('span', {}, `. ${venue ? `${venue}. ` : ''}${year ?? 'Year not given'}. `),
        doi && webLink(`https://doi.org/${doi}`, `doi:${doi}`),
        doi && ' ',
        arxivId && webLink(`https://arxiv.org/abs/${arxivId}`, `arXiv:${arxivId}`),
        put('span', { class: 'fine' }, ` Read: ${worded(READING, reading)}.${demonstration ? ' Written for the demonstration, not real literature.' : ''}`),
      );
      this.#entries.set(id, item);
      return item;
    });
    return items.length > 0 ? el('ol', {}, ...items) : el('p', {}, 'None.');
  }

  #excluded() {
    const { excluded } = this.#report;
    if (excluded.length === 0) return [];
    const rows = excluded.map(({ title, url, reason }) => el('tr', {}, el('th', { scope: 'row', dir: 'auto' }, webLink(url, title)), put('td', {}, reason)));
    return [el('details', {}, el('summary', {}, `Papers set aside (${excluded.length})`), table('Papers set aside, with the reason', ['Paper', 'Reason'], rows))];
  }

  /**
   * A citation mark, which leads to its reference; what became of a paper is said wherever it is cited.
   * @param {PaperId} id
   */
  #mark(id) {
    const reference = this.#references.get(id);
    if (!reference) return el('span');
    const mark = put('button', { type: 'button', class: 'cited', title: `${this.#byline(id)}: ${visible(reference.title)}`, 'aria-label': `Reference ${reference.number}` }, `[${reference.number}]`);
    mark.addEventListener('click', () => {
      const entry = this.#entries.get(id);
      entry?.scrollIntoView({ block: 'center' });
      entry?.focus({ preventScroll: true });
    });
    return el('span', {}, mark, this.#notice(reference));
  }

  /** @param {Reference} reference */
  #notice({ notice, retracted }) {
    const known = notice ?? (retracted ? 'retracted' : undefined);
    return known !== undefined && el('span', {}, ' ', el('strong', { class: 'chip refuted' }, worded(NOTICES, known)), ' ');
  }

  /**
   * "A. Author and others, 2020".
   * @param {PaperId} id
   */
  #byline(id) {
    const { authors = [], year } = this.#references.get(id) ?? {};
    const who = authors.length === 0 ? 'Authors not given' : authors.length > 2 ? `${authors[0]} and others` : authors.join(' and ');
    return visible(year == null ? who : `${who}, ${year}`);
  }

  /**
   * A link to where a passage can be read, where it can.
   * @param {PassageRef} at
   */
  #open(at) {
    const address = webLink(this.#address(at), 'Open the paper');
    return address instanceof HTMLAnchorElement && address;
  }

  /**
   * A sentence in quotation marks, linked to where it stands.
   * @param {Finding} finding
   */
  #quote({ at, text }) {
    return webLink(this.#address(at), `“${text}”`);
  }

  /**
   * Where a passage can be read: its own place, else its paper's page; empty where there is neither.
   * @param {PassageRef} at
   */
  #address({ paper, section, passage }) {
    const place = this.#report.places.find(({ at }) => at.paper === paper && at.section === section && at.passage === passage);
    return place?.url ?? this.#references.get(paper)?.url ?? '';
  }
}

/**
 * Whether any paper takes a side.
 * @param {Answer} answer
 */
const sided = ({ counts: { yes, no, mixed, noDifference } }) => yes + no + mixed + noDifference > 0;

/**
 * An element whose words come from the report.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean | undefined>} attributes
 * @param {...Child} children
 */
const put = (tag, attributes, ...children) => el(tag, attributes, ...children.map((child) => (typeof child === 'string' ? visible(child) : child)));

/**
 * @param {string} url
 * @param {string} text
 */
const webLink = (url, text) => link(url, visible(text));

/**
 * A value's words; what this version does not know is said as it is.
 * @param {Record<string, string>} words
 * @param {string} value
 */
const worded = (words, value) => (Object.hasOwn(words, value) ? words[value] : visible(value));

/**
 * The passage before and after its quoted sentence; nothing where the span, which counts bytes of UTF-8, does not fit.
 * @param {Evidence} evidence
 * @returns {[string, string]}
 */
function around({ passage, span: { start, end }, quote }) {
  const bytes = new TextEncoder().encode(passage);
  const [before, within, after] = [bytes.subarray(0, start), bytes.subarray(start, end), bytes.subarray(end)].map((part) => new TextDecoder().decode(part));
  return within === quote ? [before, after] : ['', ''];
}

/**
 * A table that scrolls within itself where it is wider than its place.
 * @param {string} caption
 * @param {string[]} columns
 * @param {HTMLElement[]} rows
 */
function table(caption, columns, rows) {
  const head = el('tr', {}, ...columns.map((column) => el('th', { scope: 'col' }, column)));
  const made = el('table', {}, el('caption', {}, caption), el('thead', {}, head), el('tbody', {}, ...rows));
  return el('div', { class: 'table', part: 'table', role: 'region', 'aria-label': caption, tabindex: '0' }, made);
}
