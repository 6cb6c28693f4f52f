import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds to wait before another try; null where this outcome stands. `retries`: how many there were before it. */
type Delay<T> = (outcome: T, retries: number) => number | null;

/** Does the work again and again until `delay` lets an outcome stand, and answers that one. */
export async function repeat<T>(work: (retries: number) => Promise<T>, delay: Delay<T>): Promise<T> {
  for (let retries = 0; ; retries += 1) {
    const outcome = await work(retries);
    const pause = delay(outcome, retries);
    if (pause === null) return outcome;
    if (pause > 0) await sleep(pause);
  }
}

/** Does the work until it succeeds. Rejects with its last error, where `delay` answers null for that one. */
export async function retry<T>(work: (retries: number) => Promise<T>, delay: Delay<unknown>): Promise<T> {
  const settle = async (retries: number) => (await Promise.allSettled([Promise.try(work, retries)]))[0];
  const last = await repeat(settle, (outcome, retries) =>
    outcome.status === 'rejected' ? delay(outcome.reason, retries) : null,
  );
  if (last.status === 'rejected') throw last.reason;
  return last.value;
}

/** These pauses, one after each error that may pass by itself. */
export function pauses(
  pausesMs: readonly number[],
  isPassing: (error: unknown) => boolean = () => true,
): Delay<unknown> {
  return (error, retries) => (isPassing(error) ? (pausesMs[retries] ?? null) : null);
}

/** A second at first, twice as long each time, and up to a quarter more, so that not all come back at once. */
export const backoff = (retries: number): number => 1_000 * 2 ** retries * spread();

/** A factor of up to a quarter more. */
export const spread = (): number => 1 + Math.random() / 4;
