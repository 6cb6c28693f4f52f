import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds to wait before the next try, or null to end with this outcome. `retries`: how many there were so far. */
type Delay<T> = (outcome: T, retries: number) => number | null;

/** Repeats the work until `delay` returns null, and resolves with the last outcome. */
export async function repeat<T>(work: (retries: number) => Promise<T>, delay: Delay<T>): Promise<T> {
  for (let retries = 0; ; retries += 1) {
    const outcome = await work(retries);
    const pause = delay(outcome, retries);
    if (pause === null) return outcome;
    if (pause > 0) await sleep(pause);
  }
}

/** Repeats the work until it succeeds. Rejects with its last error when `delay` returns null for it. */
export async function retry<T>(work: (retries: number) => Promise<T>, delay: Delay<unknown>): Promise<T> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await work(retries);
    } catch (error) {
      const pause = delay(error, retries);
      if (pause === null) throw error;
      if (pause > 0) await sleep(pause);
    }
  }
}

/** How often is looked and for how long, in milliseconds of the clock `now`. */
export type Clock = { everyMs: number; forMs: number; now(): number };

/** Looks until there is something. Resolves with null when the time is up. */
export function lookFor<T>(look: () => Promise<T | null>, { everyMs, forMs, now }: Clock): Promise<T | null> {
  const deadline = now() + forMs;
  return repeat(look, (found) => (found === null && now() < deadline ? everyMs : null));
}

/** One of these pauses after each error that `isPassing`; no further try after other errors or the last pause. */
export function pauses(
  pausesMs: readonly number[],
  isPassing: (error: unknown) => boolean = () => true,
): Delay<unknown> {
  return (error, retries) => (isPassing(error) ? (pausesMs[retries] ?? null) : null);
}

/** Exponential backoff with jitter: one second, two, four and so on, and up to a quarter more. */
export const backoff = (retries: number): number => 1_000 * 2 ** retries * jitter();

/** A random factor from 1 to 1.25, so that clients do not all come back at once. */
export const jitter = (): number => 1 + Math.random() / 4;
