import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreKey } from '../../store/keys.ts';
import type { Pending } from '../../store/store.ts';
import type { Step } from '../cards/step.ts';
import { LEASE_MS, takeLease } from '../once/lease.ts';
import type { Setting } from '../services.ts';
import { proceed } from './proceed.ts';

/** A request that another device's turn is at work on is looked after so often, and for no longer than its lease. */
const LOOK_MS = 500;

/** Lets it go on as `release` does, but whoever comes second waits, and takes over where the first dies at work; null when it is done. */
export async function releaseInTurn(pending: Pending, setting: Setting): Promise<Step | null> {
  const { services, owner } = setting;
  const deadline = services.now().toMillis() + LEASE_MS + LOOK_MS;
  for (;;) {
    const step = await release(pending, setting);
    if (step !== null || services.now().toMillis() > deadline) return step;
    await sleep(LOOK_MS);
    const still = await services.store.parked(owner.tenant, pending.id);
    if (still === null || releaseKey(still) !== releaseKey(pending)) return null;
  }
}

const releaseKey = ({ id, waitsFor, answers }: Pending): StoreKey =>
  `pending:${id}:${waitsFor}:${answers.length}`;

/** Lets a parked request go on, for the first who asks; null for the others. */
export async function release(pending: Pending, setting: Setting): Promise<Step | null> {
  const lease = await takeLease(releaseKey(pending), setting);
  if (lease === null) return null;
  try {
    const step = await proceed(pending, setting);
    if (step.kind === 'token' || step.reply.kind === 'problem') await lease.giveBack();
    // Its card is still to come; whoever dies on the way to it is followed by the next.
    else await lease.keep(LEASE_MS);
    return step;
  } catch (error) {
    await lease.giveBack();
    throw error;
  }
}
