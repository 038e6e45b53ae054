/** The second door: leads a check from the box and the files to the margin view, and keeps what stands there. */
import type { Connection, UnderWay } from '../connection';
import { alertOf, type Kinds } from '../alert';
import { byId, setText, show } from '../dom';
import { announce } from '../live';
import { Shown } from '../shown';
import { exampleFiles } from './example';
import { listEarlierChecks } from './earlier';
import { Files } from './files';
import { looksLike, type Reading } from './given';
import { decisionsOn, deleteCheck, forgetPdfs, keepCheck, keepDesk, keptDesk, listChecks, type Desk } from './kept';
import { beginProgress, endProgress } from './progress';
import { carriedOver, headline, type Check } from './result';
import { begin, type Outcome } from './run';
import { hideCheck, showCheck } from './show';

/** How failures of a check are presented. */
const KINDS: Kinds = {
  UsageError: { title: 'This cannot be checked as it stands.', remedy: 'Change it and check again. Nothing that stands here is lost.' },
  ModelError: { title: 'The language model could not be loaded, so nothing was checked.', remedy: 'Check the connection and press “Check” again: what has arrived already is not fetched twice.' },
  CancelledError: { title: 'Cancelled.', remedy: 'What was checked before is shown below, if there is anything.' },
  VersionError: { title: 'The page and its engine are of different versions.', remedy: 'Close every tab of this page and open it again: that lets the new version take over.' },
  EngineError: { title: 'The engine stopped.', remedy: 'Press “Check” again: it is started anew. If it stops again, reload the page, or check a shorter part.' },
};
const OFFLINE: Kinds = {
  ModelError: { title: 'This device is offline, and the language model is not kept here yet.', remedy: 'Connect it and press “Check” again; from then on checks work offline.' },
};

/** The check that this tab shows. */
const shown = new Shown('probatum-check-shown');
/** How long the box rests before it is kept, in milliseconds. */
const REST_MS = 300;

const box = () => byId('check-text', HTMLTextAreaElement);
const reading = () => byId('check-reading', HTMLSelectElement);
const lookUp = () => byId('check-look-up', HTMLInputElement);

/** What the door needs to know of the page. */
export interface Page {
  connection: Connection;
  /** Absolute address of the model's folder. */
  modelUrl: string;
}

/** Opens the desk of the second door. */
export class CheckDesk {
  readonly #files: Files;
  #running: UnderWay<Outcome> | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly page: Page) {
    this.#files = new Files((file) => page.connection.read(file), { put: (file) => this.#put(file.text, file.draft), take: (file) => { this.#take(file.text); } }, () => { this.#keep(); });
    const form = byId('check-form', HTMLFormElement);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#check();
    });
    box().addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      form.requestSubmit();
    });
    box().addEventListener('input', () => {
      this.#complain(undefined);
      this.#keep();
    });
    reading().addEventListener('change', () => {
      this.#keep();
    });
    byId('check-cancel', HTMLButtonElement).addEventListener('click', () => this.#running?.cancel());
    byId('check-example', HTMLButtonElement).addEventListener('click', () => void this.#example());
    byId('check-clear', HTMLButtonElement).addEventListener('click', () => {
      this.#clear();
    });
    byId('check-delete', HTMLButtonElement).addEventListener('click', () => void this.#delete());
    this.#acceptDrops();
    void this.#bringBack();
  }

  async #check(): Promise<void> {
    if (this.#running) return;
    const text = box().value;
    if (text.trim() === '') {
      this.#complain('Paste a claim or a draft first, add one as a file, or try the example.');
      box().focus();
      return;
    }
    this.#alert();
    this.#setRunning(true);
    const given = { text, reading: reading().value as Reading, lists: this.#files.lists(), texts: this.#files.texts(), lookUp: lookUp().checked };
    this.#running = begin(this.page.connection, given, this.page.modelUrl);
    const { check, error } = await this.#running.answer;
    this.#running = undefined;
    this.#setRunning(false);
    if (error !== undefined) this.#alert(error);
    if (!check) return;
    announce(`${error === undefined ? 'Checked' : 'Ended early'}. ${headline(check)}.`, true);
    const before = (await listChecks()).find(({ id }) => id === shown.id);
    await keepCheck(check, before ? carriedOver(before, await decisionsOn(before.id), check) : {});
    await this.#open(check);
    await this.#refreshEarlier();
  }

  /** Shows a check, new or kept. */
  async #open(check: Check, atRest = false): Promise<void> {
    const decisions = await decisionsOn(check.id);
    const { version } = await this.page.connection.introduce().catch(() => ({ version: '' }));
    shown.id = check.id;
    showCheck(check, decisions, version, atRest);
  }

  async #example(): Promise<void> {
    if (this.#running) return;
    this.#clear();
    await this.#files.add(exampleFiles());
    await this.#check();
  }

  #put(text: string, format: Reading = 'auto'): boolean {
    if (box().value.trim() !== '') return false;
    box().value = text;
    // Where the text looks like what its file is, nothing need be said.
    reading().value = looksLike(text) === format ? 'auto' : format;
    this.#complain(undefined);
    return true;
  }

  #take(text: string): void {
    if (box().value.trim() !== text.replace(/\r\n?/g, '\n').trim()) return;
    box().value = '';
    reading().value = 'auto';
  }

  /** Empties the desk; what stood there can be had back. */
  #clear(): void {
    const before = this.#desk();
    this.#lay({ text: '', reading: 'auto', files: [] });
    const back = byId('check-back', HTMLButtonElement);
    const had = before.text.trim() !== '' || before.files.length > 0;
    show(back, had);
    back.onclick = () => {
      this.#lay(before);
      show(back, false);
      box().focus();
    };
  }

  /** What stands on the desk. */
  #desk(): Desk {
    return { text: box().value, reading: reading().value as Reading, files: [...this.#files.all] };
  }

  /** Lays something on the desk in place of what stands there. */
  #lay(desk: Desk): void {
    box().value = desk.text;
    reading().value = desk.reading;
    // Asked for anew each time: it sends something.
    lookUp().checked = false;
    this.#files.set(desk.files);
    setText(byId('check-file-state', HTMLParagraphElement), '');
    this.#complain(undefined);
    this.#alert();
    this.#keep();
  }

  async #delete(): Promise<void> {
    const { id } = shown;
    if (id !== undefined) await deleteCheck(id);
    await forgetPdfs();
    shown.id = undefined;
    hideCheck();
    announce('The check and your decisions on it are deleted.', true);
    box().focus();
    await this.#refreshEarlier();
  }

  async #bringBack(): Promise<void> {
    const desk = await keptDesk();
    // A reader may have begun to type.
    if (desk && box().value === '' && this.#files.all.length === 0) this.#lay(desk);
    const { id } = shown;
    const check = id === undefined ? undefined : (await listChecks()).find((check) => check.id === id);
    if (check) await this.#open(check, true);
    await this.#refreshEarlier();
    await forgetPdfs();
  }

  async #refreshEarlier(): Promise<void> {
    await listEarlierChecks((check) => void this.#open(check), (check) => {
      if (check.id !== shown.id) return;
      shown.id = undefined;
      hideCheck();
    });
  }

  #keep(): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      void keepDesk(this.#desk());
    }, REST_MS);
  }

  #acceptDrops(): void {
    const door = byId('check-door', HTMLDivElement);
    const over = (isOver: boolean) => byId('check-drop', HTMLDivElement).toggleAttribute('data-over', isOver);
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    door.addEventListener('dragover', (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      over(true);
    });
    door.addEventListener('dragleave', () => {
      over(false);
    });
    door.addEventListener('drop', (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      over(false);
      if (this.#running) return;
      void this.#files.add([...(event.dataTransfer?.files ?? [])]);
    });
  }

  #complain(problem: string | undefined): void {
    const note = byId('check-problem', HTMLParagraphElement);
    setText(note, problem ?? '');
    show(note, problem !== undefined);
    if (problem === undefined) box().removeAttribute('aria-invalid');
    else box().setAttribute('aria-invalid', 'true');
  }

  #alert(error?: unknown): void {
    byId('check-alert', HTMLDivElement).replaceChildren(...(error === undefined ? [] : [alertOf(error, KINDS, OFFLINE)]));
  }

  /** While a check goes on, what it was given stands still, and Cancel is at hand. */
  #setRunning(running: boolean): void {
    const cancel = byId('check-cancel', HTMLButtonElement);
    const button = byId('check-button', HTMLButtonElement);
    const atCancel = document.activeElement === cancel;
    box().readOnly = running;
    byId('check-inputs', HTMLFieldSetElement).disabled = running;
    for (const id of ['check-button', 'check-example', 'check-clear']) show(byId(id, HTMLButtonElement), !running);
    show(byId('check-keys', HTMLSpanElement), !running);
    show(cancel, running);
    if (running) {
      beginProgress();
      cancel.focus({ preventScroll: true });
    } else {
      endProgress();
      // The focused button is gone: a keyboard must not be thrown back to the top of the page.
      if (atCancel) button.focus({ preventScroll: true });
    }
  }
}
