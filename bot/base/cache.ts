import { LRUCache } from 'lru-cache';

/** Entries by key, of which the one that was unused for longest is dropped first. */
export type Cache<V extends object | string | true> = Pick<
  LRUCache<string, V>,
  'get' | 'set' | 'has' | 'delete'
>;

/**
 * A cache of at most `most` entries. `set` may give an entry an end (`ttl`, in milliseconds of the clock `now`, more
 * than 0); from then on it is not there any more.
 */
export function createCache<V extends object | string | true>(
  most: number,
  now: () => number = () => performance.now(),
): Cache<V> {
  return new LRUCache<string, V>({ max: most, ttlResolution: 0, perf: { now } });
}

/** Remembers what `make` made for the last `most` keys. Keys come from messages, so there has to be a bound. */
export function memo<T>(most: number, make: (key: string) => T): (key: string) => T {
  const known = createCache<{ made: T }>(most);
  return (key) => {
    const old = known.get(key);
    if (old !== undefined) return old.made;
    const made = make(key);
    known.set(key, { made });
    return made;
  };
}
