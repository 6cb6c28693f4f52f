import type { Assumption, Utterance } from '../command/command.ts';
import type { Missed } from '../meeting/granted.ts';
import type { Choices, Guest } from '../meeting/meeting.ts';
import type { Note } from '../reply/meeting.ts';

/** A person: nothing is ever looked up without the tenant. Both are Entra ids. */
export type Owner = { tenant: string; user: string };

/** What a person chose on a question card; wall-clock time of the zone that was shown. */
export type Answer = {
  choice: number | null;
  date: string | null;
  time: string | null;
  zone: string | null;
  minutes?: number | null;
  /** For each name that had to be asked, in order: a Teams id, or `none`. */
  who?: readonly (string | null)[];
  /** Yes to what was asked first. */
  isConfirmed?: true;
};

/** A request that waits for a sign-in or an answer. Reading is pure, so the words and their instant are all it takes. */
export type Pending = {
  id: string;
  owner: Owner;
  /** The asker's name, for others who see that something is waiting. */
  asker: string;
  conversation: string;
  /** The card or message that waits, once it is known. */
  waitsFor: 'signin' | 'answer' | 'retry';
  /** What Entra or Graph demands of the sign-in, as JSON: whichever replica goes on must know. */
  claims?: string;
  utterance: Utterance;
  /** When it was asked: "in 20 minutes" counts from here. Epoch milliseconds. */
  askedAt: number;
  zone: string | null;
  locale: string;
  answers: readonly Answer[];
  /** Ids of the meetings among which the person was asked to choose. */
  among?: readonly string[];
  /** Epoch milliseconds. */
  expires: number;
};

/** An assumption as it is kept; `other` is the reading that one click takes. Epoch milliseconds. */
export type Guess = {
  kind: Assumption['kind'];
  said: string;
  taken: number;
  other: { start: number; end: number } | null;
};

type CardStand = { conversation: string; cardId: string };

/** More would be too many messages for one change. */
const MOST_OLDER_CARDS = 4;

/** Where a meeting's cards stand. */
export type Cards = Pick<MeetingRecord, 'conversation' | 'cardId' | 'olderCards'>;

/** Where a meeting's cards stand once its card stands at `place`. */
export function withCardAt({ conversation, cardId, olderCards = [] }: Cards, place: CardStand): Cards {
  const all = cardId === null ? olderCards : [...olderCards, { conversation, cardId }];
  const others = all.filter((one) => one.cardId !== place.cardId || one.conversation !== place.conversation);
  return { ...place, ...(others.length > 0 && { olderCards: others.slice(-MOST_OLDER_CARDS) }) };
}

/** The record with its cards where those of another stand. */
export function withCardsOf(
  record: MeetingRecord,
  { conversation, cardId, olderCards }: Cards,
): MeetingRecord {
  const { olderCards: _, ...rest } = record;
  return { ...rest, conversation, cardId, ...(olderCards && { olderCards }) };
}

/** A reference to a meeting that Graph holds. No link, no passcode, no token. */
export type MeetingRecord = {
  id: string;
  owner: Owner;
  conversation: string;
  /** The activity that carries the card, once the channel told it. */
  cardId: string | null;
  /** Where older cards of it stand, the oldest first: they change with it. Absent where there are none. */
  olderCards?: readonly CardStand[];
  graphId: string;
  /** Counts up with every change; a button works for the revision it was drawn with. */
  revision: number;
  /** The message that changed it last, by the id of its request: when it is delivered again, it has been done. */
  changedBy?: string;
  /** Graph ids of replaced meetings that Graph would not delete yet. */
  leftovers: readonly string[];
  subject: string | null;
  /** Epoch milliseconds. */
  start: number;
  end: number;
  zone: string;
  guests: readonly Guest[];
  options: Choices;
  /** The language of its invitation, where one was asked for. */
  invitation?: string;
  /** A room: the same meeting each time it is asked for. `isFirst`: nobody else here had one of that name. */
  room?: { externalId: string; isFirst: boolean };
  /** What the card says besides the meeting itself, so that every view of it says the same. */
  said: {
    guesses: readonly Guess[];
    assumedMinutes: number | null;
    notes: readonly Note[];
    missed?: readonly Missed[];
  };
  createdAt: number;
  /** When its organiser last asked for it or changed it; absent until then. Epoch milliseconds. */
  spokenOfAt?: number;
  expires: number;
};

/** Until when a meeting is one of those that are still to come: a room never is over while Graph keeps it. Epoch milliseconds. */
export function comingUntil({ room, end, expires }: MeetingRecord): number {
  return room === undefined ? end : expires;
}

/** What a person has set: IANA zone, minutes, BCP 47 tag. Null is what they have not. */
export type Settings = { zone: string | null; minutes: number | null; language: string | null };

/** Of everybody who has set nothing. */
export const NO_SETTINGS: Settings = { zone: null, minutes: null, language: null };

/** How many so far; `until` in epoch milliseconds. */
export type Count = { count: number; until: number };

/**
 * What the bot must remember. Every implementation passes test/store/contract.ts.
 * Whatever has expired is as good as gone. Methods reject only when the store itself fails.
 */
export type Store = {
  /** True for exactly one caller per tenant and key until that instant (epoch milliseconds), however many ask at once. */
  claim(tenant: string, key: string, until: number): Promise<boolean>;
  /** Until when somebody holds this claim, in epoch milliseconds; null where nobody does. */
  claimedUntil(tenant: string, key: string): Promise<number | null>;
  /** Keeps a claim that was won for longer: what it guarded has happened. */
  settle(tenant: string, key: string, until: number): Promise<void>;
  /** Gives a claim back: nothing happened, somebody may try again. */
  release(tenant: string, key: string): Promise<void>;

  /**
   * Counts one more (`by`: so many) under this key and answers how many that makes, and until when they count. A key
   * that was never counted, or whose time is over, begins anew and counts until `until` (epoch milliseconds). No number
   * is given twice, however many count at once.
   */
  count(tenant: string, key: string, until: number, by?: number): Promise<Count>;
  /** Takes one back, where something was counted and its time is not over. */
  uncount(tenant: string, key: string): Promise<void>;

  park(pending: Pending): Promise<void>;
  /** Whoever's it is: the caller compares the owner. */
  parked(tenant: string, id: string): Promise<Pending | null>;
  /** What of this person waits for a sign-in in this conversation, oldest first. */
  parkedForSignIn(owner: Owner, conversation: string): Promise<Pending[]>;
  unpark(owner: Owner, id: string): Promise<void>;

  addMeeting(record: MeetingRecord): Promise<void>;
  meeting(tenant: string, id: string): Promise<MeetingRecord | null>;
  /**
   * Writes `record` only if the stored revision is still `revision`; only `setCard` says where its cards stand. Answers
   * what is stored now, or null if somebody was faster.
   */
  replaceMeeting(record: MeetingRecord, revision: number): Promise<MeetingRecord | null>;
  /** Where the meeting's card stands now; the one before becomes an older one. Answers the stored revision, or null where the meeting is gone. */
  setCard(tenant: string, id: string, conversation: string, cardId: string): Promise<number | null>;
  /** Answers what was removed. */
  removeMeeting(tenant: string, id: string): Promise<MeetingRecord | null>;
  /** Meetings of this person that are still to come after that instant (`comingUntil`), by start. */
  meetingsOf(owner: Owner, endingAfter: number): Promise<MeetingRecord[]>;

  settings(owner: Owner): Promise<Settings>;
  saveSettings(owner: Owner, settings: Settings): Promise<void>;

  /** What is kept under this name; `candidate`, where nothing was. The same for everybody who asks. */
  keep(name: string, candidate: string): Promise<string>;

  /** Forgets a person’s settings, meetings and waiting requests. Claims and counts run out by themselves. */
  forget(owner: Owner): Promise<void>;
  /** Drops what has expired. */
  sweep(): Promise<void>;
  /** Rejects when the store cannot serve. */
  check(): Promise<void>;
  close(): Promise<void>;
};
