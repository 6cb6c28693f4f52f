import type { TokenError } from '../../auth/token-error.ts';
import type { GraphError } from '../../graph/client.ts';
import { applyWish, type ChangeWish } from '../../meeting/apply-change.ts';
import type { Meeting } from '../../meeting/meeting.ts';
import type { Note } from '../../meeting/notes.ts';
import { eventKey, isOver, kindOf, type MeetingRecord, mailsGuests } from '../../meeting/record.ts';
import type { RenewQuestion } from '../../say/cards/confirm.ts';
import { answerNotice, answerWith, type Outcome } from '../../teams/outcome.ts';
import { answerEnded, answerMeeting, headOf } from '../cards/meeting-card.ts';
import { askConfirm } from '../cards/questions.ts';
import { undoneReply } from '../cards/refusals.ts';
import { enterNew, type Order } from '../make/calendar-event.ts';
import { makeWithinLimit } from '../make/create-meeting.ts';
import { renewRoom } from '../make/room.ts';
import { begin } from '../once/once.ts';
import { calendarIn, type GraphScope, type TurnScope } from '../services.ts';

/**
 * Asks before a meeting gets a new link. `renew`: why it needs one, and `request`: the id of the written request that waits;
 * both are left out for the button.
 */
export function confirmRenew(
  record: MeetingRecord,
  scope: TurnScope,
  renew: Pick<RenewQuestion, 'options' | 'isNeeded'> = { options: [], isNeeded: false },
  request: string | null = null,
): Outcome {
  if (kindOf(record).keepsLink) return answerNotice('seriesLink');
  if (isOver(record, scope.services.now().toMillis())) return answerEnded('over', record);
  const question = { what: 'renew' as const, ...renew, ...(mailsGuests(record) && { isMailing: true }) };
  return askConfirm('askedNewLink', record, question, request);
}

/**
 * Makes a new meeting, and then locks and deletes the old one. The card says no more about the old link than Graph has
 * confirmed. What Graph could not delete is tried again at the next click.
 */
export async function renew(
  record: MeetingRecord,
  scope: GraphScope,
  wish: ChangeWish = headOf(record),
): Promise<Outcome> {
  const wanted = applyWish(record, wish);
  await begin(record, { verb: 'renew', wanted }, scope);
  return renewTo(wanted, scope);
}

/** The same after the beginning of the work was stored. `wanted`: the meeting with everything else that was asked for. */
export async function renewTo(wanted: MeetingRecord, scope: GraphScope): Promise<Outcome> {
  if (kindOf(wanted).keepsLink) return answerNotice('seriesLink');
  return wanted.room === undefined ? renewMeeting(wanted, scope) : renewRoom(wanted, wanted.room, scope);
}

async function renewMeeting(wanted: MeetingRecord, scope: GraphScope): Promise<Outcome> {
  const { services } = scope;
  if (isOver(wanted, services.now().toMillis())) return answerEnded('over', wanted);
  if (wanted.event !== undefined && services.calendar === null) return answerNotice('calendarOff');
  const order = orderOf(wanted);
  const made = await makeWithinLimit(order, scope);
  if ('refused' in made) return made.refused;
  if ('undone' in made) return keepOld(made.undone, wanted, scope);
  const { meeting, missed, event } = made;
  const { before: _, event: replaced, ...kept } = wanted;
  const renewed: MeetingRecord = {
    ...kept,
    said: { ...wanted.said, missed },
    graphId: meeting.graphId,
    revision: wanted.revision + 1,
    leftovers: [...wanted.leftovers, wanted.graphId],
    ...(event && { event }),
    ...(replaced && { leftoverEvents: [...(wanted.leftoverEvents ?? []), replaced.id] }),
  };
  if (!(await services.store.replaceMeeting(renewed, wanted.revision))) {
    // An event of this revision is the stored one, and stays.
    if (event === undefined) await services.meetings.delete(meeting.graphId, scope.caller);
    return answerNotice('alreadyDone');
  }
  const entered = made.isToBeEntered
    ? await enterNew(renewed, meeting, order.calendar ?? 'mine', scope)
    : { record: renewed, meeting };
  return finishRenewal(entered.record, entered.record.revision, entered.meeting, scope);
}

/**
 * Says that the new event is cancelled again. The stored meeting stays as it was, with a new revision: for another try Graph
 * must be given another key.
 */
async function keepOld(
  undone: GraphError | TokenError,
  { owner, id, revision }: MeetingRecord,
  scope: GraphScope,
): Promise<Outcome> {
  const { store } = scope.services;
  const stored = await store.meeting(owner.tenant, id);
  if (stored?.revision === revision)
    await store.replaceMeeting({ ...stored, revision: revision + 1 }, revision);
  const reply = undoneReply(undone, 'unchanged', scope);
  return answerWith(reply.problem, { kind: 'sentence', reply });
}

/** Handles *Remove the old link*: tries again what could not be deleted. */
export async function removeOld(record: MeetingRecord, scope: GraphScope): Promise<Outcome> {
  await begin(record, { verb: 'removeOld', wanted: record }, scope);
  const meeting = await scope.services.meetings.get(record.graphId, scope.caller);
  return finishRenewal({ ...record, revision: record.revision + 1 }, record.revision, meeting, scope);
}

/** Locks and deletes the older meetings, stores those that Graph still has, and says what is known about their links. */
async function finishRenewal(
  record: MeetingRecord,
  storedRevision: number,
  meeting: Meeting,
  scope: GraphScope,
): Promise<Outcome> {
  const { caller, services } = scope;
  const { leftoverEvents = [], ...kept } = record;
  const old = await removeAll(record.leftovers, (id) => services.meetings.retire(id, caller));
  // Their guests are mailed.
  const events = await removeAll(leftoverEvents, async (id) => calendarIn(services).cancel(id, null, caller));
  const isAlive = old.left.length + events.left.length > 0;
  const removed = old.removed.every(Boolean) ? 'oldLinkLocked' : 'oldLinkRemoved';
  const notes: Note[] = [
    isAlive ? 'oldLinkAlive' : removed,
    ...record.said.notes.filter((note) => note === 'notEntered'),
  ];
  const settled: MeetingRecord = {
    ...kept,
    ...(events.left.length > 0 && { leftoverEvents: events.left }),
    leftovers: old.left,
    said: { guesses: [], assumedMinutes: null, notes, missed: record.said.missed ?? [] },
    spokenOfAt: services.now().toMillis(),
  };
  const stored = await services.store.replaceMeeting(settled, storedRevision);
  return stored === null ? answerNotice('alreadyDone') : answerMeeting('renewed', meeting, stored, scope);
}

/** Tries to remove each of them. `left`: the ids that Graph still has. `removed`: what removing the others returned. */
async function removeAll<T>(ids: readonly string[], remove: (id: string) => Promise<T>) {
  const results = await Promise.allSettled(ids.map(remove));
  return {
    left: ids.filter((_, i) => results[i]?.status === 'rejected'),
    removed: results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
  };
}

/** The order that makes the same meeting again. Graph makes one event for each revision. */
function orderOf(record: MeetingRecord): Order {
  const { id, revision, options, event } = record;
  const calendar = event && { calendar: event.isInviting ? ('guests' as const) : ('mine' as const) };
  return { ...headOf(record), key: eventKey(id, revision), options, ...calendar };
}
