import { setTimeout as wait } from 'node:timers/promises';
import { createSingleFlight } from '../base/cache.ts';
import { retry } from '../base/retry.ts';
import type { Store } from '../store/store.ts';
import type { Telemetry } from '../telemetry.ts';

const RETRY_MS = 2_000;

/** Whether a process can serve: what `/readyz` says. */
type Readiness = {
  /** Resolves when everything that the bot needs is available; what is not available yet is tried again. */
  open(): Promise<void>;
  isReady(): Promise<boolean>;
  /** Not ready from now on. */
  close(): void;
};

/** `needs`: what the bot needs to serve, by its name in the log; each rejects while it is not available. */
export function createReadiness(
  needs: Readonly<Record<string, () => Promise<void>>>,
  { store, telemetry }: { store: Pick<Store, 'check'>; telemetry: Pick<Telemetry, 'fault'> },
): Readiness {
  let isOpen = false;
  let isClosing = false;

  const untilThere = (name: string, need: () => Promise<void>): Promise<void> =>
    retry(
      async () => (isClosing ? undefined : need()),
      (error) => {
        telemetry.fault(name, null, error);
        return RETRY_MS;
      },
    );

  // Anybody may ask, and as often as they like: all who ask while the store is being checked share that check.
  const checks = createSingleFlight<void>();
  const isStoreReady = () =>
    checks
      .run('store', () => store.check())
      .then(
        () => true,
        () => false,
      );

  return {
    open: async () => {
      await Promise.all(Object.entries(needs).map(([name, need]) => untilThere(name, need)));
      isOpen = true;
    },
    isReady: async () => isOpen && !isClosing && (await isStoreReady()),
    close: () => {
      isClosing = true;
    },
  };
}

/** A balancer that asks whether the process is ready, or the message that it was started for, comes first. */
const QUIET_MS = 250;

/**
 * Loads what the first messages need before they come: a process is ready without it. Between two of `loads` whatever
 * has come in is answered. Rejects where something cannot be loaded.
 */
export async function warmUp(loads: readonly (() => unknown)[]): Promise<void> {
  for (const load of loads) {
    await wait(QUIET_MS, undefined, { ref: false });
    await load();
  }
}
