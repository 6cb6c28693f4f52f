import { setTimeout as wait } from 'node:timers/promises';

const LOOK_MS = 10;
/** A machine that does much else takes long. */
const PATIENCE_MS = 30_000;

/** Resolves when it has come true; rejects after half a minute. */
export async function until(isTrue: () => boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error(`still not: ${isTrue}`);
    await wait(LOOK_MS);
  }
}
