/** The names that came last; null is never remembered. */
type Recent = {
  has(name: string | null): boolean;
  /** True if it was not there before. */
  add(name: string | null): boolean;
  remove(name: string | null): void;
};

/** Remembers so many names; the oldest goes first. */
export function createRecent(most: number): Recent {
  const names = new Set<string>();
  return {
    has: (name) => name !== null && names.has(name),
    add: (name) => {
      if (name === null) return true;
      if (names.has(name)) return false;
      names.add(name);
      const [oldest] = names.size > most ? names : [];
      if (oldest !== undefined) names.delete(oldest);
      return true;
    },
    remove: (name) => void (name !== null && names.delete(name)),
  };
}
