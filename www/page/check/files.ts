/** The files on the desk: what each is taken for, what cannot be read and why; added, taken for something else, removed. */
import type { Role } from '../../../pkg/files.mjs';
import type { FileAtHand } from '../../../pkg/messages.mjs';
import type { GivenDraft } from '../../../pkg/probatum.js';
import { byId, el, setText } from '../dom';
import { announce } from '../live';
import { count, fileSize } from '../words';
import { apart, draftAmong, type Text } from './given';
import { keepPdf, type Filed } from './kept';

/** What the list asks of the desk: the draft stands in the box there. */
export interface Box {
  /** Puts a draft there; answers false where other text stands there. */
  put(file: FileAtHand): boolean;
  /** Takes it away again, unless it was changed. */
  take(file: FileAtHand): void;
}

/** Bytes of a file that is read, at most: its text stands in memory several times while it is. */
const MOST_FILE = 100e6;

const list = () => byId('check-file-list', HTMLUListElement);

/** The files on the desk. */
export class Files {
  #all: Filed[] = [];

  /**
   * @param read - reads a file, in a worker
   * @param changed - called after every change
   */
  constructor(
    private readonly read: (file: File) => Promise<FileAtHand>,
    private readonly box: Box,
    private readonly changed: () => void,
  ) {
    const input = byId('check-files', HTMLInputElement);
    byId('check-choose', HTMLButtonElement).addEventListener('click', () => {
      input.click();
    });
    input.addEventListener('change', () => {
      const chosen = [...(input.files ?? [])];
      input.value = '';
      void this.add(chosen);
    });
  }

  /** Reads files and lists them. One that cites becomes the draft where there is none. */
  async add(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    this.#say(`Reading ${count('file', files.length)}…`);
    const come: Filed[] = [];
    for (const file of files) {
      const read = file.size > MOST_FILE ? tooLarge(file) : await this.read(file).catch((error: unknown) => ungiven(file, error));
      const { texts } = read;
      // What is read from a PDF can be shown on its page.
      if (texts?.some(({ places }) => places)) {
        const pdf = await keepPdf(file);
        read.texts = texts.map((text) => ({ ...text, pdf }));
      }
      come.push({ file: read, role: read.role });
    }
    this.#all.push(...come);
    const draft = this.#all.some(({ role }) => role === 'draft') ? undefined : draftAmong(come.map(({ file }) => file));
    const filed = come.find(({ file }) => file === draft);
    if (filed && this.box.put(filed.file)) filed.role = 'draft';
    const failed = come.filter(({ file }) => file.trouble).length;
    this.#say(`${count('file', come.length)} added${failed > 0 ? `, ${String(failed)} of them cannot be read` : ''}.`);
    this.#show();
    this.changed();
  }

  /** Lists these files in place of those there are. */
  set(files: readonly Filed[]): void {
    this.#all = [...files];
    this.#show();
  }

  /** All files, as they are kept. */
  get all(): readonly Filed[] {
    return this.#all;
  }

  /** The lists of works among them. */
  lists(): NonNullable<GivenDraft['lists']> {
    return this.#all.flatMap(({ file: { list, text }, role }) => (role === 'list' && list !== undefined ? [{ format: list, text }] : []));
  }

  /** The texts that are cited. */
  texts(): Text[] {
    return apart(this.#all.flatMap(({ file: { texts }, role }) => (role === 'text' && texts !== undefined ? texts : [])));
  }

  #show(): void {
    list().replaceChildren(...this.#all.map((filed) => this.#item(filed)));
  }

  #item(filed: Filed): HTMLElement {
    const { file } = filed;
    const remove = el('button', { type: 'button', class: 'quiet small', 'aria-label': `Remove ${file.name}` }, 'Remove');
    remove.addEventListener('click', () => {
      if (filed.role === 'draft') this.box.take(file);
      this.#all = this.#all.filter((other) => other !== filed);
      this.#show();
      this.#say(`${file.name} removed.`);
      byId('check-choose', HTMLButtonElement).focus();
      this.changed();
    });
    const name = el('span', { class: 'file-name' }, file.name);
    const size = el('span', { class: 'hint' }, `${file.what} · ${fileSize(file.bytes)}`);
    if (file.trouble) {
      const { reason, remedy } = file.trouble;
      return el('li', { class: 'file unread' }, name, size, remove, el('p', { class: 'file-trouble' }, el('strong', {}, 'Not read: '), `${reason}. ${remedy}`));
    }
    return el('li', { class: 'file' }, name, size, remove, this.#role(filed));
  }

  #role(filed: Filed): HTMLElement {
    const { file } = filed;
    const roles: [Role, string, boolean][] = [
      ['draft', 'the draft, in the box', file.draft !== undefined],
      ['list', 'a list of works', file.list !== undefined],
      ['text', (file.texts?.length ?? 1) > 1 ? count('paper', file.texts?.length ?? 0) : 'a paper', file.texts !== undefined],
    ];
    const possible = roles.filter(([, , can]) => can);
    const select = el('select', { 'aria-label': `What ${file.name} is taken for` }, ...possible.map(([role, words]) => el('option', { value: role, selected: role === filed.role }, words)));
    select.addEventListener('change', () => {
      this.#take(filed, select.value as Role);
      select.value = filed.role ?? '';
      this.changed();
    });
    return el('label', { class: 'file-role' }, 'Taken for ', select);
  }

  #take(filed: Filed, role: Role): void {
    if (filed.role === 'draft') this.box.take(filed.file);
    if (role === 'draft') {
      const before = this.#all.find((other) => other.role === 'draft');
      if (before) {
        this.box.take(before.file);
        before.role = before.file.role;
      }
      if (!this.box.put(filed.file)) {
        this.#say('Other text stands in the box: empty it first, then take this file for the draft.');
        return;
      }
    }
    filed.role = role;
    this.#show();
    this.#say(`${filed.file.name} is taken for ${role === 'draft' ? 'the draft' : role === 'list' ? 'a list of works' : 'a paper'}.`);
    list().querySelector<HTMLSelectElement>(`[aria-label="${CSS.escape(`What ${filed.file.name} is taken for`)}"]`)?.focus();
  }

  #say(words: string): void {
    setText(byId('check-file-state', HTMLParagraphElement), words);
    announce(words, true);
  }
}

/** A file that the browser itself could not give. */
function ungiven(file: File, error: unknown): FileAtHand {
  const said = error instanceof Error ? error.message : String(error);
  return unread(file, `the browser could not read the file (${said})`, 'Add it again; if it lies on a network drive, copy it to this device first.');
}

const tooLarge = (file: File): FileAtHand => unread(file, `the file is larger than ${fileSize(MOST_FILE)}`, 'Split it, or check with the command: npx probatum check.');

const unread = ({ name, size }: File, reason: string, remedy: string): FileAtHand => ({
  ...{ name, bytes: size, what: 'unknown', text: '', role: undefined, draft: undefined, list: undefined, texts: undefined, citing: 0 },
  trouble: { kind: 'unreadable', reason, remedy },
});
