import { setTimeout as sleep } from 'node:timers/promises';
import { createCache } from '../base/cache.ts';
import { chatOrChannel } from '../meeting/record.ts';

/** A message cannot be sent in time without exceeding a rate limit of Teams. */
export class PaceError extends Error {
  constructor() {
    super('too much is waiting to be sent there');
    this.name = 'PaceError';
  }
}

/** Where a message goes: a conversation of a tenant. */
type Lane = { tenant: string; conversation: string };

/**
 * Keeps messages within the rate limits of Teams: a burst in one thread is spread, in its order, instead of being refused.
 * It knows the messages of this process only; those of other replicas show in the 429 of the channel.
 */
export type Pace = {
  /**
   * Takes a place. Returns undefined when the message may be sent now, which is almost always; otherwise resolves when it
   * may be sent. Rejects with PaceError when that is more than `patienceMs` away.
   */
  reserve(lane: Lane, patienceMs: number): Promise<void> | undefined;
  /** Whether a message could be sent now; takes no place. */
  isFree(lane: Lane): boolean;
  /** The same as `reserve` for a reaction in this tenant. */
  react(tenant: string, patienceMs: number): Promise<void> | undefined;
};

/** A pace for one process. `now` answers milliseconds of a clock that only goes forward. */
export function createPace(now: () => number): Pace {
  // The threads of a channel share its limit.
  const places = createLog(PER_THREAD, now);
  const tenants = createLog(PER_TENANT, now);
  const reactions = createLog(REACTIONS, now);

  // A tenant's place is taken when the thread's has come, so that a full thread does not hold up the others.
  async function wait(ms: number, { tenant }: Lane, patienceMs: number): Promise<void> {
    await sleep(ms);
    await sleep(tenants.take(tenant, patienceMs));
  }

  return {
    isFree: ({ tenant, conversation }) =>
      places.isFree(chatOrChannel(conversation)) && tenants.isFree(tenant),
    react: (tenant, patienceMs) => orReject(() => pause(reactions.take(tenant, patienceMs))),
    reserve: (lane, patienceMs) =>
      orReject(() => {
        const ms = places.take(chatOrChannel(lane.conversation), patienceMs);
        return ms > 0 ? wait(ms, lane, patienceMs) : pause(tenants.take(lane.tenant, patienceMs));
      }),
  };
}

const pause = (ms: number): Promise<void> | undefined => (ms > 0 ? sleep(ms) : undefined);

function orReject(take: () => Promise<void> | undefined): Promise<void> | undefined {
  try {
    return take();
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Keys that are remembered. */
const MOST_KEYS = 20_000;
/** From this length on, instants that no longer count are dropped from a list. */
const LONG = 4_000;

type Log = {
  /** Takes a place and answers the milliseconds to wait for it. Throws PaceError, and takes none, where they are more than `patienceMs`. */
  take(key: string, patienceMs: number): number;
  isFree(key: string): boolean;
};

function createLog(limits: readonly Limit[], now: () => number): Log {
  const sent = createCache<number[]>(MOST_KEYS);
  const placeOf = (key: string, at: number) => nextSlot(sent.get(key) ?? [], limits, at);
  return {
    isFree: (key) => {
      const at = now();
      return placeOf(key, at) <= at;
    },
    take: (key, patienceMs) => {
      const at = now();
      const slot = placeOf(key, at);
      if (slot - at > patienceMs) throw new PaceError();
      const before = sent.get(key) ?? [];
      before.push(slot);
      sent.set(key, before.length < LONG ? before : dropOld(before, limits, at));
      return slot - at;
    },
  };
}

/** No pace at all: for tests and measurements, where no channel counts. */
export const NO_PACE: Pace = { reserve: () => undefined, isFree: () => true, react: () => undefined };

/** At most `count` messages in any period of `ms` milliseconds. */
export type Limit = { count: number; ms: number };

/** Two messages may arrive closer together than they were sent, by as much as the first one takes longer. */
const addMargin =
  (ms: number) =>
  (limit: Limit): Limit => ({ ...limit, ms: limit.ms + ms });

/** What Teams accepts from one bot in one chat or channel, with a margin for slow connections. */
export const PER_THREAD: readonly Limit[] = [
  { count: 7, ms: 1_000 },
  { count: 8, ms: 2_000 },
  { count: 60, ms: 30_000 },
  { count: 1_800, ms: 3_600_000 },
].map(addMargin(500));
/** How many reactions Teams accepts from one app in one tenant. */
const REACTIONS: readonly Limit[] = [{ count: 2, ms: 1_000 }].map(addMargin(100));
/** What Teams accepts from one app in one tenant. */
export const PER_TENANT: readonly Limit[] = [{ count: 50, ms: 1_000 }].map(addMargin(100));

/**
 * The first instant, from `now` on, at which one more may be sent without breaking a limit, and not before what was
 * promised last. `sent`: earlier ones and those that wait, in order. All in milliseconds of one clock.
 */
export function nextSlot(sent: readonly number[], limits: readonly Limit[], now: number): number {
  const opens = limits.map(({ count, ms }) => (sent.at(-count) ?? Number.NEGATIVE_INFINITY) + ms);
  return Math.max(now, sent.at(-1) ?? now, ...opens);
}

/** `sent` without what no limit counts any more at `now`. */
export function dropOld(sent: readonly number[], limits: readonly Limit[], now: number): number[] {
  const longest = Math.max(...limits.map(({ ms }) => ms));
  const most = Math.max(...limits.map(({ count }) => count));
  return sent.slice(-most).filter((at) => at > now - longest);
}
