/** The reader's own papers beside the sources: added, kept in this browser, asked with the papers found or alone, removed. */
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

const list = () => byId('own-list', HTMLUListElement);
const alone = () => byId('own-alone', HTMLInputElement);

/** The reader's own papers. */
export class OwnPapers {
  /** By name: a file that is added again takes the place of the one before. */
  readonly #all = new Map<string, Blob>();

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
    return alone().checked ? ['yours'] : [...sources, 'yours'];
  }

  /** The papers as they are asked. */
  async files(): Promise<OwnFile[]> {
    return Promise.all([...this.#all].map(async ([name, file]) => ({ name, bytes: new Uint8Array(await file.arrayBuffer()) })));
  }

  /** While a run goes on, they stand still. */
  lock(locked: boolean): void {
    byId('own-inputs', HTMLFieldSetElement).disabled = locked;
  }

  async #bringBack(): Promise<void> {
    const [names, files] = (await store.use(async (database) => [
      await get<string[]>(database, PAPERS, (store) => store.getAllKeys()),
      await get<Blob[]>(database, PAPERS, (store) => store.getAll()),
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
      return el('li', {}, el('span', { class: 'file-name' }, name), ' ', el('span', { class: 'hint' }, fileSize(file.size)), ' ', remove);
    });
    list().replaceChildren(...items);
    show(list(), items.length > 0);
    show(byId('own-choice', HTMLLabelElement), items.length > 0);
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
