/** A check from what the reader gave to what comes of it; what was checked before it ended early is not lost. */
import { today } from '../../../pkg/defaults.mjs';
import type { Probatum } from '../../../pkg/create.mjs';
import { usageError } from '../../../pkg/errors.mjs';
import type { DraftRead } from '../../../pkg/messages.mjs';
import type { GivenDraft } from '../../../pkg/probatum.js';
import type { Connection, UnderWay } from '../connection';
import { keptIdentity } from '../identity';
import { apart, isOneSentence, looksLike, type Reading, type Text } from './given';
import { lookUpProgress, modelProgress, readingProgress, sentenceProgress } from './progress';
import type { Check } from './result';

/** What is to be checked. */
export interface Given {
  text: string;
  reading: Reading;
  lists: NonNullable<GivenDraft['lists']>;
  texts: Text[];
  /** Whether works without a text are looked up, which sends what the list says of them to sources. */
  lookUp: boolean;
}

/** What a check came to: all of it, or what there was when it ended, with what ended it. */
export interface Outcome {
  check: Check | undefined;
  error?: unknown;
}

/**
 * Checks it: as a claim where it is called one, or is one sentence that cites nothing; as a draft otherwise.
 * @param modelUrl - absolute address of the model's folder
 */
export function begin(connection: Connection, given: Given, modelUrl: string): UnderWay<Outcome> {
  const { text, reading, lists, texts, lookUp } = given;
  const format = reading === 'auto' || reading === 'claim' ? looksLike(text) : reading;
  const check: Check = { id: Date.now(), date: today(), draft: { format, text, lists }, texts, works: [], sentences: [], citing: 0 };
  const work = async (toolkit: Probatum, signal: AbortSignal): Promise<void> => {
    if (reading !== 'claim') await checkDraft(toolkit, check, lookUp, signal);
    if (reading === 'claim' || (reading === 'auto' && check.citing === 0 && isOneSentence(text))) await checkClaim(toolkit, check, signal);
    else if (check.citing === 0) throw usageError('no sentence of it cites a work. Citations are numbers, authors with years, keys such as [@doe2020], or TeX’s \\cite. If it is one statement, choose that under Read it as');
  };
  const { answer, cancel } = connection.check(modelUrl, work, modelProgress);
  const outcome = answer.then(
    (): Outcome => ({ check }),
    (error: unknown): Outcome => ({ check: check.sentences.length > 0 ? check : undefined, error }),
  );
  return { answer: outcome, cancel };
}

async function checkDraft(toolkit: Probatum, check: Check, lookUp: boolean, signal: AbortSignal): Promise<void> {
  const onRead = ({ works, abstracts, citing }: DraftRead) => {
    Object.assign(check, { works, citing, texts: [...check.texts, ...apart(abstracts)] });
    if (citing > 0) sentenceProgress(0, citing);
  };
  await toolkit.checkDraft(check.draft, check.texts, {
    signal,
    lookUp,
    identity: keptIdentity(),
    onLookUp: lookUpProgress,
    onRead,
    onSentence: (sentence) => {
      check.sentences.push(sentence);
      sentenceProgress(check.sentences.length, check.citing);
    },
  });
}

async function checkClaim(toolkit: Probatum, check: Check, signal: AbortSignal): Promise<void> {
  if (check.texts.length === 0) throw usageError('there is nothing to check the claim against. Add at least one paper as a text file');
  readingProgress(check.texts.length);
  check.works = [];
  check.claim = await toolkit.check(check.draft.text.trim(), check.texts, { signal });
}
