/** The global scope of a dedicated worker, typed by the messages it takes and sends. */
export interface WorkerScope<In, Out> {
  postMessage(message: Out, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<In>) => void): void;
}

/**
 * This worker's scope. The page's DOM types are the only ones loaded, so the cast to a worker's scope stands here once.
 */
export function workerScope<In, Out>(): WorkerScope<In, Out> {
  return globalThis as unknown as WorkerScope<In, Out>;
}
