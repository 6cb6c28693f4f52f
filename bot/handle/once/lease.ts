import type { StoreKey } from '../../store/keys.ts';
import type { Setting } from '../services.ts';

/** A process that dies at work holds its claim no longer than this: Teams delivers again after 15 s. */
export const LEASE_MS = 14_000;
const RENEW_MS = 5_000;

/**
 * A claim of somebody who is at work. It is renewed until one of these is called; leaving an `await using` block gives
 * back what none of them has ended.
 */
export type Lease = AsyncDisposable & {
  /** The work is done, and nobody is to do it again for so many milliseconds. */
  keep(ms: number): Promise<void>;
  /** Nothing was done: somebody else may. */
  giveBack(): Promise<void>;
  /** It runs out by itself. */
  leave(): void;
};

/** True of a claim that stands for work that is done, and not for somebody at work. */
export const isKept = (until: number, now: number): boolean => until > now + 2 * LEASE_MS;

/** Null where somebody else holds it. */
export async function takeLease(
  key: StoreKey,
  { services: { store, now }, owner: { tenant } }: Setting,
): Promise<Lease | null> {
  const until = (ms: number) => now().toMillis() + ms;
  if (!(await store.claim(tenant, key, until(LEASE_MS)))) return null;
  // A store that fails here fails again when the work is done, and is heard of then.
  let renewed: Promise<void> = Promise.resolve();
  const renewing = setInterval(() => {
    renewed = store.settle(tenant, key, until(LEASE_MS)).catch(() => undefined);
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
    await store.release(tenant, key);
  };
  return {
    leave,
    giveBack,
    keep: async (ms) => {
      leave();
      await renewed;
      await store.settle(tenant, key, until(ms));
    },
    [Symbol.asyncDispose]: async () => {
      if (!isEnded) await giveBack();
    },
  };
}
