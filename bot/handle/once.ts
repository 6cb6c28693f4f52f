import { setTimeout as sleep } from 'node:timers/promises';
import type { Turn } from '../turn.ts';
import { answers, type Outcome, silent } from './outcome.ts';
import type { Services, Setting } from './services.ts';

/** Whoever dies at work holds the message no longer than this; Teams delivers again after 15 s, up to four times. */
const LEASE_MS = 14_000;
const RENEW_MS = 5_000;
const REMEMBER_MS = 15 * 60_000;
/** A message that somebody is at work on is looked after so often, and so long. */
const LOOK_MS = 250;
const PATIENCE_MS = 10_000;

/**
 * Does the work of an activity for the first who comes with it. Others wait for the first: only what has reached the
 * person is done, and until then each of them may have to take over. Work goes on for as long as its lease is renewed.
 */
export async function oncePerActivity(setting: Setting, work: () => Promise<Outcome>): Promise<Outcome> {
  const { turn } = setting;
  if (turn.activityId === '') return work();
  const key = activityKey(turn);
  switch (await claimOrWait(key, setting)) {
    case 'done':
      return silent('again');
    case 'busy':
      return answers('busy', { kind: 'comeAgain' });
    case 'mine': {
      const finish = hold(key, setting);
      try {
        return { ...(await work()), finish };
      } catch (error) {
        // The person hears that something went wrong; hearing it twice would not help.
        await finish(true).catch(() => undefined);
        throw error;
      }
    }
  }
}

async function claimOrWait(
  key: string,
  { services: { store, now }, owner: { tenant } }: Setting,
): Promise<'mine' | 'done' | 'busy'> {
  const deadline = now().toMillis() + PATIENCE_MS;
  for (;;) {
    if (await store.claim(tenant, key, now().toMillis() + LEASE_MS)) return 'mine';
    const until = await store.claimedUntil(tenant, key);
    if (until !== null && until > now().toMillis() + 2 * LEASE_MS) return 'done';
    if (now().toMillis() > deadline) return 'busy';
    await sleep(LOOK_MS);
  }
}

/** Renews the lease until the work is finished: remembered where it reached the person, free again where it did not. */
function hold(key: string, { services, owner: { tenant } }: Setting): NonNullable<Outcome['finish']> {
  const { store, now } = services;
  const keep = (ms: number) => store.settle(tenant, key, now().toMillis() + ms);
  // A store that fails here fails again when the work is done, and is heard of then.
  let renewed: Promise<void> = Promise.resolve();
  const renewing = setInterval(() => {
    renewed = keep(LEASE_MS).catch(() => undefined);
  }, RENEW_MS);
  renewing.unref();
  return async (isDelivered) => {
    clearInterval(renewing);
    await renewed;
    await (isDelivered ? keep(REMEMBER_MS) : store.release(tenant, key));
  };
}

/** What was said did not reach the person: when the channel delivers the activity again, it counts as new. */
export async function giveBack(turn: Turn, { store }: Services): Promise<void> {
  if (turn.kind === 'ignored') return;
  await store.release(turn.tenant, turn.kind === 'joined' ? welcomeKey(turn) : activityKey(turn));
}

/** Under which a chat, group or team was welcomed. */
export const welcomeKey = ({ conversation }: Setting['turn']): string => `welcome:${conversation}`;
const activityKey = ({ conversation, activityId }: Setting['turn']) =>
  `activity:${conversation}:${activityId}`;
