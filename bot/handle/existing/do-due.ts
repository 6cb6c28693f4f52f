import { type Due, type DueStep, isStillDue } from '../../meeting/due.ts';
import type { Meeting } from '../../meeting/meeting.ts';
import { dropNews } from '../../meeting/notes.ts';
import type { MeetingRecord, Owner, Reach } from '../../meeting/record.ts';
import type { ReminderReply } from '../../say/cards/reminder.ts';
import { messageLink } from '../../teams/message-link.ts';
import type { CardUpdate, Outcome } from '../../teams/outcome.ts';
import type { Channel } from '../../teams/turn-handler.ts';
import type { Writer } from '../../teams/writer.ts';
import { endedCard, forEverybody, headOf, isSharedPlace, show } from '../cards/meeting-card.ts';
import { updatesOf } from '../cards/present.ts';
import { dropDues } from '../dues.ts';
import { begunOn, meetingLease } from '../once/begun-work.ts';
import { takeLease } from '../once/once.ts';
import type { Services, TurnScope } from '../services.ts';
import { callerOf, inOrganisersName, type Progress, refusalOf } from '../sign-in/caller.ts';

/**
 * What came of something that was due, as one word for the log. `later`: the meeting is being worked on. `dropped`: it is not
 * to be done any more. `unseen`: nothing is known of the meeting now, so its card stays as it is.
 */
export type DueResult = DueStep | 'later' | 'dropped' | 'tenantLimit' | 'removed' | 'unseen';

/** A channel that is asked nothing: guests of a meeting are known already. */
const NOBODY: Channel = { member: async () => null, roster: async () => [], of: () => NOBODY };

type DueServices = { services: Services; writer: Writer; reference: string };

/**
 * Does what is due about a meeting, unless the meeting was cancelled or moved or it is too late. The meeting's lease is held
 * meanwhile, so nothing is said of a meeting that is being cancelled. Rejects when it may be tried again.
 */
export async function doDue(due: Due, { services, writer, reference }: DueServices): Promise<DueResult> {
  const record = await wantedRecord(due, services);
  if (record === null) return 'dropped';
  const scope = scopeOf(record, services, reference);
  // What is known without Graph is true of a cancelled meeting, too.
  if (due.step !== 'remind' && !isTokenAtHand(record.owner, services))
    return redraw(record, due.step, { needs: 'token', claims: null }, writer, scope);
  await using lease = await takeLease(meetingLease(record), scope);
  if (lease === null) return 'later';
  const current = await services.store.meeting(due.tenant, due.meeting);
  if (current?.revision !== record.revision) return 'later';
  const newest = { ...current, reach: record.reach };
  return due.step === 'remind'
    ? remind(newest, writer, scope)
    : redraw(newest, due.step, await lookAt(newest, scope), writer, scope);
}

/** Whether Graph can be asked at all. */
const isTokenAtHand = (owner: Owner, { access }: Services): boolean =>
  access.mode === 'application' || access.tokens.cached(owner) !== null;

/** A record of a meeting that the bot can write about by itself. */
type Reachable = MeetingRecord & { reach: Reach };

/** The meeting, if this is still to be done about it. */
async function wantedRecord(due: Due, { store, now }: Services): Promise<Reachable | null> {
  const record = await store.meeting(due.tenant, due.meeting);
  if (record?.reach === undefined) return null;
  const { remind = null } = due.step === 'remind' ? await store.settings(record.owner) : {};
  return isStillDue(due, record, remind, now().toMillis()) ? { ...record, reach: record.reach } : null;
}

/** The surroundings of a turn of the organiser's, although nobody has said anything. */
function scopeOf(
  { owner, conversation, reach }: Reachable,
  services: Services,
  reference: string,
): TurnScope {
  const { serviceUrl, bot, teamsId, name, locale, zone } = reach;
  const place = placeOf(conversation);
  const who = { ...owner, teamsId, name, locale, zone, serviceUrl, bot };
  const turn = { ...who, activityId: '', conversation, place, at: services.now() } as const;
  return { turn, owner, services, channel: NOBODY, reference };
}

/** What kind of place a conversation is, by its id; a channel's is that of a team. */
function placeOf(conversation: string): TurnScope['turn']['place'] {
  if (!isSharedPlace(conversation)) return 'personal';
  return conversation.includes('@thread.tacv2') ? 'channel' : 'groupChat';
}

/** A message of its own, where the meeting's card stands. With the link where the organiser's token is at hand. */
async function remind(record: Reachable, writer: Writer, scope: TurnScope): Promise<DueResult> {
  const { services, owner } = scope;
  // A process was killed in the middle of it; the person wants the meeting no more.
  if ((await begunOn(record, scope))?.verb === 'cancel') return 'dropped';
  const meeting = await meetingNow(record, scope);
  // Moved or deleted in Teams itself, which nobody tells the bot.
  if (meeting === 'gone' || (meeting !== null && meeting.start.toMillis() !== record.start)) return 'dropped';
  const taken = await services.reminderLimit.take(owner.tenant);
  if ('until' in taken) return 'tenantLimit';
  const reply = reminderOf(record, meeting?.joinUrl ?? null, scope);
  const { conversation, reach, isPrivate } = record;
  const to = { tenant: owner.tenant, conversation, reach, ...(isPrivate && { isPrivate }) };
  const isSent = await writer.send(reply, to, scope.reference).catch(async (error: unknown) => {
    await taken.giveBack();
    throw error;
  });
  if (isSent) return 'remind';
  await dropDues([record], scope);
  return 'removed';
}

/** Null where nobody can tell: without a token, or while Graph does not answer. */
async function meetingNow(record: MeetingRecord, scope: TurnScope): Promise<Meeting | 'gone' | null> {
  try {
    const caller = await callerOf(scope);
    return 'needs' in caller ? null : await scope.services.meetings.get(record.graphId, caller);
  } catch (error) {
    const refusal = refusalOf(error, scope);
    return 'problem' in refusal && refusal.problem === 'gone' ? 'gone' : null;
  }
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

/** The meeting as Graph has it, without what was new on its card. */
function lookAt(record: MeetingRecord, scope: TurnScope): Promise<Progress> {
  const asItWas = { ...record, said: dropNews(record.said) };
  return inOrganisersName(record, scope, (caller) => show(asItWas, caller, scope));
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
  const { owner, reach, event } = record;
  const update = 'needs' in seen ? [] : cardsOf(seen);
  if (update.length === 0 && step === 'ended' && event === undefined)
    update.push(...cardsOf(endedCard('over', record)));
  const cards = update.map((card) => ({
    ...card,
    reply: forEverybody(card.reply, scope, card.conversation),
  }));
  for (const card of cards)
    await writer.update(card, { tenant: owner.tenant, conversation: card.conversation, reach });
  return cards.length === 0 ? 'unseen' : step;
}

/** The cards of a meeting that show it; older ones of the same chat point to the newest already. */
function cardsOf({ answer }: Outcome): CardUpdate[] {
  if (answer?.kind !== 'card') return [];
  const all = updatesOf(answer.reply, answer.cards ?? [], null);
  return all.filter(({ reply }) => reply.kind !== 'ended' || reply.why !== 'newer');
}
