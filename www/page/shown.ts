/** What this tab shows, by the id under which it is kept: a reload brings it back. A browser that keeps nothing forgets. */
export class Shown {
  /** @param key - under which it is remembered for this tab */
  constructor(private readonly key: string) {}

  get id(): number | undefined {
    try {
      const id = sessionStorage.getItem(this.key);
      return id === null ? undefined : Number(id);
    } catch {
      return undefined;
    }
  }

  set id(id: number | undefined) {
    try {
      if (id === undefined) sessionStorage.removeItem(this.key);
      else sessionStorage.setItem(this.key, String(id));
    } catch {
      // Blocked: a reload begins anew.
    }
  }
}
