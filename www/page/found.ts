/** What was found, as it is found: papers, claims, verdicts. It stays when a run is cancelled or fails. */
import { SIDES } from '../../pkg/elements/meter.mjs';
import { VERDICTS, isDecided } from '../../pkg/elements/words.mjs';
import type { Claim, ClaimId, Label, PaperId, PaperStance, PaperSummary, Progress, Verdict } from '../../pkg/probatum.js';
import { byId, el, link, setText, show } from './dom';
import { count } from './words';

/** A paper's row; what is read again is written over what was read first. */
interface PaperRow {
  reading: HTMLElement;
  stance: HTMLElement;
  finding: HTMLElement;
  number: number;
}

/** Papers listed while sources still answer, at most: a glance, not a list to read. */
const FOUND_SHOWN = 20;

/** The list of one run. */
export class Found {
  readonly #papers = new Map<PaperId, PaperRow>();
  readonly #claims = new Map<ClaimId, HTMLElement>();
  readonly #labels = new Map<ClaimId, Label>();
  readonly #titles = new Set<string>();
  #records = 0;
  readonly #details = byId('found-details', HTMLDetailsElement);

  constructor() {
    byId('found-papers', HTMLOListElement).replaceChildren();
    byId('found-claims', HTMLOListElement).replaceChildren();
    setText(byId('found-tally', HTMLSpanElement), '');
    setText(byId('found-heading', HTMLHeadingElement), 'Found so far');
    setText(byId('papers-heading', HTMLHeadingElement), 'Papers found');
    show(byId('found-panel', HTMLElement), false);
    this.#details.open = true;
  }

  /** Adds what a report of the pipeline brings. */
  progress(progress: Progress): void {
    switch (progress.stage) {
      case 'found':
        this.#showFound(progress.papers);
        break;
      case 'screened':
        this.#showPapers(progress.kept);
        break;
      case 'reading':
        this.#showReading(progress.paper, progress.fullText);
        break;
      case 'answering':
        progress.stances.forEach((stance) => {
          this.#showStance(stance);
        });
        break;
      case 'extracted':
        this.#showClaims(progress.claims);
        break;
      case 'verifying':
        this.#showVerdict(progress.verdict);
        break;
      case 'searching':
      case 'deepening':
      case 'looking-up':
      case 'reviewing':
        break;
    }
  }

  /** The report is there: the list steps back, but stays at hand. */
  fold(): void {
    setText(byId('found-heading', HTMLHeadingElement), 'Found on the way');
    this.#details.open = false;
  }

  /** What a source brought, before anything is sorted: each title once, and only the first ones. */
  #showFound(papers: PaperSummary[]): void {
    this.#records += papers.length;
    const list = byId('found-papers', HTMLOListElement);
    for (const { title, url, year } of papers) {
      const known = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');
      if (this.#titles.has(known)) continue;
      this.#titles.add(known);
      if (list.childElementCount < FOUND_SHOWN) list.append(el('li', {}, link(url, title), el('span', { class: 'paper-meta' }, year == null ? '' : String(year))));
    }
    show(byId('found-panel', HTMLElement), true);
    setText(byId('found-tally', HTMLSpanElement), `${count('record', this.#records)}, ${count('title', this.#titles.size)}; the nearest are kept`);
  }

  #showPapers(kept: PaperSummary[]): void {
    const items = kept.map((paper, index) => {
      const reading = el('span', { class: 'tag' });
      const year = paper.year == null ? '' : String(paper.year);
      const stance = el('span', { class: 'tag' });
      const finding = el('p', { class: 'paper-finding', hidden: true });
      this.#papers.set(paper.id, { reading, stance, finding, number: index + 1 });
      const title = paper.url === '' ? paper.title : link(paper.url, paper.title);
      return el('li', {}, title, el('span', { class: 'paper-meta' }, year, reading, stance), finding);
    });
    byId('found-papers', HTMLOListElement).replaceChildren(...items);
    setText(byId('papers-heading', HTMLHeadingElement), 'Papers kept');
    show(byId('found-panel', HTMLElement), true);
    this.#count();
  }

  #showReading(id: PaperId, fullText: boolean): void {
    const paper = this.#papers.get(id);
    if (!paper) return;
    setText(paper.reading, fullText ? 'full text' : 'abstract only');
    if (fullText) paper.reading.dataset.reading = 'full';
  }

  /** What a paper says to the question, as soon as it was asked; it may be asked again. */
  #showStance({ paper: id, stance, finding, probability }: PaperStance): void {
    const paper = this.#papers.get(id);
    if (!paper) return;
    if (probability == null) delete paper.stance.dataset.stance;
    else paper.stance.dataset.stance = stance;
    setText(paper.stance, probability == null ? '' : (SIDES.find((side) => side.stance === stance)?.words ?? stance));
    setText(paper.finding, finding == null ? '' : `“${finding.text}”`);
    show(paper.finding, finding != null);
  }

  #showClaims(claims: Claim[]): void {
    const items = claims.map((claim) => {
      const chip = el('span', { class: 'verdict-chip' }, 'to be tested');
      this.#claims.set(claim.id, chip);
      const paper = this.#papers.get(claim.at.paper);
      const from = `paper ${paper ? String(paper.number) : claim.at.paper}, ${claim.section}`;
      return el('li', {}, chip, el('p', { class: 'claim-text' }, claim.text), el('p', { class: 'claim-meta' }, from));
    });
    byId('found-claims', HTMLOListElement).replaceChildren(...items);
    this.#count();
  }

  #showVerdict(verdict: Verdict): void {
    const chip = this.#claims.get(verdict.claim);
    if (!chip) return;
    chip.dataset.label = verdict.label;
    const confidence = isDecided(verdict.label) ? verdict.confidence : undefined;
    const sure = confidence == null ? '' : ` ${confidence.toFixed(2)}`;
    setText(chip, VERDICTS[verdict.label] + sure);
    chip.title = verdict.reason;
    this.#labels.set(verdict.claim, verdict.label);
    this.#count();
  }

  #count(): void {
    const labels = [...this.#labels.values()];
    const verdicts = (Object.keys(VERDICTS) as Label[])
      .map((label) => ({ label, times: labels.filter((other) => other === label).length }))
      .filter(({ times }) => times > 0)
      .map(({ label, times }) => `${times} ${VERDICTS[label].toLowerCase()}`);
    const parts = [count('paper', this.#papers.size), this.#claims.size > 0 && count('claim', this.#claims.size), ...verdicts];
    setText(byId('found-tally', HTMLSpanElement), parts.filter(Boolean).join(' · '));
  }
}
