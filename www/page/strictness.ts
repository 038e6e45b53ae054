/** How strict verdicts are: one control between the two strengths of the model's manifest. Nothing is asked of the model. */
import type { Outcome } from '../../pkg/probatum.js';
import { byId, el, setText, show } from './dom';
import { announce } from './live';

/** Steps of the control from one strength to the other. */
const STEPS = 20;

/** What was measured where a firm threshold stands. */
interface Measured {
  /** Shares, from 0 to 1. */
  wrong: number;
  kept: number;
}

/** What is read here of the report's JSON. */
export interface Judged {
  claims: unknown[];
  verdicts: Record<string, number>;
  provenance: {
    model: {
      thresholds: {
        supported: number;
        leansSupported: number;
        leansRefuted: number;
        refuted: number;
        measured?: Record<string, Measured | undefined>;
        leniency?: number;
      };
    };
  };
}

const COUNTED: readonly (readonly [string, string])[] = [
  ['supported', 'supported'],
  ['leansSupported', 'lean to supported'],
  ['contested', 'contested'],
  ['leansRefuted', 'lean to refuted'],
  ['refuted', 'refuted'],
  ['notEnoughInfo', 'undecided'],
];

/** Whether there is anything to move: claims, and a lower threshold on either side. */
export function canMove({ claims, provenance }: Judged): boolean {
  const { supported, leansSupported, leansRefuted, refuted, leniency } = provenance.model.thresholds;
  return claims.length > 0 && (leniency !== undefined || leansSupported < supported || leansRefuted < refuted);
}

/** How often verdicts of this strictness erred where that was measured, and how many they find. */
export function errorRate({ provenance }: Judged): string {
  const { measured } = provenance.model.thresholds;
  const of = (label: string) => {
    const at = measured?.[label];
    return at === undefined ? [] : [`${label}: ${hundredths(at.wrong)} of 100 wrong, finds ${hundredths(at.kept)} of 100`];
  };
  const said = [...of('supported'), ...of('refuted')];
  return said.length === 0 ? 'How often they err was not measured for this model.' : `Where measured, ${said.join('; ')}.`;
}

/** How the claims come out: "2 supported · 3 lean to supported". */
export function outcomeCounts({ verdicts }: Judged): string {
  const shown = COUNTED.filter(([name]) => (verdicts[name] ?? 0) > 0).map(([name, words]) => `${verdicts[name] ?? 0} ${words}`);
  return shown.join(' · ');
}

const hundredths = (share: number) => String(Math.round(100 * share));

/**
 * Shows the control for a report.
 * @param rejudge - the run at another strictness, from 0 to 1
 * @param changed - called with it once it is the one wanted
 */
export function offerStrictness(
  shown: Outcome,
  rejudge: (leniency: number) => Promise<Outcome>,
  changed: (outcome: Outcome, leniency: number) => void,
): void {
  const judged = read(shown);
  const box = byId('strictness', HTMLDivElement);
  const jump = byId('strictness-jump', HTMLButtonElement);
  for (const part of [box, jump]) show(part, canMove(judged));
  if (box.hidden) return;
  const slider = el('input', { type: 'range', id: 'strictness-range', min: '0', max: String(STEPS), step: '1', 'aria-describedby': 'strictness-says strictness-counts' });
  slider.value = String(Math.round((judged.provenance.model.thresholds.leniency ?? 0) * STEPS));
  const says = el('p', { class: 'hint', id: 'strictness-says' });
  const counts = el('p', { class: 'strictness-counts', id: 'strictness-counts' });
  const write = (now: Judged) => {
    setText(says, errorRate(now));
    setText(counts, outcomeCounts(now));
    slider.setAttribute('aria-valuetext', `${where(Number(slider.value))}. ${errorRate(now)}`);
  };
  write(judged);
  box.replaceChildren(
    el('label', { for: slider.id }, 'How strict verdicts are'),
    el('div', { class: 'strictness-scale' }, el('span', {}, 'fewer, surer'), slider, el('span', {}, 'more, less sure')),
    counts,
    says,
  );
  // It stands at the end of the document, and on a wide screen at its lower edge all the while.
  jump.onclick = () => {
    slider.focus();
  };
  let at = slider.value;
  let busy = false;
  const follow = async () => {
    if (busy) return;
    busy = true;
    try {
      while (at !== slider.value) {
        const wanted = slider.value;
        const outcome = await rejudge(Number(wanted) / STEPS);
        at = wanted;
        // A later report may have taken the place of the one that was moved.
        if (!slider.isConnected) return;
        const now = read(outcome);
        write(now);
        changed(outcome, Number(wanted) / STEPS);
        announce(outcomeCounts(now));
      }
    } catch {
      slider.disabled = true;
      setText(says, 'This report was made by another version of the page: its strictness cannot be changed.');
    } finally {
      busy = false;
    }
  };
  slider.addEventListener('input', () => void follow());
}

function where(step: number): string {
  if (step === 0) return 'strictest';
  return step === STEPS ? 'least strict' : `${String(Math.round((100 * step) / STEPS))} % of the way to least strict`;
}

const read = ({ json }: Outcome) => JSON.parse(json) as Judged;
