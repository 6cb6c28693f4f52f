import { setTimeout as sleep } from 'node:timers/promises';
import { GraphError } from '../../graph/failure.ts';
import type { Caller } from '../../graph/online-meetings.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { Begun } from '../../store/store.ts';
import { type Step, says } from '../cards/step.ts';
import { LEASE_MS, type Lease, takeLease } from '../once/lease.ts';
import type { Setting } from '../services.ts';
import { withCaller } from '../sign-in/caller.ts';
import { sayUnknown } from '../sign-in/sign-out.ts';
import { finishOne } from './begun.ts';
import { meetingLease, refused, show } from './show.ts';

/** What may be done with a meeting once it is clear that this person may. */
export type Effect = (record: MeetingRecord, caller: Caller) => Promise<Step>;

/** Finds the meeting, and lets its organiser go on with their token at hand. Refusals of Graph become sentences. */
export async function asOrganiser(id: string, setting: Setting, effect: Effect): Promise<Step> {
  const { services, owner } = setting;
  const record = await services.store.meeting(owner.tenant, id);
  if (record === null) return sayUnknown(id, setting);
  if (record.owner.user !== owner.user) return says('notYours');
  return withCaller(
    setting,
    (caller) => effect(record, caller),
    (problem, wait) => refused(problem, record, setting, wait),
  );
}

/**
 * The same for what changes the meeting: once per revision. A button of an older card only shows how things are. Who
 * comes while somebody is at work waits, and takes over where that process dies, unless they want something else.
 */
export function oncePerRevision(
  { id, revision, verb }: { id: string; revision: number; verb: Begun['verb'] },
  setting: Setting,
  effect: Effect,
): Promise<Step> {
  return asOrganiser(id, setting, async (record, caller) => {
    if (record.revision !== revision) return show(record, caller, setting);
    const lease = await leaseOf(record, verb, setting);
    if (lease === 'over') return afterwards(id, caller, setting);
    if (typeof lease === 'string') return says(lease);
    const left = await begunOn(record, setting);
    const work = () => (left === undefined ? effect(record, caller) : finishOne(left, setting));
    return underLease(lease, { record, verb }, setting, work);
  });
}

async function underLease(
  lease: Lease,
  { record, verb }: { record: MeetingRecord; verb: Begun['verb'] },
  setting: Setting,
  work: () => Promise<Step>,
): Promise<Step> {
  const { store } = setting.services;
  try {
    const step = await work();
    if (step.kind === 'say' && step.reply.kind !== 'notice') {
      lease.leave();
      return { ...step, done: { id: record.id, revision: record.revision } };
    }
    // A form that is shown again, or a sentence in place of a card, has done nothing.
    await store.finish(record.owner, record);
    await lease.giveBack();
    return step;
  } catch (error) {
    if (!isHalfDone(error, verb, record)) await store.finish(record.owner, record);
    await lease.giveBack();
    throw error;
  }
}

/** Locked and not removed, or closed and not opened again: the person wanted all of it, and it is done when Graph can. */
function isHalfDone(error: unknown, verb: Begun['verb'], { room }: MeetingRecord): boolean {
  const isPassing =
    error instanceof GraphError && (error.status === 0 || error.status === 429 || error.status >= 500);
  return isPassing && (verb === 'cancel' || (verb === 'renew' && room !== undefined));
}

const LOOK_MS = 250;

/** `over`: the one who was at work is done. */
async function leaseOf(
  record: MeetingRecord,
  verb: Begun['verb'],
  setting: Setting,
): Promise<Lease | 'over' | 'otherWork' | 'working'> {
  const { store, now } = setting.services;
  const deadline = now().toMillis() + LEASE_MS + LOOK_MS;
  for (;;) {
    const lease = await takeLease(meetingLease(record), setting);
    if (lease !== null) return lease;
    const current = await store.meeting(record.owner.tenant, record.id);
    if (current?.revision !== record.revision) return 'over';
    const begun = await begunOn(record, setting);
    if (begun !== undefined && begun.verb !== verb) return 'otherWork';
    if (now().toMillis() > deadline) return 'working';
    await sleep(LOOK_MS);
  }
}

async function afterwards(id: string, caller: Caller, setting: Setting): Promise<Step> {
  const record = await setting.services.store.meeting(setting.owner.tenant, id);
  return record === null ? says('alreadyDone') : show(record, caller, setting);
}

/** What was begun with the meeting as it is at this revision. */
async function begunOn(
  { id, revision }: MeetingRecord,
  { services, owner }: Setting,
): Promise<Begun | undefined> {
  const all = await services.store.begunBy(owner);
  return all.find(({ wanted }) => wanted.id === id && wanted.revision === revision);
}
