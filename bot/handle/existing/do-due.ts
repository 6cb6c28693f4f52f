import { type Due, type DueStep, dueMeeting } from '../../meeting/due.ts';
import { dropNews } from '../../meeting/notes.ts';
import { placeOf, type Reachable } from '../../meeting/record.ts';
import type { CardUpdate, Outcome } from '../../teams/outcome.ts';
import type { Writer } from '../../teams/proactive-messages.ts';
import type { Channel } from '../../teams/turn.ts';
import { answerEnded, showMeeting } from '../cards/meeting-card.ts';
import { forEverybody, meetingCardsIn } from '../cards/present.ts';
import { takeLease } from '../once/lease.ts';
import { meetingLease } from '../once/once.ts';
import { planNext } from '../plan-dues.ts';
import { openScope, type Services, type TurnScope } from '../services.ts';
import { isTokenCached, type Progress } from '../sign-in/caller.ts';
import { inOrganisersName } from './organiser.ts';
import { remind } from './remind.ts';

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
  if (due.step !== 'remind' && !isTokenCached(record.owner, services))
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
  await planNext(due, record, remind, scope);
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
