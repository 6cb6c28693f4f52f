import { setTimeout as sleep } from 'node:timers/promises';
import { createCache } from '../base/cache.ts';
import { pauses, retry } from '../base/retry.ts';
import type { Due } from '../meeting/due.ts';
import type { Store } from '../store/store.ts';

/** Does what is due, until it is stopped. */
export type Scheduler = {
  start(): void;
  /** Resolves when what was begun is done. */
  stop(): Promise<void>;
};

type SchedulerOptions = {
  store: Pick<Store, 'claimDue' | 'nextDue' | 'keepDue' | 'removeDue'>;
  /** Does it. False where it is to be tried again soon; rejects where it is to be tried again when the claim has run out. */
  work(due: Due): Promise<boolean>;
  onFault(error: unknown): void;
  /** Epoch milliseconds. */
  now(): number;
};

/** So much one replica does at once. */
const MOST = 16;
/** How long the claim of a replica that was killed lasts; then another goes on. It is renewed while the work goes on. */
const CLAIM_MS = 20_000;
const RENEW_MS = 7_000;
/** How long to wait for a meeting that is being worked on. */
const SOON_MS = 3_000;
/** Of many replicas one looks every few seconds, although each sleeps this long while nothing is due. */
const LONGEST_SLEEP_MS = 30_000;
/** How long to wait after each time that the store has failed in a row: a reminder is no use when its meeting has started. */
const FAILED_MS = [1_000, 3_000, 9_000];
/** So that replicas do not all look at the same moment. */
const JITTER_MS = 1_000;
/** Pauses between tries to note that something is done; the claim is renewed meanwhile. */
const SETTLE_MS = [1_000, 3_000, 9_000];

const MOST_UNNOTED = 1_000;

/** A scheduler for one replica. What is due is in the store, so whichever replica claims it does it. */
export function createScheduler({ store, work, onFault, now }: SchedulerOptions): Scheduler {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> = Promise.resolve();
  /** What is done and could not be noted as done: when it is claimed again here, it is only noted. */
  const unnoted = createCache<true>(MOST_UNNOTED);

  async function settle(due: Due): Promise<void> {
    const key = JSON.stringify(due);
    // If the store fails here, it fails again when the work is done, and that error is reported.
    let renewed: Promise<void> = Promise.resolve();
    const renewing = setInterval(() => {
      renewed = store.keepDue(due, now() + CLAIM_MS).catch(() => undefined);
    }, RENEW_MS);
    try {
      const isDone = unnoted.has(key) || (await work(due));
      if (isDone) unnoted.set(key, true);
      const note = () => (isDone ? store.removeDue([due]) : store.keepDue(due, now() + SOON_MS));
      await retry(note, pauses(SETTLE_MS));
      unnoted.delete(key);
    } finally {
      clearInterval(renewing);
      await renewed;
    }
  }

  /** Does what is due now, and answers how long nothing else is. */
  async function round(): Promise<number> {
    const claimed = await store.claimDue(MOST, now() + CLAIM_MS);
    await Promise.all(claimed.map((due) => settle(due).catch(onFault)));
    if (claimed.length > 0) return 0;
    const latest = now() + LONGEST_SLEEP_MS;
    return Math.max(0, ((await store.nextDue(latest)) ?? latest) - now()) + Math.random() * JITTER_MS;
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const pause = await round().then(
        (rest) => {
          failures = 0;
          return rest;
        },
        (error: unknown) => {
          onFault(error);
          failures += 1;
          return FAILED_MS[failures - 1] ?? LONGEST_SLEEP_MS;
        },
      );
      await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  return {
    start: () => {
      if (!signal.aborted) running = run();
    },
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}
