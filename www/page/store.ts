/** What the page keeps in this browser. Where a browser keeps nothing, nothing is kept, and the page works all the same. */

/** A database, opened when it is first used. */
export class Store {
  #opened: Promise<IDBDatabase> | undefined;

  /**
   * @param name - of the database
   * @param make - makes its stores, where there is none yet
   */
  constructor(
    private readonly name: string,
    private readonly make: (database: IDBDatabase) => void,
  ) {}

  /** Uses it; nothing comes of it in a private window, with a full disk or a blocked store. */
  async use<T>(use: (database: IDBDatabase) => Promise<T>): Promise<T | undefined> {
    try {
      this.#opened ??= this.#open();
      return await use(await this.#opened);
    } catch {
      return undefined;
    }
  }

  #open(): Promise<IDBDatabase> {
    const request = indexedDB.open(this.name, 1);
    request.onupgradeneeded = () => {
      this.make(request.result);
    };
    return settled(request);
  }
}

/** Puts a value into a store of a database, under the key that it holds or that is given. */
export const put = (database: IDBDatabase, name: string, value: unknown, key?: IDBValidKey) => write(database, name, (store) => store.put(value, key));

/** Changes a store; settles once that is kept. */
export function write(database: IDBDatabase, name: string, change: (store: IDBObjectStore) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, 'readwrite');
    transaction.oncomplete = () => {
      resolve();
    };
    transaction.onabort = () => {
      reject(transaction.error ?? new Error('the browser keeps nothing'));
    };
    change(transaction.objectStore(name));
  });
}

/** Asks a store. */
export function get<T>(database: IDBDatabase, name: string, ask: (store: IDBObjectStore) => IDBRequest): Promise<T | undefined> {
  return settled(ask(database.transaction(name).objectStore(name))) as Promise<T | undefined>;
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('the browser keeps nothing'));
    };
  });
}
