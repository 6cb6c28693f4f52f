import type { Options, Utterance } from '../language/command.ts';
import type { Context } from '../language/reading.ts';
import type { UnreadField } from '../meeting/decide.ts';
import type { MeetingRecord, Owner } from '../meeting/record.ts';

/** What a person chose on a question card; wall-clock time of the zone that was shown. */
export type Answer = {
  choice: number | null;
  date: string | null;
  time: string | null;
  zone: string | null;
  minutes?: number | null;
  /** *Now* was chosen; epoch milliseconds. */
  now?: number;
  /** For each name that had to be asked, in order: a Teams id, or `none`. */
  who?: readonly (string | null)[];
  /** What was entered there could not be read. */
  unread?: readonly UnreadField[];
  /** Yes to what was asked first. */
  isConfirmed?: true;
};

/** A request that waits for a sign-in or an answer. Reading is pure: the words, their instant and what was said before are all it takes. */
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
  /** What was open or shown where it was written; absent where nothing was. */
  context?: Context;
  /** When it was asked: "in 20 minutes" counts from here. Epoch milliseconds. */
  askedAt: number;
  zone: string | null;
  locale: string;
  answers: readonly Answer[];
  /**
   * What was asked, where yes or no is an answer: to cancel, to give a new link, to move the meeting instead of making one, to sign
   * out, to make (`draft`) or change what may have been read wrongly. `again`: nothing was asked, but the meeting that was
   * cancelled (`like`) can be made again.
   */
  asks?: 'cancel' | 'renew' | 'move' | 'signout' | 'draft' | 'change' | 'again';
  /** The person has said something else since: yes and no are not about this any more. */
  isPassed?: true;
  /** The meeting that was cancelled just before: another one is to be like it. */
  like?: MeetingRecord;
  /** The person has seen what was read, and wants it. */
  isAgreed?: true;
  /** Ids of the meetings among which the person was asked to choose. */
  among?: readonly string[];
  /** Epoch milliseconds. */
  expires: number;
};

/** Work on a meeting that somebody has asked for: kept from before Graph is told until the meeting's cards show it. */
export type Begun = {
  owner: Owner;
  verb: 'change' | 'renew' | 'removeOld' | 'cancel';
  /** When it began. Epoch milliseconds. */
  at: number;
  /** The meeting as it is to be, with the revision that it had. */
  wanted: MeetingRecord;
  /** The options of a change, as they were asked for. */
  options: Options;
  /** Epoch milliseconds. */
  expires: number;
};

/** A meeting at one of its revisions. */
export type Stage = Pick<MeetingRecord, 'id' | 'revision'>;

/** What a person has set: IANA zone, minutes, BCP 47 tag; null for what they have not set. */
export type Settings = { zone: string | null; minutes: number | null; language: string | null };

/** The settings of a person who has set nothing. */
export const NO_SETTINGS: Settings = { zone: null, minutes: null, language: null };

/** How many so far; `until` in epoch milliseconds. */
export type Count = { count: number; until: number };

/**
 * What the bot must remember. Every implementation passes test/store/contract.ts.
 * A row that has expired counts as absent. `Key` is what the caller may claim and count by. Methods reject only when the
 * store itself fails.
 */
export type Store<Key extends string = string> = {
  /** True for exactly one caller per tenant and key until that instant (epoch milliseconds), however many ask at once. */
  claim(tenant: string, key: Key, until: number): Promise<boolean>;
  /** Until when somebody holds this claim, in epoch milliseconds; null where nobody does. */
  claimedUntil(tenant: string, key: Key): Promise<number | null>;
  /** Keeps a claim that was won for longer: what it guarded has happened. */
  settle(tenant: string, key: Key, until: number): Promise<void>;
  /** Gives a claim back: nothing happened, somebody may try again. */
  release(tenant: string, key: Key): Promise<void>;

  /**
   * Counts one more (`by`: so many) under this key and answers how many that makes, and until when they count. A key
   * that was never counted, or whose time is over, begins anew and counts until `until` (epoch milliseconds). No number
   * is given twice, however many count at once.
   */
  count(tenant: string, key: Key, until: number, by?: number): Promise<Count>;
  /** Takes one back, where something was counted and its time is not over. */
  uncount(tenant: string, key: Key): Promise<void>;

  park(pending: Pending): Promise<void>;
  /** The request with this id, of any person of the tenant: the caller must compare the owner. */
  parked(tenant: string, id: string): Promise<Pending | null>;
  /** What of this person waits for that in this conversation, oldest first. */
  parkedIn(owner: Owner, conversation: string, waitsFor: Pending['waitsFor']): Promise<Pending[]>;
  unpark(owner: Owner, id: string): Promise<void>;

  /** One for each revision of a meeting; another takes its place. */
  begin(begun: Begun): Promise<void>;
  /** What was begun for this person and is not finished, oldest first. */
  begunBy(owner: Owner): Promise<Begun[]>;
  /** `stage`: of `wanted`. */
  finish(owner: Owner, stage: Stage): Promise<void>;

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

  /** Forgets a person’s settings, meetings, waiting requests and work that was begun. Claims and counts run out by themselves. */
  forget(owner: Owner): Promise<void>;
  /** Drops what has expired. */
  sweep(): Promise<void>;
  /** Rejects when the store cannot serve. */
  check(): Promise<void>;
  close(): Promise<void>;
};
