import { randomUUID } from 'node:crypto';
import { type Clock, lookFor } from '../../base/retry.ts';
import type { StoreKey } from '../../store/keys.ts';
import type { Holder } from '../../store/store.ts';
import type { Services } from '../services.ts';

/** How long the claim of a process that died lasts: Teams delivers again after 15 s. */
export const LEASE_MS = 14_000;
const RENEW_MS = 5_000;
/** A claim that would be kept for so little longer is left as it is. */
const SLACK_MS = 4_000;

/**
 * A claim that is held while work goes on. It is renewed until one of these functions is called. At the end of an `await using`
 * block it is given back, unless one of them was called. Where the store fails then, the claim expires, and the outcome of the work
 * counts: an error of the work is not hidden by another.
 */
export type Lease = AsyncDisposable & {
  /** Keeps the claim for so many milliseconds or a little less, because the work is done. */
  keep(ms: number): Promise<void>;
  /** Releases the claim, because nothing was done. */
  giveBack(): Promise<void>;
  /** Stops renewing the claim, which then expires. */
  leave(): void;
};

/** Whether a claim until then means that the work is done, and not that it is going on. */
const isKept = (until: number, now: number): boolean => until > now + 2 * LEASE_MS;

/** Whether the work of a claim that somebody else holds is done, and not going on. */
export async function isDone(key: StoreKey, { services, owner }: LeaseScope): Promise<boolean> {
  const until = await services.store.claimedUntil(owner, key);
  return until !== null && isKept(until, services.now().toMillis());
}

/** Whose leases are taken: a person's, or anybody's of a tenant. */
type LeaseScope = { services: Pick<Services, 'store' | 'now'>; owner: Holder };

/** Takes a lease; null if somebody else holds it. */
export async function takeLease(key: StoreKey, { services, owner }: LeaseScope): Promise<Lease | null> {
  const { store, now } = services;
  const until = (ms: number) => now().toMillis() + ms;
  // If this lease runs out while its process stands still, the next one is somebody else's.
  const mark = randomUUID();
  if (!(await store.claim(owner, key, until(LEASE_MS), mark))) return null;
  let heldUntil = until(LEASE_MS);
  // If the store fails here, it fails again when the work is done, and that error is reported.
  let renewed: Promise<void> = Promise.resolve();
  const renew = async () => {
    const next = until(LEASE_MS);
    await store.settle(owner, key, next, mark);
    heldUntil = next;
  };
  const renewing = setInterval(() => {
    renewed = renew().catch(() => undefined);
  }, RENEW_MS);
  renewing.unref();
  let isEnded = false;
  const leave = () => {
    isEnded = true;
    clearInterval(renewing);
  };
  const giveBack = async () => {
    leave();
    await renewed;
    await store.release(owner, key, mark);
  };
  return {
    leave,
    giveBack,
    keep: async (ms) => {
      leave();
      await renewed;
      if (until(ms) - heldUntil > SLACK_MS) await store.settle(owner, key, until(ms), mark);
    },
    [Symbol.asyncDispose]: async () => {
      if (!isEnded) await giveBack().catch(() => undefined);
    },
  };
}

/** How often is looked whether a lease is free, and for how long at most. */
type Patience = { everyMs: number; forMs: number };

/**
 * Takes a lease as soon as it is free. Each time that somebody else holds it, `look` says what has become of their work: that
 * ends the waiting, null does not. Null when the time is up.
 */
export function waitForLease<T = never>(
  key: StoreKey,
  scope: LeaseScope,
  { everyMs, forMs }: Patience,
  look: () => Promise<T | null> = async () => null,
): Promise<Lease | T | null> {
  const clock: Clock = { everyMs, forMs, now: () => scope.services.now().toMillis() };
  return lookFor(async () => (await takeLease(key, scope)) ?? (await look()), clock);
}
