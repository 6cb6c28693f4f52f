/** At most `count` messages in any period of `ms` milliseconds. */
export type Limit = { count: number; ms: number };

/** Two messages may arrive closer together than they were sent, by as much as the first one takes longer. */
const addMargin =
  (ms: number) =>
  (limit: Limit): Limit => ({ ...limit, ms: limit.ms + ms });

/** What Teams accepts from one bot in one chat or channel, with a margin for slow connections. */
export const PER_THREAD: readonly Limit[] = [
  { count: 7, ms: 1_000 },
  { count: 8, ms: 2_000 },
  { count: 60, ms: 30_000 },
  { count: 1_800, ms: 3_600_000 },
].map(addMargin(500));
/** How many reactions Teams accepts from one app in one tenant. */
export const REACTIONS: readonly Limit[] = [{ count: 2, ms: 1_000 }].map(addMargin(100));
/** What Teams accepts from one app in one tenant. */
export const PER_TENANT: readonly Limit[] = [{ count: 50, ms: 1_000 }].map(addMargin(100));

/**
 * The first instant, from `now` on, at which one more may be sent without breaking a limit, and not before what was
 * promised last. `sent`: earlier ones and those that wait, in order. All in milliseconds of one clock.
 */
export function nextSlot(sent: readonly number[], limits: readonly Limit[], now: number): number {
  const opens = limits.map(({ count, ms }) => (sent.at(-count) ?? Number.NEGATIVE_INFINITY) + ms);
  return Math.max(now, sent.at(-1) ?? now, ...opens);
}

/** `sent` without what no limit counts any more at `now`. */
export function dropOld(sent: readonly number[], limits: readonly Limit[], now: number): number[] {
  const longest = Math.max(...limits.map(({ ms }) => ms));
  const most = Math.max(...limits.map(({ count }) => count));
  return sent.slice(-most).filter((at) => at > now - longest);
}
