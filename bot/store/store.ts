import type { CalendarWish, Options, Utterance } from '../language/command.ts';
import type { Context } from '../language/reading.ts';
import type { UnreadField } from '../meeting/decide.ts';
import type { Due } from '../meeting/due.ts';
import type { MeetingPlan, MeetingRecord, Origin, Owner } from '../meeting/record.ts';

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
  /** What was said of a draft instead, to be otherwise than it shows; `at` is when (epoch milliseconds). */
  correction?: { utterance: Utterance; at: number };
};

/** Times that suit those whose calendars were looked at, in epoch milliseconds; what for, and in which zone they were shown (IANA). */
export type OfferedTimes = {
  subject: string | null;
  zone: string;
  times: readonly { start: number; end: number }[];
  /** One of them was chosen, still suited everybody, and is being made: what is busy then may be this very meeting. */
  isBegun?: true;
};

/** Which of the times that were offered suit somebody, by their places. `user` is an Entra id. */
export type Vote = { user: string; name: string; choices: readonly number[] };

/** A request that waits for a sign-in or an answer. It is read again later, which takes only the text, its instant and its context. */
export type Pending = {
  id: string;
  owner: Owner;
  /** The asker's name, for others who see that something is waiting. */
  asker: string;
  /** Where the person is asked. */
  conversation: string;
  /** The group chat or channel where it was asked for, and where its meeting is shown; absent where that is the chat with the bot. */
  origin?: Origin;
  /**
   * It waits for a sign-in, and a draft is shown, whose button signs in: `tried` while Teams may do so without asking, `due` when
   * it has not, and then where the draft's card stands.
   */
  draft?: 'tried' | 'due' | { conversation: string; cardId: string; isPrivate?: true };
  /** `vote`: for others in the conversation, until its asker chooses. */
  waitsFor: 'signin' | 'answer' | 'retry' | 'vote' | 'dialog';
  /** What Entra or Graph demands of the sign-in, as JSON: whichever replica goes on must know. */
  claims?: string;
  /** The sign-in must give access to the person's calendar, too. */
  scope?: 'calendar';
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
   * out, to make (`draft`) or change what may have been read wrongly, to mail the guests (`invite`), which meetings of a
   * series are meant (`occurrence`). `again`: nothing was asked, but the meeting that was cancelled or described (`like`)
   * can be made. `time`: to make it at the only time of its `offer`.
   */
  asks?:
    | 'cancel'
    | 'renew'
    | 'move'
    | 'signout'
    | 'draft'
    | 'change'
    | 'invite'
    | 'occurrence'
    | 'again'
    | 'time';
  /** The person has said something else since: yes and no are not about this any more. */
  isPassed?: true;
  /** The meeting that was cancelled just before, or one that a form describes: another one is to be like it. */
  like?: MeetingPlan;
  /** What has become of the old link, where `like` was cancelled: the new meeting's card says it. */
  oldLink?: 'oldLinkLocked' | 'oldLinkRemoved';
  /** The person has seen what was read, and wants it. */
  isAgreed?: true;
  /** Ids of the meetings among which the person was asked to choose. */
  among?: readonly string[];
  /** The times among which the person was asked to choose. */
  offer?: OfferedTimes;
  /** Those who have voted on them, each once. */
  votes?: readonly Vote[];
  /** Epoch milliseconds. */
  expires: number;
};

/** Work on a meeting that somebody has asked for: kept from before Graph is told until the meeting's cards show it. */
export type Begun = {
  owner: Owner;
  verb: 'change' | 'renew' | 'removeOld' | 'cancel' | 'enter';
  /** When it began. Epoch milliseconds. */
  at: number;
  /** The meeting as it is to be, with the revision that it had. */
  wanted: MeetingRecord;
  /** The options of a change, as they were asked for. */
  options: Options;
  /** Whose calendar it is entered into; absent where it is entered into none. */
  calendar?: CalendarWish;
  /** What the guests are told when it is cancelled; absent where nothing is. */
  comment?: string;
  /** Epoch milliseconds. */
  expires: number;
};

/** A meeting at one of its revisions. */
export type Stage = Pick<MeetingRecord, 'id' | 'revision'>;

/** What a person has set: IANA zone, minutes, BCP 47 tag; null for what they have not set. */
export type Settings = {
  zone: string | null;
  minutes: number | null;
  language: string | null;
  /** Whether guests are mailed: `known` after the person has seen once what that does, `always` without being asked for. */
  invites?: 'known' | 'always';
  /** So many minutes before a meeting they are reminded; null and absent are never. */
  remind?: number | null;
};

/** The settings of a person who has set nothing. */
export const NO_SETTINGS: Settings = { zone: null, minutes: null, language: null };

/** A sum, and when it expires (epoch milliseconds). */
export type Count = { count: number; until: number };

/** Whose a claim or count is: a person's, or anybody's of a tenant. */
export type Holder = { tenant: string; user?: string };

/** What is kept of a person. */
export type Person = {
  settings: Settings;
  /** Their requests that wait, oldest first. */
  requests: readonly Pending[];
  /** Their work that has begun and is not finished, oldest first. */
  begun: readonly Begun[];
  /** Their meetings that end after the instant that was asked for (`comingUntil`), ordered by start. */
  meetings: readonly MeetingRecord[];
  /** Until when the claim `SIGNED_OUT` is held; null where it is not. Epoch milliseconds. */
  signedOutUntil: number | null;
};

/**
 * Everything that the bot keeps. Every implementation passes test/store/contract.ts. An expired row counts as absent. `Key`
 * is the type of the keys of claims and counts. Methods reject only when the store itself fails.
 */
export type Store<Key extends string = string> = {
  /**
   * True for exactly one caller per holder and key until that instant (epoch milliseconds), however many call at once.
   * `mark`: a random id of this claim, by which it is known when it has run out and somebody else has claimed the same.
   */
  claim(holder: Holder, key: Key, until: number, mark?: string): Promise<boolean>;
  /** Until when this claim is held, in epoch milliseconds; null where it is not. */
  claimedUntil(holder: Holder, key: Key): Promise<number | null>;
  /** Changes until when a claim is held; with `mark`, only that of this mark. */
  settle(holder: Holder, key: Key, until: number, mark?: string): Promise<void>;
  /** Gives a claim back, because the work was not done: another caller may claim it. With `mark`, only that of this mark. */
  release(holder: Holder, key: Key, mark?: string): Promise<void>;

  /**
   * Adds one (or `by`) to the count of this key, and returns the sum and when it expires. A count that does not exist or
   * has expired starts at zero and expires at `until` (epoch milliseconds). Concurrent callers get different sums.
   */
  count(holder: Holder, key: Key, until: number, by?: number): Promise<Count>;
  /** Subtracts one from a count that is above zero and has not expired. */
  uncount(holder: Holder, key: Key): Promise<void>;

  /** What is kept of a person, in one read. Meetings that end at `endingAfter` (epoch milliseconds) or before are left out. */
  person(owner: Owner, endingAfter: number): Promise<Person>;

  /** Ids of requests and meetings are made by `ownedId`. */
  park(pending: Pending): Promise<void>;
  /** The request with this id, whoever of the tenant made it: the caller must compare the owner. */
  parked(tenant: string, id: string): Promise<Pending | null>;
  unpark(owner: Owner, id: string): Promise<void>;

  /** Keeps work that begins. There is one for each revision of a meeting; a second replaces the first. */
  begin(begun: Begun): Promise<void>;
  /** `stage`: of `wanted`. */
  finish(owner: Owner, stage: Stage): Promise<void>;

  /** Rejects where another meeting with this id is stored. `dues` is what is due about it later: a meeting that is stored never lacks it. */
  addMeeting(record: MeetingRecord, dues?: readonly Due[]): Promise<void>;
  meeting(tenant: string, id: string): Promise<MeetingRecord | null>;
  /**
   * Writes `record` if the stored revision is still `revision`, and returns what is stored then; null if the revision has
   * changed. The places of its cards stay as they are: only `setCard` changes them. `dues` as in `addMeeting`; they are noted
   * in any case, because what fits no stored meeting is dropped when it is due.
   */
  replaceMeeting(
    record: MeetingRecord,
    revision: number,
    dues?: readonly Due[],
  ): Promise<MeetingRecord | null>;
  /** Sets the place of the meeting's newest card; the previous one becomes an older card. Returns the stored revision, or null where the meeting is gone. */
  setCard(tenant: string, id: string, conversation: string, cardId: string): Promise<number | null>;
  /** Returns the removed record, or null. */
  removeMeeting(tenant: string, id: string): Promise<MeetingRecord | null>;

  /** Notes what is to be done later. What is noted already stays as it is. */
  addDue(dues: readonly Due[]): Promise<void>;
  /**
   * Up to `most` of what is due now and claimed by nobody, claimed until `until` (epoch milliseconds): each goes to exactly
   * one caller. What is not settled by then can be claimed again.
   */
  claimDue(most: number, until: number): Promise<Due[]>;
  /** When the next can be claimed, if that is before `until`: it is due by then, and no claim holds any more. Epoch milliseconds. */
  nextDue(until: number): Promise<number | null>;
  /** Until when a claim holds from now on; an instant that has passed gives it back. */
  keepDue(due: Due, until: number): Promise<void>;
  /** Removes what is done or is not to be done any more, claimed or not. */
  removeDue(dues: readonly Due[]): Promise<void>;

  settings(owner: Owner): Promise<Settings>;
  saveSettings(owner: Owner, settings: Settings): Promise<void>;

  /** The value that is kept under this name. The first caller's `candidate` is kept, and everybody gets it. */
  keep(name: string, candidate: string): Promise<string>;

  /** Removes a person’s settings, meetings, waiting requests and begun work. Claims and counts expire by themselves. */
  forget(owner: Owner): Promise<void>;
  /** Removes expired rows. */
  sweep(): Promise<void>;
  /** Rejects when the store cannot serve. */
  check(): Promise<void>;
  close(): Promise<void>;
};
