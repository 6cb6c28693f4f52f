import type { Reach } from '../../auth/scopes.ts';
import { GraphError } from '../../graph/client.ts';
import { hasLeftovers, kindOf, type MeetingRecord } from '../../meeting/record.ts';
import type { Reply } from '../../say/render.ts';
import type { Begun } from '../../store/store.ts';
import { answerNotice, answerWith, type Outcome } from '../../teams/outcome.ts';
import { answerEnded, showMeeting } from '../cards/meeting-card.ts';
import { meetingCardsIn } from '../cards/present.ts';
import { problemReply } from '../cards/refusals.ts';
import { enterNow } from '../make/calendar-event.ts';
import { findBegun, LEASE_MS, type Lease, meetingLease, takeLease, waitForLease } from '../once/once.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import { callGraph, isSignedIn, type Progress, type Refusal } from '../sign-in/caller.ts';
import { sayUnknown } from '../sign-in/sign-out.ts';
import { cancelNow } from './cancel.ts';
import { changeTo } from './change-meeting.ts';
import { removeOld, renewTo } from './renew.ts';

/** What is done with a meeting after its organizer was checked. */
export type Effect = (record: MeetingRecord, scope: GraphScope) => Promise<Outcome>;

/** Does something with a meeting in its organizer's name. Everybody else is refused. Refusals by Graph become sentences. */
export async function asOrganiser(
  id: string,
  scope: TurnScope,
  effect: Effect,
  reach?: Reach,
): Promise<Progress> {
  const { services, owner } = scope;
  const record = await services.store.meeting(owner.tenant, id);
  if (record === null) return sayUnknown(id, scope);
  if (record.owner.user !== owner.user) return answerNotice('notYours');
  return inOrganisersName(record, scope, effect, reach);
}

/** What has to do with a meeting of the calendar needs the calendar. */
export const reachOf = ({ event }: MeetingRecord): Reach => (event === undefined ? 'meetings' : 'calendar');

/** Does something with a meeting in its organizer's name; what Graph refuses becomes a sentence. */
export async function inOrganisersName(
  record: MeetingRecord,
  scope: TurnScope,
  effect: Effect,
  reach: Reach = reachOf(record),
): Promise<Progress> {
  const done = await callGraph(scope, (scope) => effect(record, scope), reach);
  return 'problem' in done ? sayRefusal(done, record, scope) : done;
}

/** What a refusal of Graph means for a meeting that is there. */
async function sayRefusal(
  { problem, wait }: Refusal,
  record: MeetingRecord,
  scope: TurnScope,
): Promise<Outcome> {
  const { services, owner } = scope;
  if (problem === 'gone') {
    const isKept = kindOf(record).isReopened;
    const removed = isKept ? null : await services.store.removeMeeting(owner.tenant, record.id);
    return answerEnded('gone', removed ?? record);
  }
  // Beside the card, not in its place: the card still has the link.
  const reply: Reply = { ...problemReply(problem, scope, null, wait), isChange: true };
  return answerWith(problem, { kind: 'sentence', reply });
}

/**
 * Changes a meeting in its organizer's name, once for each revision. A button of an older card only shows the meeting. A
 * second click waits while the first one is at work, and takes over if that process dies, unless it wants something
 * else.
 */
export function oncePerRevision(
  { id, revision, verb }: { id: string; revision: number; verb: Begun['verb'] },
  scope: TurnScope,
  effect: Effect,
): Promise<Progress> {
  const once: Effect = async (record, scope) => {
    if (record.revision !== revision) return showMeeting(record, scope);
    const standing = await leaseOf(record, verb, scope);
    if (standing === 'over') return showNow(id, scope);
    if (typeof standing === 'string') return answerNotice(standing);
    await using lease = standing;
    const left = await findBegun(record, scope);
    const work = () => (left === undefined ? effect(record, scope) : resume(left, scope));
    const outcome = await finishingRefused(work, record, left?.verb ?? verb, scope);
    if (outcome.answer?.kind !== 'card') return outcome;
    lease.leave();
    return { ...outcome, done: [{ kind: 'work', id: record.id, revision: record.revision }] };
  };
  return asOrganiser(id, scope, once, verb === 'enter' ? 'calendar' : undefined);
}

/** Does the work, and ends what was begun if it came to nothing: a form that is shown again, a sentence, or an error that will not pass. */
async function finishingRefused(
  work: () => Promise<Outcome>,
  record: MeetingRecord,
  verb: Begun['verb'],
  { services: { store } }: TurnScope,
): Promise<Outcome> {
  try {
    const outcome = await work();
    if (outcome.answer?.kind !== 'card') await store.finish(record.owner, record);
    return outcome;
  } catch (error) {
    if (!isHalfDone(error, verb, record)) await store.finish(record.owner, record);
    throw error;
  }
}

/** Whether the work must be completed when Graph can: the meeting is locked but not removed, or closed but not opened again. */
function isHalfDone(error: unknown, verb: Begun['verb'], record: MeetingRecord): boolean {
  const isPassing =
    error instanceof GraphError && (error.status === 0 || error.status === 429 || error.status >= 500);
  return isPassing && (verb === 'cancel' || (verb === 'renew' && kindOf(record).isReopened));
}

const LOOK_MS = 250;

/** Waits for the lease of the meeting. `over`: the other turn has finished its work. */
async function leaseOf(
  record: MeetingRecord,
  verb: Begun['verb'],
  scope: TurnScope,
): Promise<Lease | 'over' | 'otherWork' | 'working'> {
  const look = async () => {
    const current = await scope.services.store.meeting(record.owner.tenant, record.id);
    if (current?.revision !== record.revision) return 'over';
    const begun = await findBegun(record, scope);
    return begun !== undefined && begun.verb !== verb ? 'otherWork' : null;
  };
  const patience = { everyMs: LOOK_MS, forMs: LEASE_MS + LOOK_MS };
  return (await waitForLease(meetingLease(record), scope, patience, look)) ?? 'working';
}

async function showNow(id: string, scope: GraphScope): Promise<Outcome> {
  const record = await scope.services.store.meeting(scope.owner.tenant, id);
  return record === null ? answerNotice('alreadyDone') : showMeeting(record, scope);
}

/** Work that a process left unfinished, and its outcome now. */
type Finished = { record: MeetingRecord; outcome: Outcome };

/** Older work is not finished: the card only shows the meeting as it is, because the person has probably acted by then. */
const STALE_MS = 15 * 60_000;

/**
 * Finishes the work that a killed process had begun for this person: Teams does not deliver a click again, and the card would
 * stay outdated. Does nothing if the person's token is not cached, or the work is still going on.
 */
export async function finishBegun(scope: TurnScope): Promise<Finished[]> {
  if (!(await isSignedIn(scope))) return [];
  const finished: Finished[] = [];
  for (const begun of (await scope.person()).begun) {
    await using lease = await takeLease(meetingLease(begun.wanted), scope);
    if (lease === null) continue;
    // The work stays unfinished where Graph refuses.
    const reach = begun.verb === 'enter' ? 'calendar' : undefined;
    const work: Effect = (_record, scope) => resume(begun, scope);
    const progress = await inOrganisersName(begun.wanted, scope, work, reach);
    if (!('needs' in progress) && progress.answer?.kind === 'card')
      finished.push({ record: begun.wanted, outcome: progress });
  }
  return finished;
}

/** Adds the cards of finished work to an outcome. */
export function withFinished(outcome: Outcome, finished: readonly Finished[]): Outcome {
  const update = finished.flatMap(({ outcome }) => meetingCardsIn(outcome));
  const done = finished.map(({ record: { id, revision } }) => ({ kind: 'work' as const, id, revision }));
  return { ...outcome, update: [...update, ...outcome.update], done: [...done, ...outcome.done] };
}

/** Continues work whose lease is held. */
async function resume(begun: Begun, scope: GraphScope): Promise<Outcome> {
  const { verb, wanted, options, at, calendar, comment = null } = begun;
  const { store, now } = scope.services;
  const record = await store.meeting(wanted.owner.tenant, wanted.id);
  if (record === null) return answerEnded(verb === 'cancel' ? 'cancelled' : 'gone', wanted);
  if (record.createdAt !== wanted.createdAt) return showMeeting(record, scope);
  if (verb === 'cancel') return cancelNow(record, scope, comment);
  if (record.revision !== wanted.revision) {
    // The work was stored already. The old meeting of a new link may still exist; then it is removed.
    const isLinkLeft = (verb === 'renew' || verb === 'removeOld') && hasLeftovers(record);
    return isLinkLeft ? removeOld(record, scope) : showMeeting(record, scope);
  }
  if (at + STALE_MS < now().toMillis()) return showMeeting(record, scope);
  switch (verb) {
    case 'change':
      return changeTo(record, { wanted, options }, scope);
    case 'renew':
      return renewTo(wanted, scope);
    case 'removeOld':
      return removeOld(record, scope);
    case 'enter':
      return enterNow(wanted, calendar ?? 'mine', scope);
    default:
      return verb satisfies never;
  }
}
