/** So many in so many milliseconds. */
type Limit = readonly [count: number, ms: number];

/** What Teams takes from one bot in one chat or channel. */
const MESSAGES: readonly Limit[] = [
  [7, 1_000],
  [8, 2_000],
  [60, 30_000],
  [1_800, 3_600_000],
];
/** How many reactions it takes. */
export const REACTIONS: readonly Limit[] = [[2, 1_000]];

/**
 * Counts what arrives. Answers how many seconds a bot should wait that has sent too much there, null where it is within
 * the limits; what is refused counts too. `now` in milliseconds.
 */
export function createLimits(
  now: () => number,
  limits = MESSAGES,
): (conversationId: string) => number | null {
  const arrivals = new Map<string, number[]>();
  return (conversationId) => {
    const id = conversationId.split(';')[0] ?? '';
    const at = now();
    const all = [...(arrivals.get(id) ?? []), at].filter((other) => at - other < 3_600_000);
    arrivals.set(id, all);
    const broken = limits.find(([count, ms]) => all.filter((other) => at - other < ms).length > count);
    return broken ? Math.ceil(broken[1] / 1_000) : null;
  };
}
