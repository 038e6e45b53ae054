/** Checks kept in this browser, with the reader's decisions, and what stands ready to be checked. Nothing leaves the device. */
import { Store, get, put, write } from '../store';
import type { FileAtHand } from '../../../pkg/messages.mjs';
import type { Role } from '../../../pkg/files.mjs';
import type { Reading } from './given';
import type { Check, Decisions } from './result';

const CHECKS = 'checks';
const DECISIONS = 'decisions';
const DESK = 'desk';
const store = new Store('probatum-checks', (database) => {
  database.createObjectStore(CHECKS, { keyPath: 'id' });
  database.createObjectStore(DECISIONS);
  database.createObjectStore(DESK);
});
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
