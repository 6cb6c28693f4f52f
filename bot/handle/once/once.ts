import { randomUUID } from 'node:crypto';
import { TokenError } from '../../auth/token-error.ts';
import { type Clock, lookFor } from '../../base/retry.ts';
import { GraphError } from '../../graph/client.ts';
import { chatOrChannel, type MeetingRecord } from '../../meeting/record.ts';
import type { StoreKey } from '../../store/keys.ts';
import type { Begun, Holder } from '../../store/store.ts';
import { answerWith, type Done, type Outcome, sayNothing } from '../../teams/outcome.ts';
import type { Turn } from '../../teams/turn.ts';
import { reopenScope, type Services, type TurnScope } from '../services.ts';

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

/** Whether the work of a claim that somebody else holds is done, and not going on: a claim of work that goes on is shorter. */
export async function isDone(key: StoreKey, { services, owner }: LeaseScope): Promise<boolean> {
  const until = await services.store.claimedUntil(owner, key);
  return until !== null && until > services.now().toMillis() + 2 * LEASE_MS;
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
  /** What is said to a person whose request nobody brings again. */
  readonly outcome: Outcome;
  constructor(cause: unknown, outcome: Outcome) {
    super('what was made cannot be stored', { cause });
    this.name = 'NotStored';
    this.outcome = outcome;
  }
}

/**
 * Does work in which Graph makes something. If the store fails, `oncePerActivity` lets it be done again, and `onceOnly` answers
 * what `sayUnstored` returns.
 */
export async function guardStoring<T>(work: () => Promise<T>, sayUnstored: () => Outcome): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GraphError || error instanceof TokenError) throw error;
    throw new NotStored(error, sayUnstored());
  }
}

/** Does work of a turn that nobody brings again, such as a click or a sign-in. */
export async function onceOnly<T>(work: () => Promise<T>): Promise<T | Outcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotStored) return error.outcome;
    throw error;
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
  const look = async () => ((await isDone(key, scope)) ? 'done' : null);
  return (await waitForLease(key, scope, { everyMs: LOOK_MS, forMs: PATIENCE_MS }, look)) ?? 'busy';
}

/** Releases an activity whose outcome did not reach the person: when the channel delivers it again, it counts as new. */
export async function giveBack(turn: Turn, { store }: Services): Promise<void> {
  const { tenant, user } = turn;
  if (turn.kind === 'joined') await store.release({ tenant }, welcomeKey(turn));
  else if (user !== null) await store.release({ tenant, user }, activityKey(turn));
}

/** How long unfinished work is kept: a person who comes back later does not expect it to go on. */
const KEEP_MS = 24 * 3_600_000;

type Work = Pick<Begun, 'verb' | 'wanted'> & Partial<Pick<Begun, 'options' | 'calendar' | 'comment'>>;

/** Notes what will be done to a meeting before Graph is called, so that another process can finish it if this one is killed. */
export async function begin(
  { owner }: MeetingRecord,
  { options = {}, ...work }: Work,
  { services }: TurnScope,
): Promise<void> {
  const at = services.now().toMillis();
  await services.store.begin({ owner, at, options, expires: at + KEEP_MS, ...work });
}

/** The work that has begun on this revision of the meeting, as it is now. */
export async function findBegun(
  { id, revision }: MeetingRecord,
  scope: TurnScope,
): Promise<Begun | undefined> {
  const { begun } = await reopenScope(scope).person();
  return begun.find(({ wanted }) => wanted.id === id && wanted.revision === revision);
}

/** The key of the lease for work on this revision of a meeting. `createdAt` is part of it, because a room that is opened again keeps its id. */
export const meetingLease = ({ id, revision, createdAt }: MeetingRecord): StoreKey =>
  `meeting:${id}:${revision}:${createdAt}`;

/** Notes that nothing of this waits any more, because its outcome has reached the person. */
export async function finishAll(done: readonly Done[], turn: Turn, { store }: Services): Promise<void> {
  if (turn.user === null) return;
  const owner = { tenant: turn.tenant, user: turn.user };
  const finish = (one: Done) =>
    one.kind === 'work' ? store.finish(owner, one) : store.unpark(owner, one.id);
  await Promise.all(done.map(finish));
}

/** The key of the claim that a chat, group or team was welcomed. */
export const welcomeKey = ({ conversation }: TurnScope['turn']): StoreKey => `welcome:${conversation}`;
/** The key of the claim that the bot may write nothing there by itself: it was removed. */
export const removedKey = (conversation: string): StoreKey =>
  `refused:writing:${chatOrChannel(conversation)}`;
const activityKey = ({ conversation, activityId }: TurnScope['turn']): StoreKey =>
  `activity:${conversation}:${activityId}`;
