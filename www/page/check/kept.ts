/**
 * Checks kept in this browser, with the reader's decisions, what stands ready to be checked, and the PDFs that either has read.
 * Nothing leaves the device.
 */
import { Store, get, put, write } from '../store';
import type { FileAtHand } from '../../../pkg/messages.mjs';
import type { Role } from '../../../pkg/files.mjs';
import type { Original, Reading } from './given';
import type { Check, Decisions } from './result';

const CHECKS = 'checks';
const DECISIONS = 'decisions';
const DESK = 'desk';
const store = new Store('probatum-checks', (database) => {
  database.createObjectStore(CHECKS, { keyPath: 'id' });
  database.createObjectStore(DECISIONS);
  database.createObjectStore(DESK);
});
const PDFS = 'pdfs';
const pdfs = new Store('probatum-pdfs', (database) => {
  database.createObjectStore(PDFS);
});
/** PDFs of this visit: they can be shown where the browser keeps nothing. */
const ofThisVisit = new Map<string, Blob>();
/** Checks kept, at most, as many as reports. The oldest goes first. */
const MOST = 30;

/** A file on the desk, and what it is taken for. */
export interface Filed {
  file: FileAtHand;
  role: Role | undefined;
}

/** What stands ready to be checked. */
export interface Desk {
  text: string;
  reading: Reading;
  files: Filed[];
}

/** Keeps a check, with decisions on it. Its key is made one of its own: a clock may have been set back. */
export async function keepCheck(check: Check, decisions: Decisions): Promise<void> {
  await store.use(async (database) => {
    const all = (await get<number[]>(database, CHECKS, (store) => store.getAllKeys())) ?? [];
    check.id = Math.max(check.id, (all[all.length - 1] ?? 0) + 1);
    await put(database, CHECKS, check);
    await put(database, DECISIONS, decisions, check.id);
    for (const old of all.slice(0, Math.max(0, all.length + 1 - MOST))) await remove(database, old);
  });
}

/** Keeps the decisions on a check. */
export async function keepDecisions(id: number, decisions: Decisions): Promise<void> {
  await store.use((database) => put(database, DECISIONS, decisions, id));
}

/** The decisions on a check. */
export const decisionsOn = async (id: number): Promise<Decisions> => (await store.use((database) => get<Decisions>(database, DECISIONS, (store) => store.get(id)))) ?? {};

/** Every check kept, the latest first. */
export async function listChecks(): Promise<Check[]> {
  return ((await store.use((database) => get<Check[]>(database, CHECKS, (store) => store.getAll()))) ?? []).reverse();
}

/** Deletes a check, and the decisions on it. */
export async function deleteCheck(id: number): Promise<void> {
  await store.use((database) => remove(database, id));
}

/**
 * Keeps a PDF.
 * @returns the key under which {@link keptPdf} has it
 */
export async function keepPdf(file: Blob): Promise<string> {
  const key = crypto.getRandomValues(new Uint32Array(4)).join('-');
  ofThisVisit.set(key, file);
  await pdfs.use((database) => put(database, PDFS, file, key));
  return key;
}

/** A PDF that was kept; nothing where it is gone. */
export const keptPdf = async (key: string): Promise<Blob | undefined> =>
  ofThisVisit.get(key) ?? pdfs.use((database) => get<Blob>(database, PDFS, (store) => store.get(key)));

/** Deletes the PDFs that no check that is kept, and nothing that stands ready, was read from. */
export async function forgetPdfs(): Promise<void> {
  const desk = await keptDesk();
  const texts = [...(await listChecks()).flatMap(({ texts }) => texts), ...(desk?.files.flatMap(({ file }): Original[] => file.texts ?? []) ?? [])];
  const used = new Set(texts.map(({ pdf }) => pdf));
  await pdfs.use(async (database) => {
    const keys = (await get<string[]>(database, PDFS, (store) => store.getAllKeys())) ?? [];
    for (const key of keys) if (!used.has(key)) await write(database, PDFS, (store) => store.delete(key));
  });
}

/** Keeps what stands ready. */
export async function keepDesk(desk: Desk): Promise<void> {
  await store.use((database) => put(database, DESK, desk, DESK));
}

/** What stood ready. */
export const keptDesk = (): Promise<Desk | undefined> => store.use((database) => get<Desk>(database, DESK, (store) => store.get(DESK)));

async function remove(database: IDBDatabase, id: number): Promise<void> {
  await write(database, CHECKS, (store) => store.delete(id));
  await write(database, DECISIONS, (store) => store.delete(id));
}
