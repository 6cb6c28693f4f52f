import { wordsOf } from '../base/similarity.ts';
import type { MeetingWords } from '../language/pack.ts';
import { dropRefused, type Missed, selectInRoom, selectInSeries, selectPossible } from './granted-options.ts';
import { canBeMailed } from './guest-list.ts';
import type { Guest } from './meeting.ts';
import type { Said } from './notes.ts';
import type { Choices, Offer, Wishes } from './options.ts';
import { type Exceptions, lastEnd, type Series } from './series.ts';

/** A person: nothing is ever looked up without the tenant. Both are Entra ids. */
export type Owner = { tenant: string; user: string };

/** Where something was asked: a chat with the bot, a group chat or a channel (or a thread of it). */
export type Origin = {
  conversation: string;
  place: 'personal' | 'groupChat' | 'channel';
  /** Nobody else saw the question there, and nobody else is to see the answer. */
  isPrivate?: true;
};

/**
 * How the bot reaches a conversation by itself: the channel's address, its own id there, and for whom it words what it
 * says. `teamsId` and `name` are the organizer's as the channel knows them.
 */
export type ConversationReference = {
  serviceUrl: string;
  bot: string;
  teamsId: string;
  name: string;
  /** BCP 47 tag, and IANA name or null. */
  locale: string;
  zone: string | null;
  /** The conversation in which the meeting was made. Absent in older records. */
  origin?: Pick<Origin, 'conversation' | 'place'>;
};

/** A reference to a meeting that Graph holds. No link, no passcode, no token. */
export type MeetingRecord = {
  id: string;
  owner: Owner;
  conversation: string;
  /** Absent in records that are older than what the bot does by itself. */
  conversationReference?: ConversationReference;
  /**
   * Nobody else in the conversation saw that it was made, so what the bot sends about it by itself is for its organizer only.
   */
  isPrivate?: true;
  /** The activity that carries the card, once the channel told it. */
  cardId: string | null;
  /** Where older cards of it stand, the oldest first: they change with it. Absent if there are none. */
  olderCards?: readonly CardStand[];
  graphId: string;
  /** Counts up with every change; a button works for the revision it was drawn with. */
  revision: number;
  /** The id of the request that changed it last. If its message is delivered again, nothing is done a second time. */
  changedBy?: string;
  /** The ids of the requests that changed it before that, the newest last. */
  changedBefore?: readonly string[];
  /** Graph ids of replaced meetings that Graph would not delete yet. */
  leftovers: readonly string[];
  subject: string | null;
  /** Epoch milliseconds. */
  start: number;
  end: number;
  zone: string;
  /** Name of the zone in which its time was said first ("9am ET"); absent where it is the organizer's own. */
  clockZone?: string;
  guests: readonly Guest[];
  options: Choices;
  /** The language of its invitation, where one was asked for. */
  invitation?: string;
  /** A room: the same meeting each time it is asked for. `isFirst`: nobody else here had one of that name. */
  room?: { externalId: string; isFirst: boolean };
  /** An event in its organizer's calendar. `isLink`: the event only tells of the meeting, which was made without it. */
  event?: { id: string; isSeries?: true; isLink?: true; isInviting?: true; isBare?: true };
  /** Ids of the events of older links that could not be cancelled yet; absent if there are none. */
  leftoverEvents?: readonly string[];
  /** How it repeats; `start` and `end` are those of its first meeting. Absent if it is once. */
  series?: Series;
  /** Those of its meetings that are not where its pattern has them, as the calendar last had them. Absent if there are none. */
  exceptions?: Exceptions;
  said: Said;
  createdAt: number;
  /** What *undo* restores. Absent if there is nothing to undo. */
  before?: Before;
  /** When its organizer last asked for it or changed it, in epoch milliseconds. Absent until then. */
  spokenOfAt?: number;
  expires: number;
};

/** The parts of a meeting from which another one like it can be made. */
export type MeetingPlan = Pick<MeetingRecord, 'subject' | 'start' | 'end' | 'zone' | 'guests' | 'options'>;

/** What the last change has changed, as it was before. `options` as they were stored, `granted` as Graph had them. */
type Before = Partial<Pick<MeetingRecord, 'subject' | 'start' | 'end' | 'guests' | 'options' | 'series'>> & {
  granted?: Choices;
};

/** Graph drops a meeting about 60 days after its end. */
export const KEEP_MEETING_MS = 60 * 24 * 3_600_000;

type CardStand = { conversation: string; cardId: string };

/** More would be too many messages for one change. */
const MOST_OLDER_CARDS = 4;

/** Where a meeting's cards stand. */
export type Cards = Pick<MeetingRecord, 'conversation' | 'cardId' | 'olderCards'>;

/** The places of a meeting's cards after a new card was sent to `place`. */
export function withCardAt({ conversation, cardId, olderCards = [] }: Cards, place: CardStand): Cards {
  const all = cardId === null ? olderCards : [...olderCards, { conversation, cardId }];
  const others = all.filter((one) => one.cardId !== place.cardId || one.conversation !== place.conversation);
  return { ...place, ...(others.length > 0 && { olderCards: others.slice(-MOST_OLDER_CARDS) }) };
}

/** The record with the card places of another record. */
export function withCardsOf(
  record: MeetingRecord,
  { conversation, cardId, olderCards }: Cards,
): MeetingRecord {
  const { olderCards: _, ...rest } = record;
  return { ...rest, conversation, cardId, ...(olderCards && { olderCards }) };
}

/**
 * The key of the event that is made for a revision of a meeting; 0 stands for the meeting before it exists. No id has a colon,
 * so two meetings, or two revisions of one, never have the same key.
 */
export const eventKey = (meetingId: string, revision: number): string => `${meetingId}:${revision}`;

/** When the organizer last did something with the meeting. Epoch milliseconds. */
export const lastWord = ({
  createdAt,
  spokenOfAt = createdAt,
}: Pick<MeetingRecord, 'createdAt' | 'spokenOfAt'>): number => spokenOfAt;

/** A record of a meeting to whose conversation the bot can write by itself. */
export type Reachable = MeetingRecord & { conversationReference: ConversationReference };

type Coming = Pick<MeetingRecord, 'room' | 'end' | 'expires'> &
  Partial<Pick<MeetingRecord, 'start' | 'series' | 'exceptions'>>;

/** Until when a meeting counts as coming. A room counts as long as Graph keeps it. Epoch milliseconds. */
export function comingUntil({ room, end, expires, start, series, exceptions }: Coming): number {
  if (room !== undefined) return expires;
  if (start === undefined || series === undefined) return end;
  return lastEnd({ start, end, series, ...(exceptions && { exceptions }) });
}

/** Whether somebody is mailed when the meeting changes. */
export const mailsGuests = ({ event, guests }: Pick<MeetingRecord, 'event' | 'guests'>): boolean =>
  event?.isInviting === true && guests.some(canBeMailed);

/** Whether a meeting is over at that instant (epoch milliseconds). */
export const isOver = (record: Coming, now: number): boolean => comingUntil(record) <= now;

/** Whether something of an older link still exists, which will be tried again. */
export const hasLeftovers = ({ leftovers, leftoverEvents = [] }: MeetingRecord): boolean =>
  leftovers.length + leftoverEvents.length > 0;

/** The id of a chat, or of a channel with all its threads: Teams adds the first message of a thread to the channel's id. */
export const chatOrChannel = (conversation: string): string => conversation.split(';', 1)[0] ?? '';

/** Whether two conversations are the same chat, or threads of the same channel. */
export const isSamePlace = (a: string, b: string): boolean => chatOrChannel(a) === chatOrChannel(b);

/** Whether a conversation is a group chat or a channel. The id of a chat of two begins with `a:`. */
export const isSharedPlace = (conversation: string): boolean => conversation.startsWith('19:');

/** Every channel of today has such an id, some older ones have not; a thread has one in every channel. */
const OF_CHANNEL = /@thread\.tacv2|;messageid=/;

/**
 * The kind of place that the conversation of a meeting's card is: as Teams said when the meeting was made there, else as far as
 * its id shows it.
 */
export function placeOf({
  conversation,
  conversationReference: { origin },
}: Pick<Reachable, 'conversation' | 'conversationReference'>): Origin['place'] {
  if (origin !== undefined && isSamePlace(origin.conversation, conversation)) return origin.place;
  if (!isSharedPlace(conversation)) return 'personal';
  return OF_CHANNEL.test(conversation) ? 'channel' : 'groupChat';
}

/**
 * Whether a meeting may be named where somebody speaks: everywhere in their chat with the bot; elsewhere only what was made in
 * that place, and what was made privately only privately. Nobody else may read what a person's other meetings are called.
 */
export const mayBeNamedIn = (
  { place, conversation, isPrivate }: Origin,
  record: Pick<MeetingRecord, 'conversation' | 'isPrivate'>,
): boolean =>
  place === 'personal' ||
  (isSamePlace(record.conversation, conversation) && (!record.isPrivate || isPrivate === true));

/** What differs between the kinds of meetings. Another kind is another row. */
type Kind = {
  /** What of the options is worth sending, and what is not. */
  selectPossible(asked: Wishes, offer: Offer): { options: Choices; missed: Missed[] };
  /** True when a new link can have options that the old one cannot. */
  isFixedByLink: boolean;
  /** What is kept of the options after a change. */
  optionsAfter(change: {
    before: Choices;
    wanted: Choices;
    sent: Choices;
    refused: readonly Missed[];
  }): Choices;
  /** What could not be had before, and was not asked for again. */
  keepMissed(before: readonly Missed[], asked: Wishes): Missed[];
  /**
   * True when it is opened again by its name: it is kept although Graph no longer has it, and its old link is closed before
   * there is a new one, so a renewal that was begun must be finished.
   */
  isReopened: boolean;
  /** False for what can be joined at any time: it neither starts nor ends, no other time is in its way, and no calendar has it. */
  isTimed: boolean;
  /** True when its link is never replaced. */
  keepsLink: boolean;
};

/** A meeting, also one in a calendar, with or without guests who were mailed. */
const MEETING: Kind = {
  selectPossible,
  isFixedByLink: true,
  optionsAfter: ({ wanted }) => wanted,
  keepMissed: (before, asked) => before.filter(({ option }) => asked[option] === undefined),
  isReopened: false,
  isTimed: true,
  keepsLink: false,
};

/** A room is asked for each time anew, so what it was refused is said once. */
const ROOM: Kind = {
  selectPossible: selectInRoom,
  isFixedByLink: false,
  optionsAfter: ({ before, sent, refused }) => ({ ...before, ...dropRefused(sent, refused) }),
  keepMissed: () => [],
  isReopened: true,
  isTimed: false,
  keepsLink: false,
};

/** All meetings of a series have one link, which stays. Options that need a new link are not possible. */
const SERIES: Kind = {
  ...MEETING,
  selectPossible: selectInSeries,
  isFixedByLink: false,
  keepsLink: true,
};

/** The kind of a stored meeting. */
export function kindOf({ room, event }: Pick<MeetingRecord, 'room' | 'event'>): Kind {
  if (room !== undefined) return ROOM;
  return event?.isSeries ? SERIES : MEETING;
}

/**
 * The key that all spellings of a room's name share: "Stand-up room" and "standup" are one room. `rooms`: what rooms are
 * called, before their name or behind it.
 */
export function roomKey(name: string | null, { rooms }: Pick<MeetingWords, 'rooms'>): string {
  const said = wordsOf((name ?? '').replaceAll('-', ' ')).join(' ');
  const nouns = [...rooms].toSorted((a, b) => b.length - a.length);
  const behind = nouns.find((noun) => ` ${said}`.endsWith(` ${noun}`)) ?? '';
  const before = nouns.find((noun) => `${said} `.startsWith(`${noun} `)) ?? '';
  const named = behind === '' ? said.slice(before.length) : said.slice(0, -behind.length);
  return named.replaceAll(' ', '') || 'room';
}
