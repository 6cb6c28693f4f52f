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
