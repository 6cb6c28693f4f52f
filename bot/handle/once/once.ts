import { TokenError } from '../../auth/token-error.ts';
import { GraphError } from '../../graph/client.ts';
import { chatOrChannel, type MeetingRecord } from '../../meeting/record.ts';
import type { StoreKey } from '../../store/keys.ts';
import type { Begun } from '../../store/store.ts';
import { answerWith, type Done, type Outcome, sayNothing } from '../../teams/outcome.ts';
import type { Turn } from '../../teams/turn.ts';
import { reopenScope, type Services, type TurnScope } from '../services.ts';
import { isDone, type Lease, waitForLease } from './lease.ts';

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
