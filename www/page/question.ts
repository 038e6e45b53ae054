/** The question box and its examples. */
import { byId, el, setText, show } from './dom';
import { count } from './words';

/** Longest question taken, in characters: that of `src/question.rs`. */
const LONGEST = 1_000;
/** From how many characters on their number is shown. */
const NEAR = 800;

const EXAMPLES = [
  'How does the reasoning accuracy of small language models on NLI benchmarks change when fine-tuned on synthetic data from ChatGPT-3.5-Turbo compared to data from ChatGPT-4?',
  'Does retrieval-augmented generation reduce hallucination in large language models?',
  'Does vitamin D supplementation reduce the risk of acute respiratory infection in adults?',
];

const box = () => byId('question-text', HTMLTextAreaElement);

/**
 * Lists the examples and lets Ctrl or Cmd with Enter send the form.
 * @param submit - what sends it
 */
export function listExamples(submit: () => void): void {
  const items = EXAMPLES.map((example) => {
    const button = el('button', { type: 'button', class: 'example' }, example);
    button.addEventListener('click', () => {
      setQuestion(example);
      box().focus();
    });
    return el('li', {}, button);
  });
  byId('question-examples', HTMLUListElement).replaceChildren(...items);
  box().addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    submit();
  });
  box().addEventListener('input', () => {
    complain(tooLong());
    countCharacters();
  });
}

/** Puts a question into the box. */
export function setQuestion(text: string): void {
  box().value = text;
  complain(tooLong());
  countCharacters();
}

/** The question, or nothing where there is none: then the reader is told and the box has the focus. */
export function readQuestion(): string | undefined {
  const text = box().value.trim();
  if (text !== '' && !tooLong()) return text;
  complain(tooLong() ?? 'Type a question first, or choose one of the examples.');
  box().focus();
  return undefined;
}

/** Characters as the engine counts them: white space taken together. */
const length = () => [...box().value.trim().replace(/\s+/gu, ' ')].length;

function tooLong(): string | undefined {
  return length() > LONGEST ? `The question has ${count('character', length())}; ask it in at most ${count('character', LONGEST)}.` : undefined;
}

function countCharacters(): void {
  const note = byId('question-length', HTMLParagraphElement);
  const left = LONGEST - length();
  setText(note, left >= 0 ? `${count('character', left)} left of ${count('character', LONGEST)}.` : '');
  show(note, length() >= NEAR && left >= 0);
}

function complain(problem: string | undefined): void {
  const note = byId('question-problem', HTMLParagraphElement);
  setText(note, problem ?? '');
  show(note, problem !== undefined);
  if (problem === undefined) box().removeAttribute('aria-invalid');
  else box().setAttribute('aria-invalid', 'true');
}
