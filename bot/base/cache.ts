import { LRUCache } from 'lru-cache';

/** A cache by key; when it is full, the least recently used entry is dropped. */
export type Cache<V extends object | string | true> = Pick<
  LRUCache<string, V>,
  'get' | 'set' | 'has' | 'delete'
>;

/**
 * A cache of at most `most` entries. The option `ttl` of `set`, in milliseconds of the clock `now` and more than 0, says how
 * long an entry lasts.
 */
export function createCache<V extends object | string | true>(
  most: number,
  now: () => number = () => performance.now(),
): Cache<V> {
  return new LRUCache<string, V>({ max: most, ttlResolution: 0, perf: { now } });
}

/** Caches what `make` returns for the `most` most recently used keys. Keys come from messages, so there must be a bound. */
export function memo<T>(most: number, make: (key: string) => T): (key: string) => T {
  const known = createCache<{ key: string; made: T }>(most);
  // The same key is mostly asked for several times in a row.
  let last: { key: string; made: T } | undefined;
  return (key) => {
    if (last?.key === key) return last.made;
    last = known.get(key);
    if (last === undefined) {
      last = { key, made: make(key) };
      known.set(key, last);
    }
    return last.made;
  };
}

/** Lets callers that want the same at the same time share one request. */
type SingleFlight<T> = {
  /** Joins the request that is running for this key, or starts one. `isCurrent`: whether it has not been dropped since. */
  run(key: string, ask: (isCurrent: () => boolean) => Promise<T>): Promise<T>;
  /** Detaches the running request: the next caller starts a new one. */
  drop(key: string): void;
};

type Memory = {
  /** A success is kept and returned from then on. */
  keepsSuccess?: boolean;
  /** How long after a failure all callers get that failure, so that many callers do not become many requests. */
  failureMs?: number;
};

/** Keeps running requests by key, and finished ones as far as `Memory` says. */
export function createSingleFlight<T>({ keepsSuccess = false, failureMs = 0 }: Memory = {}): SingleFlight<T> {
  const underway = new Map<string, Promise<T>>();
  return {
    run: (key, ask) => {
      const found = underway.get(key);
      if (found !== undefined) return found;
      const isCurrent = () => underway.get(key) === flight;
      const forget = () => void (isCurrent() && underway.delete(key));
      const flight: Promise<T> = ask(isCurrent);
      underway.set(key, flight);
      flight.then(
        () => keepsSuccess || forget(),
        () => (failureMs > 0 ? void setTimeout(forget, failureMs).unref() : forget()),
      );
      return flight;
    },
    drop: (key) => void underway.delete(key),
  };
}
