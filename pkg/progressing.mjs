/** A promise that also tells what goes on until it settles. */

/**
 * A promise that also tells what goes on until it settles, to whoever iterates over it.
 * @template Result, Progress
 * @typedef {Promise<Result> & AsyncIterable<Progress>} Progressing
 */

/**
 * Begins work. Whoever iterates over it is told everything from then on, to the end; what the work fails of is thrown there
 * too. Leaving the loop early does not end the work.
 * @template Result, Progress
 * @param {(tell: (progress: Progress) => void) => Promise<Result>} begin
 * @returns {Progressing<Result, Progress>}
 */
export function progressing(begin) {
  /** @type {Set<Progress[]>} what each who iterates has yet to be told */
  const queues = new Set();
  let ended = false;
  let wake = () => {};
  let changed = Promise.resolve();
  const change = () => {
    wake();
    changed = new Promise((resolve) => (wake = resolve));
  };
  change();
  const work = begin((progress) => {
    for (const queue of queues) queue.push(progress);
    change();
  });
  const end = () => {
    ended = true;
    change();
  };
  work.then(end, end);

  /** @param {Progress[]} queue */
  async function* iterate(queue) {
    try {
      while (!ended || queue.length > 0) {
        const next = queue.shift();
        if (next === undefined) await changed;
        else yield next;
      }
      await work;
    } finally {
      queues.delete(queue);
    }
  }

  return Object.assign(work, {
    [Symbol.asyncIterator]() {
      // Who iterates is told of a failure there.
      work.catch(() => {});
      /** @type {Progress[]} */
      const queue = [];
      queues.add(queue);
      return iterate(queue);
    },
  });
}
