import type { DateTime } from 'luxon';
import { inZone } from '../base/date-time.ts';
import type { Assumption, Unmet } from '../language/command.ts';
import type { Draft } from './decide.ts';
import type { Missed } from './granted-options.ts';
import { guestsWithout, measureGuestList } from './guest-list.ts';
import type { Guest } from './meeting.ts';

/** Something that is true of this meeting and that the person should read on its card. */
export type Note =
  /** The old meeting was locked and then removed, both confirmed by Graph: who opens its link waits in the lobby. */
  | 'oldLinkLocked'
  /** The old meeting is removed, and Graph has not confirmed that it was locked before. */
  | 'oldLinkRemoved'
  /** The new meeting exists, but the old one could not be deleted. */
  | 'oldLinkAlive'
  /** The other reading was taken: other time, same link. `assumed` then holds the way back. */
  | 'moved'
  /** Something else than the time was changed; same link. */
  | 'changed'
  /** Somebody was removed from the guests, and still has the link. */
  | 'guestsLeft'
  /** Guests given by e-mail or bare name get no invitation from Graph: the link must be passed on. */
  | 'shareLink'
  /** The event tells of the meeting in its text, because an event of its own could not have what was asked for. */
  | 'eventIsLink'
  /** It could not be put into the calendar, which can be tried again. */
  | 'notEntered'
  /** The person has no calendar in Exchange Online. */
  | 'noMailbox'
  /** Some of the guests have no address, so they were not mailed. */
  | 'someUnreached'
  /** One meeting of a series was changed or cancelled, or all from a day on were cancelled. */
  | 'oneChanged'
  | 'oneCancelled'
  | 'restCancelled'
  /** One meeting of a series has other guests now, and those who came or went were mailed. */
  | 'guestsOfOne'
  /** Options, or guests who are not mailed, were asked for one meeting of a series, and belong to all of them. */
  | 'optionsOfAll'
  | 'guestsOfAll'
  /** The guests were mailed what has changed. */
  | 'guestsTold'
  /** There are so many guests that the chat exists only during the meeting. */
  | 'bigList'
  /** A room is new: it is there again whenever it is asked for. */
  | 'roomMade'
  /** A room was there: the link is the same as before. */
  | 'roomFound'
  /** The room has been given another name since. */
  | 'roomRenamed'
  /** A colleague here who asks for a room of that name gets one of their own. */
  | 'roomOwn'
  /** Somebody else here has a room of that name already. */
  | 'roomOthers'
  /** What was asked for and cannot be had. */
  | Unmet;

/** An assumption as it is kept; `other` is the reading that one click takes. Epoch milliseconds. */
export type Guess = {
  kind: Assumption['kind'];
  said: string;
  taken: number;
  other: { start: number; end: number } | null;
};

/** What the card says besides the meeting itself. It is stored, so that every view of the card says the same. */
export type Said = {
  guesses: readonly Guess[];
  assumedMinutes: number | null;
  notes: readonly Note[];
  missed?: readonly Missed[];
  /** The words that asked for an option that does not exist. */
  unknown?: readonly string[];
};

/**
 * What must be said about guests who are new. `before`: the guests until then. `isMailed`: guests with an address are mailed
 * an invitation.
 */
export function notesOnGuests(
  guests: readonly Guest[],
  before: readonly Guest[] = [],
  isMailed = false,
): Note[] {
  const added = guestsWithout(guests, before);
  const isUninvited = added.some(({ kind }) => (isMailed ? kind === 'name' : kind !== 'member'));
  const uninvited: Note = isMailed ? 'someUnreached' : 'shareLink';
  const isBig = added.length > 0 && measureGuestList(guests) === 'chatDuringMeeting';
  return [...(isUninvited ? [uninvited] : []), ...(isBig ? (['bigList'] as const) : [])];
}

/** What stays true of the meeting, without what was only news. */
export function dropNews({ notes, missed }: Said): Said {
  const lasting = notes.filter((note) => note === 'oldLinkAlive' || !FOLLOW_UPS.includes(note));
  return { guesses: [], assumedMinutes: null, notes: lasting, ...(missed && { missed }) };
}

const FOLLOW_UPS: readonly Note[] = [
  ...(['moved', 'changed', 'guestsTold', 'oneChanged', 'oneCancelled', 'restCancelled'] as const),
  ...(['guestsOfOne', 'optionsOfAll', 'guestsOfAll'] as const),
  ...(['oldLinkLocked', 'oldLinkRemoved', 'oldLinkAlive'] as const),
];

/** Whether the notes tell of a change to an existing meeting. */
export const isFollowUp = (notes: readonly Note[]): boolean =>
  notes.some((note) => FOLLOW_UPS.includes(note));

/** The guesses, each with its other reading as a whole meeting. Readings that have passed, and those of a series, are left out. */
export function toOffers(
  assumed: readonly Assumption[],
  { start, end, series }: Draft,
  now: DateTime,
): Assumption[] {
  return assumed.map((assumption) => {
    const other = assumption.alternative;
    // Of a series the other reading would be other days of all its meetings, which one click does not say.
    if (other === null || other.start < now || series) return { ...assumption, alternative: null };
    return {
      ...assumption,
      alternative: { start: other.start, end: other.end ?? other.start.plus(end.diff(start)) },
    };
  });
}

/** The guesses without their other readings, for readers who cannot take one. */
export const withoutOffers = (assumed: readonly Assumption[]): Assumption[] =>
  assumed.map((assumption) => ({ ...assumption, alternative: null }));

/** An assumption in the form in which it is stored. */
export function toGuess({ kind, said, taken, alternative }: Assumption): Guess {
  const other = alternative && {
    start: alternative.start.toMillis(),
    end: (alternative.end ?? taken).toMillis(),
  };
  return { kind, said, taken: taken.toMillis(), other };
}

/** A stored guess as the card shows it, in the meeting's zone. A reading that has passed is no longer offered. */
export function toAssumption({ kind, said, taken, other }: Guess, zone: string, now: DateTime): Assumption {
  const isAhead = other !== null && other.start >= now.toMillis();
  return {
    kind,
    said,
    taken: inZone(taken, zone),
    alternative: isAhead ? { start: inZone(other.start, zone), end: inZone(other.end, zone) } : null,
  };
}
