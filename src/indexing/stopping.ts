/** How long what is being embedded and stored may take after the person stopped it. */
const STOP_GRACE_MS = 1000;

/** Two moments: when a person stops the work, and when what was begun by then is given up. */
export interface Stopping {
  /** Aborted when the work is stopped: nothing new is begun. Undefined if nobody can stop it. */
  readonly signal: AbortSignal | undefined;
  /** Aborted a moment later: whatever is not finished is given up. */
  readonly deadline: AbortSignal;
  /** Call it when the work is over. */
  end(): void;
}

/** Returns the moments that follow from a signal that stops the work. */
export function stoppingBy(signal: AbortSignal | undefined): Stopping {
  const giveUp = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const begin = (): void => {
    timer = setTimeout(() => giveUp.abort(signal?.reason), STOP_GRACE_MS);
  };
  if (signal?.aborted) begin();
  signal?.addEventListener('abort', begin, { once: true });
  return {
    signal,
    deadline: giveUp.signal,
    end() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', begin);
    },
  };
}

/** Waits for a promise, but no longer than a signal allows. @throws the reason of the signal, if that comes first. */
export function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
