import { setTimeout as wait } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { GraphError } from '../graph/failure.ts';
import type { Caller } from '../graph/online-meetings.ts';
import { crowdOf } from '../meeting/crowd.ts';
import { held, type Offer } from '../meeting/granted.ts';
import type { Meeting } from '../meeting/meeting.ts';
import type { Note } from '../meeting/note.ts';
import type { MeetingRecord } from '../meeting/record.ts';
import type { MeetingReply } from '../reply/meeting.ts';
import type { Problem } from '../reply/problem.ts';
import type { Reply } from '../reply.ts';
import { withCaller } from './caller.ts';
import { takeLease } from './lease.ts';
import type { CardPlace } from './outcome.ts';
import { problemReply } from './problem.ts';
import { toAssumption } from './record.ts';
import type { Setting } from './services.ts';
import { type Step, says } from './step.ts';

/** What may be done with a meeting once it is clear that this person may. */
export type Effect = (record: MeetingRecord, caller: Caller) => Promise<Step>;

/** Finds the meeting, and lets its organiser go on with their token at hand. Refusals of Graph become sentences. */
export async function asOrganiser(id: string, setting: Setting, effect: Effect): Promise<Step> {
  const { services, owner } = setting;
  const record = await services.store.meeting(owner.tenant, id);
  if (record === null) return says('expired');
  if (record.owner.user !== owner.user) return says('notYours');
  return withCaller(
    setting,
    (caller) => effect(record, caller),
    (problem) => refused(problem, record, setting),
  );
}

/** The same for what changes the meeting: once per revision. A button of an older card only shows how things are. */
export function oncePerRevision(
  id: string,
  revision: number,
  setting: Setting,
  effect: Effect,
): Promise<Step> {
  return asOrganiser(id, setting, async (record, caller) => {
    if (record.revision !== revision) return show(record, caller, setting);
    // A room that was closed and opened again has the same id.
    const lease = await takeLease(`meeting:${id}:${revision}:${record.createdAt}`, setting);
    if (lease === null) return says('working');
    try {
      const step = await effect(record, caller);
      // A form that is shown again, or a sentence in place of a card, has done nothing.
      const isNothing = step.kind === 'form' || (step.kind === 'say' && step.reply.kind === 'notice');
      if (isNothing) await lease.giveBack();
      else lease.leave();
      return step;
    } catch (error) {
      await lease.giveBack();
      throw error;
    }
  });
}

const SPREADS_MS = 1_000;

/** The meeting as Graph has it. Teams asks for a card's newest view at once, when Graph may not know it everywhere yet. */
async function meetingOf(
  { graphId }: MeetingRecord,
  caller: Caller,
  { services }: Setting,
): Promise<Meeting> {
  try {
    return await services.meetings.get(graphId, caller);
  } catch (error) {
    if (!(error instanceof GraphError && error.status === 404)) throw error;
    await wait(SPREADS_MS);
    return services.meetings.get(graphId, caller);
  }
}

/** How things are, read from Graph. */
export async function show(record: MeetingRecord, caller: Caller, setting: Setting): Promise<Step> {
  const meeting = await meetingOf(record, caller, setting);
  const isOver = record.room === undefined && meeting.end < setting.services.now();
  return isOver ? ended('over', record) : meetingCard('shown', meeting, record, setting);
}

async function refused(problem: Problem, record: MeetingRecord, setting: Setting): Promise<Step> {
  const { services, owner } = setting;
  if (problem === 'gone') {
    // A room is opened again by its name, with those who were in it.
    const removed =
      record.room === undefined ? await services.store.removeMeeting(owner.tenant, record.id) : null;
    return ended('gone', removed ?? record);
  }
  // Beside the card, not in its place: the card still has the link.
  const reply: Reply = { ...problemReply(problem, setting, null), isChange: true };
  return { kind: 'aside', name: problem, reply };
}

/** The card of a meeting that is no more. */
export function ended(why: 'cancelled' | 'gone' | 'over', record: MeetingRecord): Step {
  return {
    kind: 'say',
    name: why,
    reply: { kind: 'ended', why, ...headOf(record) },
    cards: placesOf(record),
  };
}

/** What and when, for cards that say no more. */
export function headOf({ subject, start, end, zone, room }: MeetingRecord) {
  const at = (instant: number) => DateTime.fromMillis(instant, { zone });
  return { subject, zone, start: at(start), end: at(end), isRoom: room !== undefined };
}

/** All its cards; the last is the one by which it is found. */
function placesOf({ conversation, cardId, olderCards = [] }: MeetingRecord): CardPlace[] {
  const older = olderCards.map((place) => ({ ...place, isOlder: true as const }));
  return cardId === null ? older : [...older, { conversation, cardId }];
}

/** The same chat, or another thread of the same channel. */
export const isSamePlace = (a: string, b: string): boolean => a.split(';')[0] === b.split(';')[0];

/** The card of a meeting, as its organiser sees it; `more`: what is said this once. */
export function meetingCard(
  name: string,
  meeting: Meeting,
  record: MeetingRecord,
  setting: Setting,
  more: Pick<MeetingReply, 'mentions'> = {},
): Step {
  const { services } = setting;
  const { id, revision, zone, guests, said } = record;
  const now = services.now();
  const shareLink: Note[] = guests.some((guest) => guest.kind !== 'member') ? ['shareLink'] : [];
  const bigList: Note[] = crowdOf(guests) === 'chatDuringMeeting' ? ['bigList'] : [];
  const reply: MeetingReply = {
    ...{ kind: 'meeting', id, revision, zone, guests, meeting, ...more },
    isRoom: record.room !== undefined,
    assumed: said.guesses.map((guess) => toAssumption(guess, zone, now)),
    assumedMinutes: said.assumedMinutes,
    notes: [...said.notes, ...shareLink, ...bigList],
    options: optionsOf(meeting, record, services.offer),
    may: ['regenerate', 'change', 'cancel', 'invite'],
    calendar: calendarOf(meeting, record, setting),
  };
  return { kind: 'say', name, reply, cards: placesOf(record) };
}

/** Ways to a calendar; a room for any time has no place in one. */
export function calendarOf(meeting: Meeting, record: MeetingRecord, { services, turn }: Setting) {
  const isAnyTime = record.room !== undefined && meeting.start <= services.now();
  return isAnyTime ? null : services.calendarOf(meeting, record, turn.locale);
}

/** What of the options the meeting has, and what could not be had when it was last made or changed. */
function optionsOf({ granted }: Meeting, { options, said }: MeetingRecord, { templates }: Offer) {
  const missed = said.missed ?? [];
  return { held: held(options, granted, missed), missed, templates };
}

/** Teams' ids of group chats and channels; a chat of two begins with `a:`. */
const isShared = (conversation: string) => conversation.startsWith('19:');

/**
 * The same card as everybody sees it in a group or channel: without the organiser's buttons. Teams asks for the
 * organiser's own view when they look at it. `conversation`: where the card stands, which may be elsewhere.
 */
export function forEverybody(reply: Reply, { turn }: Setting, conversation = turn.conversation): Reply {
  const isPublic = conversation === turn.conversation ? turn.place !== 'personal' : isShared(conversation);
  if (reply.kind === 'invitation' && isPublic) return { ...reply, isOwn: false };
  if (reply.kind !== 'meeting' || !isPublic) return reply;
  const assumed = reply.assumed.map((guess) => ({ ...guess, alternative: null }));
  return { ...reply, assumed, may: [], organiser: turn.name, viewers: [turn.teamsId] };
}
