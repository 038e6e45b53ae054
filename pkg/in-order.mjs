/** Work on many items, several at once, whose results come in the order of the items. */

/**
 * Takes an item only when there is room for it, so that memory stays flat however many there are. Rejects with whatever an
 * item's work or the items themselves fail of. The items are let go of where the loop is left early.
 * @template Item, Result
 * @param {Iterable<Item> | AsyncIterable<Item>} items
 * @param {number} most items worked on at once, at least 1
 * @param {(item: Item, index: number) => Promise<Result>} work
 * @returns {AsyncGenerator<Result, void, undefined>}
 */
export async function* inOrder(items, most, work) {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  /** @type {Promise<{ result: Result }>[]} */
  const underWay = [];
  /** @type {Promise<{ next: IteratorResult<Item> }> | undefined} */
  let pulling;
  let index = 0;
  let ended = false;
  try {
    while (!ended || underWay.length > 0) {
      if (!ended && underWay.length < most) pulling ??= quiet(pull(iterator));
      // Whichever comes first: a result must not wait for an item that is slow to come.
      const come = await Promise.race([...underWay.slice(0, 1), ...(pulling ? [pulling] : [])]);
      if ('result' in come) {
        underWay.shift();
        yield come.result;
        continue;
      }
      pulling = undefined;
      if (come.next.done) {
        ended = true;
      } else {
        underWay.push(quiet(work(come.next.value, index).then((result) => ({ result }))));
        index += 1;
      }
    }
  } finally {
    if (!ended) await iterator.return?.();
  }
}

/**
 * @template Item
 * @param {Iterator<Item> | AsyncIterator<Item>} iterator
 */
async function pull(iterator) {
  return { next: await iterator.next() };
}

/**
 * A promise that may fail before anybody looks at it.
 * @template T
 * @param {Promise<T>} promise
 */
function quiet(promise) {
  promise.catch(() => {});
  return promise;
}
