/** The answer while it forms: its words, the meter, how many papers were asked. The report takes its place. */
import { meter } from '../../pkg/elements/meter.mjs';
import type { Progress } from '../../pkg/probatum.js';
import { byId, setText, show } from './dom';
import { count } from './words';

const panel = () => byId('answer-panel', HTMLElement);

/** A new run begins, or its report is there: no forming answer is shown. */
export function hideAnswer(): void {
  show(panel(), false);
}

/** Shows the answer as it stands. */
export function showAnswer({ answer, done, total }: Extract<Progress, { stage: 'answering' }>): void {
  setText(byId('answer-text', HTMLParagraphElement), answer.text);
  byId('answer-meter', HTMLDivElement).replaceChildren(...(answer.proposition == null ? [] : [meter(answer.counts, 'live')]));
  setText(byId('answer-asked', HTMLParagraphElement), done < total ? `So far: ${done} of ${count('paper', total)} asked.` : `All ${count('paper', total)} asked.`);
  show(panel(), true);
}
