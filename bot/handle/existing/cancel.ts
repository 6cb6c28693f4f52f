import type { DateTime } from 'luxon';
import { kindOf, type MeetingRecord, mailsGuests } from '../../meeting/record.ts';
import { atOccurrence, type SeriesPart } from '../../meeting/series.ts';
import { ownedId } from '../../store/keys.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import { answerEnded, headOf } from '../cards/meeting-card.ts';
import { askConfirm } from '../cards/questions.ts';
import { leaveRoom } from '../make/room.ts';
import { begin } from '../once/once.ts';
import { newRequest } from '../request.ts';
import { dropDues, type GraphScope, type TurnScope } from '../services.ts';

/**
 * Asks before a meeting is cancelled. `request`: the id of the written request that waits for the answer. `part`: which
 * meetings of a series are meant, as far as that was said.
 */
export function confirmCancel(
  record: MeetingRecord,
  now: DateTime,
  request: string | null = null,
  part: { occurrence: SeriesPart['occurrence'] | null; day: string | null } = { occurrence: null, day: null },
): Outcome {
  const spoken = atOccurrence(record, now.toMillis(), part.day);
  const day = headOf(spoken).start.toISODate() ?? '';
  const asked = part.occurrence === null ? (['one', 'series'] as const) : [part.occurrence];
  const inCalendar = record.event && {
    isMailing: mailsGuests(record),
    ...(record.series && { occurrences: asked.map((occurrence) => ({ occurrence, day })) }),
  };
  return askConfirm('confirmCancel', spoken, { what: 'cancel', ...(inCalendar && { inCalendar }) }, request);
}

/**
 * Locks and deletes the meeting, and what is left of older ones. The card says "cancelled" only when Graph has confirmed that
 * all of them are removed; until then a click tries again.
 */
export async function cancel(
  record: MeetingRecord,
  scope: GraphScope,
  comment: string | null,
): Promise<Outcome> {
  await begin(record, { verb: 'cancel', wanted: record, ...(comment && { comment }) }, scope);
  return cancelNow(record, scope, comment);
}

/** The same after the beginning of the work was stored. The link is locked before the guests are mailed. */
export async function cancelNow(
  record: MeetingRecord,
  scope: GraphScope,
  comment: string | null,
): Promise<Outcome> {
  const { services } = scope;
  const { event, leftoverEvents = [] } = record;
  if (event !== undefined && services.calendar === null) return answerNotice('calendarOff');
  const all = [record.graphId, ...record.leftovers];
  const locks = await Promise.all(all.map((graphId) => services.meetings.retire(graphId, scope.caller)));
  const events = [...(event ? [event.id] : []), ...leftoverEvents];
  for (const id of events) await services.calendar?.cancel(id, comment, scope.caller);
  const removed = await services.store.removeMeeting(record.owner.tenant, record.id);
  await dropDues([record], scope);
  await leaveRoom(record, scope);
  const cancelled = removed ?? record;
  const isLocked = locks.every(Boolean);
  // A series would come back as a single meeting.
  const isOnce = !kindOf(cancelled).isReopened && cancelled.series === undefined;
  const isAhead = cancelled.start >= services.now().toMillis();
  const again = isOnce && isAhead ? { againId: await parkAgain(cancelled, isLocked, scope) } : {};
  return answerEnded('cancelled', cancelled, { isLocked, ...again });
}

/** Parks the request that makes the meeting again, for the card's button or for words. Returns its id. */
async function parkAgain(like: MeetingRecord, isLocked: boolean, scope: TurnScope): Promise<string> {
  const { services, owner, turn } = scope;
  const { conversation, isPrivate } = like;
  const origin = isPrivate && { conversation, place: turn.place, isPrivate };
  const id = ownedId(owner, services.newId());
  const oldLink = isLocked ? ('oldLinkLocked' as const) : ('oldLinkRemoved' as const);
  const known = { id, askedAt: services.now().toMillis(), like, oldLink, ...(origin && { origin }) };
  await services.store.park(newRequest({ ...known, asks: 'again', waitsFor: 'answer' }, scope));
  return id;
}
