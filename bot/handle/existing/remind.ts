import { type Due, type DueStep, dueMeeting } from '../../meeting/due.ts';
import { isSharedPlace } from '../../meeting/place.ts';
import type { MeetingRecord, Reachable } from '../../meeting/record.ts';
import type { ReminderReply } from '../../say/cards/reminder.ts';
import { messageLink } from '../../teams/message-link.ts';
import type { Writer } from '../../teams/proactive-messages.ts';
import { readEntry } from '../cards/calendar-event.ts';
import { headOf } from '../cards/meeting-card.ts';
import { begunOn } from '../once/begun-work.ts';
import { removedKey } from '../once/once.ts';
import { dropDues } from '../plan-dues.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import { callGraph, reachOf } from '../sign-in/caller.ts';

/** How long a conversation is not tried again that the bot was removed from, unless it comes back. */
const REMOVED_MS = 24 * 3_600_000;

/** A message of its own, where the meeting's card stands. With the link where the organiser's token is at hand. */
export async function remind(
  due: Due,
  record: Reachable,
  writer: Writer,
  scope: TurnScope,
): Promise<DueStep | 'dropped' | 'tenantLimit' | 'removed'> {
  const { services, owner } = scope;
  // A process was killed in the middle of it; the person wants the meeting no more.
  if ((await begunOn(record, scope))?.verb === 'cancel') return 'dropped';
  const removed = removedKey(record.conversation);
  if ((await services.store.claimedUntil({ tenant: owner.tenant }, removed)) !== null) return 'removed';
  const known = await lookUp(due, record, scope);
  if (known === null) return 'dropped';
  const taken = await services.reminderLimit.take(owner.tenant);
  if ('until' in taken) return 'tenantLimit';
  const reply = reminderOf({ ...record, ...known.times }, known.joinUrl, scope);
  const { conversation, conversationReference, isPrivate } = record;
  const to = { tenant: owner.tenant, conversation, conversationReference, ...(isPrivate && { isPrivate }) };
  const isSent = await writer.send(reply, to, scope.reference).catch(async (error: unknown) => {
    await taken.giveBack();
    throw error;
  });
  if (isSent) return 'remind';
  const until = services.now().toMillis() + REMOVED_MS;
  await services.store.claim({ tenant: owner.tenant }, removed, until);
  await dropDues([record], scope);
  return 'removed';
}

type Known = { times: Pick<MeetingRecord, 'start' | 'end'>; joinUrl: string | null };

/**
 * When the meeting is, and its link where the organizer's token is at hand. Null where it is not due any more: the organizer
 * has moved or deleted it in another program, which nobody tells the bot.
 */
async function lookUp(due: Due, record: Reachable, scope: TurnScope): Promise<Known | null> {
  const read = async (scope: GraphScope) => {
    const meeting = await scope.services.meetings.get(record.graphId, scope.caller);
    const entry = await readEntry(record, scope);
    return { meeting, entry };
  };
  const found = await callGraph(scope, read, reachOf(record));
  if ('problem' in found && found.problem === 'gone') return null;
  if (!('meeting' in found)) return knownOf(due, record, null, scope);
  const { meeting, entry } = found;
  const times = { start: meeting.start.toMillis(), end: meeting.end.toMillis() };
  return knownOf(due, entry?.record ?? { ...record, ...times }, meeting.joinUrl, scope);
}

async function knownOf(
  due: Due,
  record: MeetingRecord,
  joinUrl: string | null,
  { services, owner }: TurnScope,
): Promise<Known | null> {
  const { remind = null } = await services.store.settings(owner);
  const times = dueMeeting(due, record, remind, services.now().toMillis());
  return times && { times: { start: times.start, end: times.end }, joinUrl };
}

function reminderOf(
  record: MeetingRecord,
  joinUrl: string | null,
  { services, turn }: TurnScope,
): ReminderReply {
  const { id, conversation, cardId } = record;
  const isOfMany = isSharedPlace(conversation);
  const spot = { conversation, place: turn.place, tenant: turn.tenant };
  const cardUrl =
    cardId !== null && isOfMany ? messageLink({ ...spot, messageId: cardId }, services.teamsHost) : null;
  // Whoever made it is shown the whole card by their own Teams, which can sign them in for it.
  const viewers = joinUrl === null ? [turn.teamsId] : [];
  return { kind: 'reminder', id, ...headOf(record), joinUrl, cardUrl, viewers, isShared: isOfMany };
}
