import { TokenError } from '../../auth/token-error.ts';
import { repeat } from '../../base/retry.ts';
import { GraphError } from '../../graph/graph-error.ts';
import { chatOrChannel } from '../../meeting/record.ts';
import type { StoreKey } from '../../store/keys.ts';
import type { Holder } from '../../store/store.ts';
import { answerWith, type Outcome, sayNothing } from '../../teams/outcome.ts';
import type { Turn } from '../../teams/turn.ts';
import type { Services, TurnScope } from '../services.ts';

const REMEMBER_MS = 15 * 60_000;
/** How often and how long a second delivery checks whether the first one is done. */
const LOOK_MS = 250;
const PATIENCE_MS = 10_000;

/** The store failed before anything was said: the same activity can be handled once more. */
export class StoreFailed extends Error {
  constructor(cause: unknown) {
    super('the store cannot be asked', { cause });
    this.name = 'StoreFailed';
  }
}

/** The store failed when Graph may have made something. Asked again, Graph makes no second event of it. */
class NotStored extends Error {
  constructor(cause: unknown) {
    super('what was made cannot be stored', { cause });
    this.name = 'NotStored';
  }
}

/** Does work in which Graph makes something, so that `oncePerActivity` lets it be done again where the store fails. */
export async function storing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GraphError || error instanceof TokenError) throw error;
    throw new NotStored(error);
  }
}

/**
 * Does the work of an activity once, however often it is delivered. A second delivery waits for the first, and takes over if
 * the first one ends before its outcome has reached the person. The lease is renewed while the work goes on. Throws StoreFailed.
 */
export async function oncePerActivity(scope: TurnScope, work: () => Promise<Outcome>): Promise<Outcome> {
  const { turn } = scope;
  if (turn.activityId === '') return work();
  const key = activityKey(turn);
  const standing = await claimOrWait(key, scope).catch((error: unknown) => {
    throw new StoreFailed(error);
  });
  if (standing === 'done') return sayNothing('again');
  if (standing === 'busy') return answerWith('busy', { kind: 'comeAgain' });
  try {
    const finish: Outcome['finish'] = (isDelivered) =>
      isDelivered ? standing.keep(REMEMBER_MS) : standing.giveBack();
    return { ...(await work()), finish };
  } catch (error) {
    if (error instanceof NotStored) {
      await standing.giveBack().catch(() => undefined);
      throw new StoreFailed(error);
    }
    // The person hears that something went wrong; hearing it twice would not help.
    await standing.keep(REMEMBER_MS).catch(() => undefined);
    throw error;
  }
}

async function claimOrWait(key: StoreKey, scope: TurnScope): Promise<Lease | 'done' | 'busy'> {
  const { store, now } = scope.services;
  const deadline = now().toMillis() + PATIENCE_MS;
  const look = async () => {
    const lease = await takeLease(key, scope);
    if (lease !== null) return lease;
    const until = await store.claimedUntil(scope.owner, key);
    return until !== null && isKept(until, now().toMillis()) ? 'done' : 'busy';
  };
  return repeat(look, (found) => (found === 'busy' && now().toMillis() <= deadline ? LOOK_MS : null));
}

/** Releases an activity whose outcome did not reach the person: when the channel delivers it again, it counts as new. */
export async function giveBack(turn: Turn, { store }: Services): Promise<void> {
  const { tenant, user } = turn;
  if (turn.kind === 'joined') await store.release({ tenant }, welcomeKey(turn));
  else if (user !== null) await store.release({ tenant, user }, activityKey(turn));
}

/** The key of the claim that a chat, group or team was welcomed. */
export const welcomeKey = ({ conversation }: TurnScope['turn']): StoreKey => `welcome:${conversation}`;
/** The key of the claim that the bot may write nothing there by itself: it was removed. */
export const removedKey = (conversation: string): StoreKey =>
  `refused:writing:${chatOrChannel(conversation)}`;
const activityKey = ({ conversation, activityId }: TurnScope['turn']): StoreKey =>
  `activity:${conversation}:${activityId}`;

/** How long the claim of a process that died lasts: Teams delivers again after 15 s. */
export const LEASE_MS = 14_000;
const RENEW_MS = 5_000;
/** A claim that would be kept for so little longer is left as it is. */
const SLACK_MS = 4_000;

/**
 * A claim that is held while work goes on. It is renewed until one of these functions is called. At the end of an `await using`
 * block it is given back, unless one of them was called.
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
export const isKept = (until: number, now: number): boolean => until > now + 2 * LEASE_MS;

/** Takes a lease, which is this person's or anybody's of a tenant; null where somebody else holds it. */
export async function takeLease(
  key: StoreKey,
  { services, owner }: { services: Pick<Services, 'store' | 'now'>; owner: Holder },
): Promise<Lease | null> {
  const { store, now } = services;
  const until = (ms: number) => now().toMillis() + ms;
  if (!(await store.claim(owner, key, until(LEASE_MS)))) return null;
  let heldUntil = until(LEASE_MS);
  // If the store fails here, it fails again when the work is done, and that error is reported.
  let renewed: Promise<void> = Promise.resolve();
  const renew = async () => {
    const next = until(LEASE_MS);
    await store.settle(owner, key, next);
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
    await store.release(owner, key);
  };
  return {
    leave,
    giveBack,
    keep: async (ms) => {
      leave();
      await renewed;
      if (until(ms) - heldUntil > SLACK_MS) await store.settle(owner, key, until(ms));
    },
    [Symbol.asyncDispose]: async () => {
      if (!isEnded) await giveBack();
    },
  };
}
