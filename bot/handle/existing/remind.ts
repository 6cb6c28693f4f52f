import { type Due, dueMeeting } from '../../meeting/due.ts';
import { isSharedPlace, type MeetingRecord, type Reachable } from '../../meeting/record.ts';
import type { ReminderReply } from '../../say/cards/reminder.ts';
import { messageLink } from '../../teams/message-link.ts';
import type { Writer } from '../../teams/proactive-messages.ts';
import { headOf, readEntry } from '../cards/meeting-card.ts';
import { findBegun, removedKey } from '../once/once.ts';
import { dropDues, type GraphScope, type TurnScope } from '../services.ts';
import { callGraph } from '../sign-in/caller.ts';
import { reachOf } from './organiser.ts';

/** How long a conversation is not tried again that the bot was removed from, unless it comes back. */
const REMOVED_MS = 24 * 3_600_000;

/** Sends the reminder as a message of its own where the meeting's card stands. It has the link if the organizer's token is at hand. */
export async function remind(
  due: Due,
  record: Reachable,
  writer: Writer,
  scope: TurnScope,
): Promise<'remind' | 'dropped' | 'tenantLimit' | 'removed'> {
  const { services, owner } = scope;
  // A cancellation was cut off by a crash: the person does not want this meeting.
  if ((await findBegun(record, scope))?.verb === 'cancel') return 'dropped';
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
 * When the meeting is, and its link where the organizer's token is at hand. Null if it is not due any more: the organizer
 * has moved or deleted it in another program, which nobody tells the bot.
 */
async function lookUp(due: Due, record: Reachable, scope: TurnScope): Promise<Known | null> {
  const { services, owner } = scope;
  const read = async (scope: GraphScope) => ({
    meeting: await services.meetings.get(record.graphId, scope.caller),
    entry: await readEntry(record, scope),
  });
  const found = await callGraph(scope, read, reachOf(record));
  if ('problem' in found && found.problem === 'gone') return null;
  const { meeting, entry } = 'meeting' in found ? found : { meeting: null, entry: null };
  const there = meeting && { ...record, start: meeting.start.toMillis(), end: meeting.end.toMillis() };
  const { remind = null } = await services.store.settings(owner);
  const times = dueMeeting(due, entry?.record ?? there ?? record, remind, services.now().toMillis());
  return times && { times: { start: times.start, end: times.end }, joinUrl: meeting?.joinUrl ?? null };
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
  // The organizer's own Teams asks for the whole card, and can sign them in for it.
  const viewers = joinUrl === null ? [turn.teamsId] : [];
  return { kind: 'reminder', id, ...headOf(record), joinUrl, cardUrl, viewers, isShared: isOfMany };
}
