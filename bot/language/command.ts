import type { DateTime } from 'luxon';

/** Why we must ask before we act. The order is the order in which a person is told. */
export const NEEDS = [
  'date',
  'time',
  'ampm',
  'past',
  'dateorder',
  'conflict',
  'range',
  'dst',
  'tz',
  'recurrence',
] as const;

/** One open question. */
export type Need = (typeof NEEDS)[number];

/** What is asked of a meeting that is to be made, and what Teams' interface cannot do. */
const UNMET = [
  ...(['event', 'organiser', 'everybody', 'passcode', 'questions', 'recurrence', 'crowd'] as const),
  // "with everyone": people whom nobody names.
  'unnamed',
] as const;

/** One wish that the meeting will be without. */
export type Unmet = (typeof UNMET)[number];

/** What people ask for by itself that is gone, never was, or is found elsewhere. */
const TOPICS = [
  'event',
  'producers',
  'organiser',
  'everybody',
  'passcode',
  'questions',
  'recurrence',
  'guests',
  'address',
  'transcript',
  'attendance',
  'expiry',
  'dialIn',
  'calendar',
  'chat',
] as const;

/** One thing that is answered instead of done. */
export type Topic = (typeof TOPICS)[number];

/** Stands for one mentioned person in an utterance's text: the n-th mark is the n-th of its people. */
export const PERSON_MARK = '\uFFFC';

/** What a person wrote, as the door hands it over: the bot's own mention is gone, other people are marks. */
export type Utterance = { text: string; people: readonly Mentioned[] };

/** Somebody who was mentioned: the name as Teams shows it, and the channel's id (`29:…`) where Teams told one. */
export type Mentioned = { name: string; id: string | null };

/** Somebody to be invited as they were named; who that is, is looked up at the edge. */
export type Invitee =
  | { kind: 'mention'; name: string; id: string | null }
  | { kind: 'email'; email: string }
  | { kind: 'name'; name: string };

/** A stretch of time that somebody said. `end` is null where no length was given: defaults belong to meeting/. */
export type Span = { start: DateTime; end: DateTime | null };

/**
 * How a meeting repeats, as it was said. `interval` is 2 for every other one; `days` are ISO weekdays, 1 is Monday. What
 * is empty or null is that of its first day, which must still be asked.
 */
export type Pattern =
  | { kind: 'daily'; interval: number }
  | { kind: 'weekly'; interval: number; days: readonly number[] }
  | { kind: 'absoluteMonthly'; interval: number; dayOfMonth: number | null }
  | { kind: 'relativeMonthly'; interval: number; days: readonly number[]; index: WeekIndex }
  | { kind: 'absoluteYearly'; interval: number; dayOfMonth: number | null; month: number | null };

/** Which of its weekdays in a month. */
export type WeekIndex = 'first' | 'second' | 'third' | 'fourth' | 'last';

/** A series as it was said. `until` is an ISO date, the last on which it may be; null where no end was said. */
export type Recurrence = { pattern: Pattern; end: { until: string } | { times: number } | null };

/** Into whose calendar a meeting is to go: only the person's own, or the guests' as well, who then are invited. */
export type CalendarWish = 'mine' | 'guests';

/** A guess that stands on the card, with the other reading that one click would take. */
export type Assumption = {
  /** `stored`: what is there already, where another time was asked for. */
  kind: 'ampm' | 'dateorder' | 'date' | 'zone' | 'time' | 'stored';
  /** The words that were read, as written: "3", "03/04", "next friday", "EST". */
  said: string;
  taken: DateTime;
  alternative: Span | null;
};

/** Who comes in past the lobby, or who may present, from everybody to the organiser alone. */
export type Access = 'everyone' | 'organization' | 'invited' | 'organizer';

/** Only what was asked for; an absent member means the person said nothing about it. */
export type Options = {
  passcode?: boolean;
  encrypted?: boolean;
  record?: boolean;
  transcribe?: boolean;
  /** BCP 47 tag. */
  language?: string;
  /** The language of the invitation's text; BCP 47 tag. */
  invitation?: string;
  lobby?: Access;
  /** `named`: those in `namedPresenters`. */
  presenters?: Access | 'named';
  chat?: 'enabled' | 'limited' | 'disabled';
  mic?: boolean;
  camera?: boolean;
  announce?: boolean;
  /** Who lets people in from the lobby. */
  admitters?: 'presenters' | 'organizers';
  reactions?: boolean;
  whiteboard?: boolean;
  breakout?: boolean;
  powerpoint?: boolean;
  liveShare?: boolean;
  copying?: boolean;
  watermark?: boolean;
  /** Attendees do not see each other's names. */
  anonymous?: boolean;
  /** A sensitivity label, by its name. */
  label?: string;
  template?: string;
  coorganisers?: readonly Invitee[];
  namedPresenters?: readonly Invitee[];
};

/** A part of the day, which says whether 7 is in the morning. */
export type DayPart = 'morning' | 'afternoon' | 'evening' | 'night';

/** Days as ISO dates: the first and the last. */
export type DayRange = readonly [first: string, last: string];

/** A meeting that is wanted, as far as it was said: what was not said is null, and `needs` has what must be asked. */
export type CreateCommand = {
  kind: 'create';
  mode: 'scheduled' | 'now' | 'room';
  /** Null while `needs` says what is missing, and for a room, which needs no time. */
  when: Span | null;
  /** ISO date that is known although the time is not; kept while asking for the rest. */
  day: string | null;
  /** HH:mm that is known although the day is not or must be asked again. */
  clock: string | null;
  /** ISO dates of the first and the last day that may be meant ("next week"); absent where a day is known, or none was spoken of. */
  days?: DayRange;
  /** Name of the zone in which the clock was said (IANA, or an offset as "UTC+2"); absent where it is the person's own. */
  clockZone?: string;
  /** The part of the day that was said while the hour is not known; absent where none was. */
  part?: DayPart;
  minutes: number | null;
  subject: string | null;
  invitees: readonly Invitee[];
  options: Options;
  needs: readonly Need[];
  /** How it is to repeat; absent where it is to be once, or where that was not said exactly. */
  recurrence?: Recurrence;
  /** Absent where nobody spoke of a calendar. */
  calendar?: CalendarWish;
  /** The readings between which the person must choose (7 in the morning or the evening, 3 April or 4 March). */
  choices: readonly Span[];
  /** The words for a day that there is not, or for days that are not the same one; absent where there are none. */
  wrongDays?: readonly string[];
  assumed: readonly Assumption[];
  /** Absent where everything can be had. */
  unmet?: readonly Unmet[];
  /** What was asked for like an option and is none, as it was written; absent where there is nothing such. */
  unknown?: readonly string[];
  /** The person has been told what is unmet, and wants the meeting all the same. */
  isAgreed?: true;
  /** The meeting that this is to be another one of; absent where it is none. */
  copies?: Which;
  /** Who of that one's guests does not come: `all` where others are named in their place; absent where all of them do. */
  notCopied?: 'all' | readonly Invitee[];
  /** It is to be so many days after that one; absent where that was not said. */
  daysLater?: number;
};

/** Which of the person's meetings is meant: everything that was said about it. */
export type Which = {
  subject: string | null;
  start: DateTime | null;
  day: string | null;
  people: readonly Invitee[];
  /** Of a series: one of its meetings, all of them, or that one and those after it. Absent where that was not said. */
  occurrence?: 'one' | 'series' | 'rest';
  /** More than one is meant: "everything", "both". */
  isAll?: true;
};

/** What is to be otherwise about a meeting that is there; null is what nobody spoke of. */
export type Change = {
  /** The new time, as far as it was said: a whole start, only a day, or only a clock. */
  when: Span | null;
  day: string | null;
  /** The day was said as a weekday alone (1 is Monday): the one nearest to the meeting is meant; absent where it was not. */
  weekday?: number;
  clock: string | null;
  /** Name of the zone that the clock is in (IANA, or an offset as "UTC+2"), where one was said; else the person's. */
  clockZone?: string;
  /** "an hour later" is +60. */
  shiftMinutes: number | null;
  minutes: number | null;
  /** "15 minutes longer" is +15; absent where nobody said so. */
  extendMinutes?: number;
  /** HH:mm of a new end; absent where nobody said so. */
  until?: string;
  /** The hour was said without its half of the day, so the one nearer to the meeting may be meant; else absent. */
  isEitherHalf?: true;
  /** The start moves and the end stays: "start 15 min earlier but same end"; absent where nobody said so. */
  keepsEnd?: true;
  /** Options that are to be otherwise; absent where nobody said so. */
  options?: Options;
  /** What was asked for like an option and is none, as it was written; absent where there is nothing such. */
  unknown?: readonly string[];
  /** Who is to come as well; absent where nobody was named. */
  invitees?: readonly Invitee[];
  /** Who is to come no more; absent where nobody was named. */
  leaving?: readonly Invitee[];
  /** Somebody is to come or to leave, and the words do not name them: "add them", "with everyone"; else absent. */
  isWhoOpen?: true;
  subject: string | null;
};

/** What somebody wants remembered: an IANA zone, minutes, a BCP 47 tag; `reset` forgets all of it. */
export type SettingsChange = {
  zone?: string;
  minutes?: number;
  language?: string;
  /** Guests are invited by mail without being asked for. */
  alwaysInvite?: boolean;
  /** So many minutes before a meeting they are reminded; null is never. */
  remind?: number | null;
  reset?: true;
  /** An offset such as UTC+5:30, which no zone has by name: a city must be given. */
  isCityNeeded?: true;
};

/** What was typed to an open question, as far as it has a value. */
export type Answer = {
  when: Span | null;
  day: string | null;
  /** A day was said: without one, `when` and `day` are the next that the clock shows. */
  saysDay: boolean;
  /** The day was said as a weekday alone (1 is Monday); absent where it was not. */
  weekday?: number;
  /** HH:mm. */
  clock: string | null;
  /** The clock was said without its half of the day; else absent. */
  isEitherHalf?: true;
  /** HH:mm of one whose half of the day must be asked ("7"), unless it is known; absent where there is none. */
  halfOpenClock?: string;
  minutes: number | null;
  /** "now". */
  isNow: boolean;
  /** Which half of the day: "pm", "evening". */
  half: 'am' | 'pm' | null;
  /** "the second one" is 2, "the last one" -1. */
  ordinal: number | null;
  /** IANA name. */
  zone: string | null;
  people: readonly Invitee[];
  /** All of it, as written. */
  text: string;
};

/** What somebody may want to know of a meeting that is there, besides how its options are set. */
export const DETAILS = ['link', 'passcode', 'id', 'phone', 'people', 'when', 'length', 'organiser'] as const;

/** One of them, or an option: "is it recorded?". */
export type Detail = (typeof DETAILS)[number] | OptionAsked;

/** An option with one value, which can be asked about. */
export type OptionAsked = Exclude<keyof Options, 'invitation' | 'coorganisers' | 'namedPresenters'>;

/** What a yes says that is to be done, where it says so: "yes, cancel it". */
export type Deed = 'create' | 'cancel' | 'renew' | 'move';

/** A time that suits everyone is wanted, or whether one does. */
export type FindTimeCommand = {
  kind: 'findtime';
  people: readonly Invitee[];
  minutes: number | null;
  /** Between which instants: "next week", "tomorrow afternoon"; null where that was not said. */
  window: { from: DateTime; to: DateTime } | null;
  /** The part of each day that was asked for: "in the mornings". */
  part: 'morning' | 'afternoon' | 'evening' | 'night' | null;
  /** The one time that is asked about: "is Ben free at 3?". */
  at: Span | null;
  subject: string | null;
  /** Everybody in this chat is meant: "when are we all free". */
  isGroup: boolean;
};

/** What an utterance came to. Whatever is written comes to one of these; reading never throws. */
export type Command =
  | CreateCommand
  | { kind: 'reschedule'; which: Which; change: Change; needs: readonly Need[] }
  /** `options`: what the new meeting is to have besides what the old one has. */
  | { kind: 'renew'; which: Which; options?: Options }
  | { kind: 'cancel'; which: Which }
  /** The text to pass on; `language` (BCP 47) where it was said. */
  | { kind: 'invitation'; which: Which; language: string | null }
  /** What is asked of a meeting that is there; with no `details` its whole card. `zone` (IANA): where they want to know its time. */
  | { kind: 'show'; which: Which; details: readonly Detail[]; zone: string | null }
  /** The person's meetings; only those on these days or with these people, where some were said. */
  | { kind: 'list'; days?: DayRange; people?: readonly Invitee[] }
  | { kind: 'help' }
  | { kind: 'settings'; change: SettingsChange | null }
  | { kind: 'signin' }
  | { kind: 'signout' }
  /** `which`: the meeting that was spoken of, where the answer depends on one. */
  | { kind: 'topic'; topic: Topic; which?: Which }
  /** The answer to a question that is open. */
  | { kind: 'answer'; answer: Answer }
  /** `isNod`: nothing but "ok", a thumb up: no answer is waited for where nothing was asked. */
  | { kind: 'confirm'; deed: Deed | null; isNod: boolean }
  /** `refused`: what is not to be done, where that was said; else null. `isKept`: a meeting is to stay as it is. */
  | { kind: 'decline'; refused: Deed | null; isKept?: true }
  /** Takes back the last change, of the meeting that was meant. */
  | { kind: 'undo'; which: Which }
  /** A meeting that is there is to go into a calendar. */
  | { kind: 'invite'; which: Which; people: readonly Invitee[]; calendar: CalendarWish }
  | FindTimeCommand
  /** Not for us, or not understood; `language`: in a language that nobody taught us. */
  | { kind: 'none'; why: 'greeting' | 'thanks' | 'statement' | 'unknown' | 'empty' | 'language' };
