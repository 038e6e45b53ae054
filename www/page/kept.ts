/**
 * Reports kept in this browser: what was asked, what came out, and of a run under way every step, so that one that is broken
 * off still says what it had. Nothing of it leaves the device. Where a browser keeps nothing, every function does nothing.
 */
import type { Outcome, Progress } from '../../pkg/probatum.js';
import type { Asked } from './address';
import { Store, get, put, write } from './store';

const NAME = 'probatum-reports';
const REPORTS = 'reports';
const STEPS = 'steps';
const store = new Store(NAME, (database) => {
  database.createObjectStore(REPORTS, { keyPath: 'id' });
  database.createObjectStore(STEPS, { autoIncrement: true }).createIndex('id', 'id');
});
/** Reports kept, at most: one takes one to three megabytes. The oldest goes first. */
const MOST = 30;

/** A run, as it is kept. */
export interface Kept {
  /** When it began, in milliseconds since 1970: also its key. */
  id: number;
  asked: Asked;
  /** The report; none while the run is under way, or where it was broken off. */
  outcome?: Outcome;
  /** Why it ended without a report, where it said so. */
  failure?: string;
}

/** Keeps that a run began, and holds it as under way for as long as this page lives. */
export async function keepBegun(asked: Asked): Promise<number> {
  let id = Date.now();
  await store.use(async (database) => {
    const all = (await get<number[]>(database, REPORTS, (store) => store.getAllKeys())) ?? [];
    // Keys come in order; a clock that was set back must not put one run in the place of another.
    id = Math.max(id, (all[all.length - 1] ?? 0) + 1);
    await put(database, REPORTS, { id, asked } satisfies Kept);
    for (const old of all.slice(0, Math.max(0, all.length + 1 - MOST))) await remove(database, old);
  });
  // Held until the run ends or the page goes: who opens the page meanwhile in another tab must not take it for broken off.
  if ('locks' in navigator) {
    const ended = new Promise<void>((end) => ends.set(id, end));
    const lock = navigator.locks.request(lockOf(id), () => ended);
    locks.set(id, lock.then(() => undefined, () => undefined));
  }
  return id;
}

const ends = new Map<number, () => void>();
const locks = new Map<number, Promise<void>>();

/** Lets go of a run; settles once nobody takes it for under way any more. */
async function release(id: number): Promise<void> {
  ends.get(id)?.();
  await locks.get(id);
}

const lockOf = (id: number) => `${NAME}-${String(id)}`;

/** Keeps one step of a run. */
export async function keepStep(id: number, step: Progress): Promise<void> {
  await store.use((database) => put(database, STEPS, { id, step }));
}

/** Keeps how a run ended: its report, or why there is none. */
export async function keepEnded(kept: Kept): Promise<void> {
  await store.use(async (database) => {
    await put(database, REPORTS, kept);
    if (kept.outcome) await removeSteps(database, kept.id);
  });
  await release(kept.id);
}

/** Every run kept that is not under way somewhere, the latest first. */
export async function listKept(): Promise<Kept[]> {
  const kept = await store.use((database) => get<Kept[]>(database, REPORTS, (store) => store.getAll()));
  const held = 'locks' in navigator ? ((await navigator.locks.query()).held ?? []).map(({ name }) => name) : [];
  return (kept ?? []).filter(({ id }) => !held.includes(lockOf(id))).reverse();
}

/** The steps of a run that ended without a report, in order. */
export async function stepsOf(id: number): Promise<Progress[]> {
  const steps = await store.use((database) => get<{ step: Progress }[]>(database, STEPS, (store) => store.index('id').getAll(id)));
  return (steps ?? []).map(({ step }) => step);
}

/** Deletes a run. */
export async function deleteKept(id: number): Promise<void> {
  await store.use((database) => remove(database, id));
  await release(id);
}

async function remove(database: IDBDatabase, id: number): Promise<void> {
  await write(database, REPORTS, (store) => store.delete(id));
  await removeSteps(database, id);
}

async function removeSteps(database: IDBDatabase, id: number): Promise<void> {
  await write(database, STEPS, (store) => {
    const cursor = store.index('id').openKeyCursor(id);
    cursor.onsuccess = () => {
      if (!cursor.result) return;
      store.delete(cursor.result.primaryKey);
      cursor.result.continue();
    };
  });
}
