import { setTimeout as sleep } from 'node:timers/promises';
import { createCache } from '../base/cache.ts';
import { dropOld, type Limit, nextSlot, PER_TENANT, PER_THREAD, REACTIONS } from './message-rates.ts';

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
  const threads = createLog(PER_THREAD, now);
  const tenants = createLog(PER_TENANT, now);
  const reactions = createLog(REACTIONS, now);

  // A tenant's place is taken when the thread's has come, so that a full thread does not hold up the others.
  async function wait(ms: number, { tenant }: Lane, patienceMs: number): Promise<void> {
    await sleep(ms);
    await sleep(tenants.take(tenant, patienceMs));
  }

  return {
    isFree: ({ tenant, conversation }) => threads.isFree(threadOf(conversation)) && tenants.isFree(tenant),
    react: (tenant, patienceMs) => {
      try {
        const ms = reactions.take(tenant, patienceMs);
        return ms > 0 ? sleep(ms) : undefined;
      } catch (error) {
        return Promise.reject(error);
      }
    },
    reserve: (lane, patienceMs) => {
      try {
        const ms = threads.take(threadOf(lane.conversation), patienceMs);
        if (ms > 0) return wait(ms, lane, patienceMs);
        const more = tenants.take(lane.tenant, patienceMs);
        return more > 0 ? sleep(more) : undefined;
      } catch (error) {
        return Promise.reject(error);
      }
    },
  };
}

/** The threads of a channel share its limit. */
const threadOf = (conversation: string) => conversation.split(';', 1)[0] ?? '';

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
