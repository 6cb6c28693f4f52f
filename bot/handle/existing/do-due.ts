import { type Due, type DueStep, dueMeeting, nextDues } from '../../meeting/due.ts';
import { dropNews } from '../../meeting/notes.ts';
import { isSharedPlace, type MeetingRecord, placeOf, type Reachable } from '../../meeting/record.ts';
import type { ReminderReply } from '../../say/cards/reminder.ts';
import { messageLink } from '../../teams/message-link.ts';
import type { CardUpdate, Outcome } from '../../teams/outcome.ts';
import type { Writer } from '../../teams/proactive-messages.ts';
import type { Channel } from '../../teams/turn.ts';
import { answerEnded, headOf, readEntry, showMeeting } from '../cards/meeting-card.ts';
import { forEverybody, meetingCardsIn } from '../cards/present.ts';
import { findBegun, meetingLease, removedKey, takeLease } from '../once/once.ts';
import { dropDues, type GraphScope, openScope, type Services, type TurnScope } from '../services.ts';
import { callGraph, isSignedIn, type Progress } from '../sign-in/caller.ts';
import { inOrganisersName, reachOf } from './as-organiser.ts';

/**
 * What came of something that was due, as one word for the log. `later`: the meeting is being worked on. `dropped`: it is not
 * to be done any more. `unseen`: nothing is known of the meeting now, so its card stays as it is.
 */
type DueResult = DueStep | 'later' | 'dropped' | 'tenantLimit' | 'removed' | 'unseen';

/** A channel that knows nobody. The guests of a stored meeting are known already. */
const NOBODY: Channel = {
  member: async () => null,
  roster: async () => ({ members: [], isCut: true }),
  of: () => NOBODY,
};

type DueServices = { services: Services; writer: Writer; reference: string };

/**
 * Does what is due about a meeting, unless the meeting was cancelled or moved or it is too late. The meeting's lease is held
 * meanwhile, so nothing is said of a meeting that is being cancelled. Rejects when it may be tried again.
 */
export async function doDue(due: Due, { services, writer, reference }: DueServices): Promise<DueResult> {
  const found = await services.store.meeting(due.tenant, due.meeting);
  if (found?.conversationReference === undefined) return 'dropped';
  const record = { ...found, conversationReference: found.conversationReference };
  const scope = scopeOf(record, services, reference);
  if (!(await isStillDue(due, record, scope))) return 'dropped';
  // That a meeting is over is known without Graph, and is true of a cancelled meeting as well, so no lease is needed.
  if (due.step !== 'remind' && !(await isSignedIn(scope)))
    return redraw(record, due.step, { needs: 'token', claims: null }, writer, scope);
  await using lease = await takeLease(meetingLease(record), scope);
  return lease === null ? 'later' : await doUnderLease(due, record, writer, scope);
}

async function doUnderLease(
  due: Due,
  record: Reachable,
  writer: Writer,
  scope: TurnScope,
): Promise<DueResult> {
  const current = await scope.services.store.meeting(due.tenant, due.meeting);
  if (current?.revision !== record.revision) return 'later';
  const newest = { ...current, conversationReference: record.conversationReference };
  if (due.step === 'remind') return remind(due, newest, writer, scope);
  // The card no longer says what was news when it was last drawn.
  const asItWas = { ...newest, said: dropNews(newest.said) };
  return redraw(newest, due.step, await inOrganisersName(asItWas, scope, showMeeting), writer, scope);
}

/** Whether this is still to be done about the meeting. The next due step is stored first, so that a crash loses nothing. */
async function isStillDue(due: Due, record: Reachable, scope: TurnScope): Promise<boolean> {
  // After a meeting has started, only the next meeting of its series can have a reminder.
  const isReminderLeft = due.step === 'remind' || record.series !== undefined;
  const { remind = null } = isReminderLeft ? (await scope.person()).settings : {};
  const at = (now: number) => dueMeeting(due, record, remind, now) !== null;
  // The meeting was moved or the setting changed since; what is due instead was stored then.
  if (!at(due.at)) return false;
  await scope.services.store.addDue(nextDues(record, remind, due.at));
  return at(scope.services.now().toMillis());
}

/** The surroundings of a turn of the organizer, although nobody has acted. */
function scopeOf(record: Reachable, services: Services, reference: string): TurnScope {
  const { owner, conversation, conversationReference } = record;
  const { serviceUrl, bot, teamsId, name, locale, zone } = conversationReference;
  const place = placeOf(record);
  const who = { ...owner, teamsId, name, locale, zone, serviceUrl, bot };
  const turn = { ...who, activityId: '', conversation, place, at: services.now() } as const;
  return openScope({ turn, owner, services, channel: NOBODY, reference });
}

/**
 * The meeting's cards say that it has started, or that it is over. Only Graph knows the link that a card of a started meeting
 * must show; that one is over is known without it, unless a calendar has the meeting and may have moved it.
 */
async function redraw(
  record: Reachable,
  step: 'started' | 'ended',
  seen: Progress,
  writer: Writer,
  scope: TurnScope,
): Promise<DueResult> {
  const { owner, conversationReference, event } = record;
  const update = 'needs' in seen ? [] : cardsOf(seen);
  if (update.length === 0 && step === 'ended' && event === undefined)
    update.push(...cardsOf(answerEnded('over', record)));
  const cards = update.map((card) => ({
    ...card,
    reply: forEverybody(card.reply, scope, card.conversation),
  }));
  for (const card of cards) {
    const { conversation } = card;
    await writer.update(card, { tenant: owner.tenant, conversation, conversationReference });
  }
  return cards.length === 0 ? 'unseen' : step;
}

/** The cards that show the meeting. Older cards in the same chat point to the newest one already. */
const cardsOf = (outcome: Outcome): CardUpdate[] =>
  meetingCardsIn(outcome).filter(({ reply }) => reply.kind !== 'ended' || reply.why !== 'newer');

/** How long a conversation is not tried again that the bot was removed from, unless it comes back. */
const REMOVED_MS = 24 * 3_600_000;

/** Sends the reminder as a message of its own where the meeting's card stands. It has the link if the organizer's token is at hand. */
async function remind(
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
