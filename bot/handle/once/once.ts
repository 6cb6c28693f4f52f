import { repeat } from '../../base/retry.ts';
import type { StoreKey } from '../../store/keys.ts';
import { answers, type Outcome, silent } from '../../teams/outcome.ts';
import type { Turn } from '../../teams/turn.ts';
import type { Services, Setting } from '../services.ts';

const REMEMBER_MS = 15 * 60_000;
/** A message that somebody is at work on is looked after so often, and so long. */
const LOOK_MS = 250;
const PATIENCE_MS = 10_000;

/** The store could not say whose the activity is: nothing was begun, and its lease stays where it is. */
export class NotBegun extends Error {
  constructor(cause: unknown) {
    super('the store cannot be asked', { cause });
    this.name = 'NotBegun';
  }
}

/**
 * Does the work of an activity for the first who comes with it. Others wait for the first: only what has reached the
 * person is done, and until then each of them may have to take over. Work goes on for as long as its lease is renewed.
 * Throws NotBegun.
 */
export async function oncePerActivity(setting: Setting, work: () => Promise<Outcome>): Promise<Outcome> {
  const { turn } = setting;
  if (turn.activityId === '') return work();
  const key = activityKey(turn);
  const standing = await claimOrWait(key, setting).catch((error: unknown) => {
    throw new NotBegun(error);
  });
  if (standing === 'done') return silent('again');
  if (standing === 'busy') return answers('busy', { kind: 'comeAgain' });
  try {
    const finish: Outcome['finish'] = (isDelivered) =>
      isDelivered ? standing.keep(REMEMBER_MS) : standing.giveBack();
    return { ...(await work()), finish };
  } catch (error) {
    // The person hears that something went wrong; hearing it twice would not help.
    await standing.keep(REMEMBER_MS).catch(() => undefined);
    throw error;
  }
}

async function claimOrWait(key: StoreKey, setting: Setting): Promise<Lease | 'done' | 'busy'> {
  const { store, now } = setting.services;
  const deadline = now().toMillis() + PATIENCE_MS;
  const look = async () => {
    const lease = await takeLease(key, setting);
    if (lease !== null) return lease;
    const until = await store.claimedUntil(setting.owner.tenant, key);
    return until !== null && isKept(until, now().toMillis()) ? 'done' : 'busy';
  };
  return repeat(look, (found) => (found === 'busy' && now().toMillis() <= deadline ? LOOK_MS : null));
}

/** What was said did not reach the person: when the channel delivers the activity again, it counts as new. */
export async function giveBack(turn: Turn, { store }: Services): Promise<void> {
  await store.release(turn.tenant, turn.kind === 'joined' ? welcomeKey(turn) : activityKey(turn));
}

/** Under which a chat, group or team was welcomed. */
export const welcomeKey = ({ conversation }: Setting['turn']): StoreKey => `welcome:${conversation}`;
const activityKey = ({ conversation, activityId }: Setting['turn']): StoreKey =>
  `activity:${conversation}:${activityId}`;

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
