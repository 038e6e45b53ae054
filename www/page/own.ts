/**
 * The reader's own papers beside the sources, as files or by identifier: added, kept in this browser, asked with the papers found or
 * alone, removed.
 */
import type { OwnFile, SourceId } from '../../pkg/probatum.js';
import { byId, el, setText, show } from './dom';
import { announce } from './live';
import { Store, get, put, write } from './store';
import { count, fileSize } from './words';

const PAPERS = 'papers';
const store = new Store('probatum-own', (database) => {
  database.createObjectStore(PAPERS);
});

/** Bytes of a paper that is read, at most: it stands in memory several times while it is. */
const MOST_FILE = 100e6;
/** Endings of names of files that are no papers: what a folder of papers holds besides. */
const PAPER = /\.(?:pdf|nxml|xml|x?html?|tex|ltx|gz|tgz|docx|txt|md|markdown)$/i;

/** A DOI, an arXiv id or a PubMed id, alone or in an address. */
const IDENTIFIER = /10\.\d{4,9}\/\S+|\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7}|^(?:pmid:?\s*)?\d{1,8}$/i;

const list = () => byId('own-list', HTMLUListElement);
const alone = () => byId('own-alone', HTMLInputElement);

/** In place of a file, of a work that its identifier names. */
const NAMED = 'named';

/** The reader's own papers. */
export class OwnPapers {
  /** By name: a file that is added again takes the place of the one before. Of a work that is named there is no file. */
  readonly #all = new Map<string, Blob | typeof NAMED>();

  /** Lists what this browser has kept. */
  constructor() {
    const input = byId('own-files', HTMLInputElement);
    byId('own-choose', HTMLButtonElement).addEventListener('click', () => {
      input.click();
    });
    input.addEventListener('change', () => {
      const chosen = [...(input.files ?? [])];
      input.value = '';
      void this.#add(chosen);
    });
    const ids = byId('own-ids', HTMLInputElement);
    const name = () => {
      void this.#name(ids);
    };
    byId('own-name', HTMLButtonElement).addEventListener('click', name);
    ids.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      // The form around it asks the question.
      event.preventDefault();
      name();
    });
    const panel = byId('own-panel', HTMLElement);
    panel.addEventListener('dragover', (event) => {
      event.preventDefault();
      panel.toggleAttribute('data-over', true);
    });
    panel.addEventListener('dragleave', () => panel.toggleAttribute('data-over', false));
    panel.addEventListener('drop', (event) => {
      event.preventDefault();
      panel.toggleAttribute('data-over', false);
      void filesIn(event.dataTransfer).then((files) => this.#add(files));
    });
    void this.#bringBack();
  }

  /** Whom a question is put to, of the sources chosen: the reader's papers too where there are some, or they alone. */
  among(sources: SourceId[]): SourceId[] {
    if (this.#all.size === 0) return sources;
    return this.#alone() ? ['yours'] : [...sources, 'yours'];
  }

  /** Whether nobody else is to be asked. */
  #alone(): boolean {
    return alone().checked && this.#hasFiles();
  }

  #hasFiles(): boolean {
    return [...this.#all.values()].some((file) => file !== NAMED);
  }

  /** The files as they are asked. */
  async files(): Promise<OwnFile[]> {
    const files = [...this.#all].flatMap(([name, file]) => (file === NAMED ? [] : [{ name, file }]));
    return Promise.all(files.map(async ({ name, file }) => ({ name, bytes: new Uint8Array(await file.arrayBuffer()) })));
  }

  /** The works that are named; none where nobody is to be asked for them. */
  works(): string[] {
    return this.#alone() ? [] : [...this.#all].flatMap(([name, file]) => (file === NAMED ? [name] : []));
  }

  /** While a run goes on, they stand still. */
  lock(locked: boolean): void {
    byId('own-inputs', HTMLFieldSetElement).disabled = locked;
  }

  async #bringBack(): Promise<void> {
    const [names, files] = (await store.use(async (database) => [
      await get<string[]>(database, PAPERS, (store) => store.getAllKeys()),
      await get<(Blob | typeof NAMED)[]>(database, PAPERS, (store) => store.getAll()),
    ] as const)) ?? [];
    names?.forEach((name, at) => {
      const file = files?.[at];
      if (file) this.#all.set(name, file);
    });
    this.#show();
  }

  async #add(files: readonly File[]): Promise<void> {
    const papers = files.filter(({ name, size }) => PAPER.test(name) && size > 0 && size <= MOST_FILE);
    for (const file of papers) {
      // A copy: the file itself may be moved, or change, before it is read.
      const copy = new Blob([await file.arrayBuffer()]);
      this.#all.set(file.name, copy);
      await store.use((database) => put(database, PAPERS, copy, file.name));
    }
    const left = files.length - papers.length;
    const why = `${count('file', left)} left out: no paper in a format that is read, empty, or larger than ${fileSize(MOST_FILE)}.`;
    this.#say(`${count('paper', papers.length)} added.${left > 0 ? ` ${why}` : ''}`);
    this.#show();
  }

  /** Takes the works that a field names, separated by white space, commas or semicolons. */
  async #name(field: HTMLInputElement): Promise<void> {
    const given = field.value.replace(/pmid:?\s+/gi, 'PMID:').split(/[\s,;]+/).filter((id) => id !== '');
    const ids = given.filter((id) => IDENTIFIER.test(id));
    for (const id of ids) {
      this.#all.set(id, NAMED);
      await store.use((database) => put(database, PAPERS, NAMED, id));
    }
    field.value = given.filter((id) => !ids.includes(id)).join(' ');
    const left = field.value === '' ? '' : ' What is left in the field is neither a DOI nor an arXiv or PubMed id.';
    this.#say(`${count('work', ids.length)} added.${left}`);
    this.#show();
  }

  async #remove(name: string): Promise<void> {
    this.#all.delete(name);
    this.#show();
    this.#say(`${name} removed.`);
    byId('own-choose', HTMLButtonElement).focus();
    await store.use((database) => write(database, PAPERS, (store) => store.delete(name)));
  }

  #show(): void {
    const items = [...this.#all].map(([name, file]) => {
      const remove = el('button', { type: 'button', class: 'quiet small', 'aria-label': `Remove ${name}` }, 'Remove');
      remove.addEventListener('click', () => void this.#remove(name));
      return el('li', {}, el('span', { class: 'file-name' }, name), ' ', el('span', { class: 'hint' }, file === NAMED ? 'looked up' : fileSize(file.size)), ' ', remove);
    });
    list().replaceChildren(...items);
    show(list(), items.length > 0);
    show(byId('own-choice', HTMLLabelElement), this.#hasFiles());
  }

  #say(words: string): void {
    setText(byId('own-state', HTMLParagraphElement), words);
    announce(words, true);
  }
}

/** The files that were dropped, those of folders among them. */
async function filesIn(dropped: DataTransfer | null): Promise<File[]> {
  const entries = [...(dropped?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
  return (await Promise.all(entries.map(filesOf))).flat();
}

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (entry instanceof FileSystemFileEntry) return [await new Promise<File>((resolve, reject) => { entry.file(resolve, reject); })];
  if (!(entry instanceof FileSystemDirectoryEntry)) return [];
  const reader = entry.createReader();
  const inside: FileSystemEntry[] = [];
  // A reader gives a hundred at a time, and none once it is through.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => { reader.readEntries(resolve, reject); });
    if (some.length === 0) break;
    inside.push(...some);
  }
  return (await Promise.all(inside.map(filesOf))).flat();
}
