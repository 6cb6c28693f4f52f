import { setTimeout as sleep } from 'node:timers/promises';

/** Tries it once, and once more after each pause as long as the error is worth it. Rejects with the last error. */
export async function again<T>(
  work: () => Promise<T>,
  pausesMs: readonly number[],
  isWorthIt: (error: unknown) => boolean = () => true,
): Promise<T> {
  for (const pause of pausesMs) {
    try {
      return await work();
    } catch (error) {
      if (!isWorthIt(error)) throw error;
      await sleep(pause);
    }
  }
  return work();
}
