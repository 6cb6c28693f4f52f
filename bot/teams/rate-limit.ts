/** So many in so long, in any stretch of that length. */
export type Limit = { count: number; ms: number };

/** Two that leave in time may arrive closer to each other, by as much as the way takes longer for the first. */
const late =
  (ms: number) =>
  (limit: Limit): Limit => ({ ...limit, ms: limit.ms + ms });

/** What Teams takes from one bot in one chat or channel, with room for a slow way. */
export const PER_THREAD: readonly Limit[] = [
  { count: 7, ms: 1_000 },
  { count: 8, ms: 2_000 },
  { count: 60, ms: 30_000 },
  { count: 1_800, ms: 3_600_000 },
].map(late(500));
/** What it takes from one app for one tenant. */
export const PER_TENANT: readonly Limit[] = [{ count: 50, ms: 1_000 }].map(late(100));

/**
 * The first instant, from `now` on, at which one more may be sent without breaking a limit, and not before what was
 * promised last. `sent`: earlier ones and those that wait, in order. All in milliseconds of one clock.
 */
export function nextSlot(sent: readonly number[], limits: readonly Limit[], now: number): number {
  const opens = limits.map(({ count, ms }) => (sent.at(-count) ?? Number.NEGATIVE_INFINITY) + ms);
  return Math.max(now, sent.at(-1) ?? now, ...opens);
}

/** Those of `sent` that still count at `now`. */
export function stillCounting(sent: readonly number[], limits: readonly Limit[], now: number): number[] {
  const longest = Math.max(...limits.map(({ ms }) => ms));
  const most = Math.max(...limits.map(({ count }) => count));
  return sent.slice(-most).filter((at) => at > now - longest);
}
