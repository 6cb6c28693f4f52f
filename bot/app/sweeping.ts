import type { StoreKey } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import type { Telemetry } from '../telemetry.ts';

const SWEEP_MS = 10 * 60_000;

/** Drops what has expired, every ten minutes; of several replicas one sweeps for all. Answers how to stop. */
export function startSweeping(store: Store<StoreKey>, telemetry: Telemetry): () => void {
  async function sweep(): Promise<void> {
    const isMine = await store.claim('', 'sweep', Date.now() + SWEEP_MS / 2);
    if (isMine) await store.sweep();
  }
  const sweeping = setInterval(
    () => void sweep().catch((error) => telemetry.fault('sweep', null, error)),
    SWEEP_MS,
  );
  sweeping.unref();
  return () => clearInterval(sweeping);
}
