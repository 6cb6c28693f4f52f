import { repeat } from '../../base/retry.ts';
import type { Pending } from '../../store/store.ts';
import { replyOf } from '../../teams/outcome.ts';
import { LEASE_MS, takeLease } from '../once/once.ts';
import { releaseKey } from '../park.ts';
import type { TurnScope } from '../services.ts';
import type { Progress } from '../sign-in/caller.ts';
import { proceed } from './proceed.ts';

/** A request that another device's turn is at work on is looked after so often, and for no longer than its lease. */
const LOOK_MS = 500;

/** Lets a request go on as `release` does. A second caller waits, and takes over where the first dies at work; null when it is done. */
export async function releaseInTurn(pending: Pending, scope: TurnScope): Promise<Progress | null> {
  const { services } = scope;
  const deadline = services.now().toMillis() + LEASE_MS + LOOK_MS;
  const look = async (retries: number) => {
    if (retries > 0 && !(await isStillParked(pending, scope))) return 'done';
    return (await release(pending, scope)) ?? 'busy';
  };
  const found = await repeat(look, (progress) =>
    progress === 'busy' && services.now().toMillis() <= deadline ? LOOK_MS : null,
  );
  return typeof found === 'string' ? null : found;
}

async function isStillParked(pending: Pending, { services, owner }: TurnScope): Promise<boolean> {
  const still = await services.store.parked(owner.tenant, pending.id);
  return still !== null && releaseKey(still) === releaseKey(pending);
}

/** Lets a parked request go on, for the first who asks; null for the others. */
export async function release(pending: Pending, scope: TurnScope): Promise<Progress | null> {
  await using lease = await takeLease(releaseKey(pending), scope);
  if (lease === null) return null;
  const progress = await proceed(pending, scope);
  const isToBeRepeated = 'needs' in progress || replyOf(progress)?.kind === 'problem';
  // The card of what was done is still to come: where this process dies on the way to it, the next takes over.
  if (!isToBeRepeated) await lease.keep(LEASE_MS);
  return progress;
}
