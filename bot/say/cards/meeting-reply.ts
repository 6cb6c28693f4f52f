import type { Assumption, CalendarWish } from '../../language/command.ts';
import type { Response } from '../../meeting/event.ts';
import type { Guest, Meeting } from '../../meeting/meeting.ts';
import type { Note } from '../../meeting/notes.ts';
import type { Series } from '../../meeting/series.ts';
import type { OptionsSaid } from '../words/options.ts';

/** Ways to a calendar: a file to download, and Outlook's compose page, empty of people or with the guests. Https addresses. */
export type CalendarAddresses = { file: string; outlook: string; outlookWithGuests: string };

/** A meeting's entry in its organizer's calendar. */
export type Entry = {
  /** Who was mailed the invitation, and what they answered. */
  answers: readonly { name: string; response: Exclude<Response, 'organizer'> }[];
  /** How it repeats. Absent for a single meeting. */
  series?: Series;
};

/** A meeting that is there. */
export type MeetingReply = {
  kind: 'meeting';
  /** Opaque id and revision that the card's buttons carry. */
  id: string;
  revision: number;
  meeting: Meeting;
  /** The zone in which times are shown. */
  zone: string;
  /** The zone in which its clock was said; absent where it is `zone`. */
  clockZone?: string;
  guests: readonly Guest[];
  /** An alternative is offered as a button (verb `change`, `choice`: its place in this list). Null for readers who may not take it. */
  assumed: readonly Assumption[];
  /** The length was not said but taken from the default. */
  assumedMinutes: number | null;
  notes: readonly Note[];
  /** It can be joined at any time, whatever times Graph keeps for it. */
  isRoom?: boolean;
  options?: OptionsSaid;
  /** Teams ids of the people who see another card than this one; Teams asks for theirs (verb `view`). */
  viewers?: readonly string[];
  /** People in the conversation whom Teams should tell about the card; Teams ids. */
  mentions?: readonly { id: string; name: string }[];
  /** Ways to a calendar. */
  calendar?: CalendarAddresses | null;
  /** Its entry in the organizer's calendar. Absent if there is none. */
  entry?: Entry;
  /** Into whose calendars the organizer can still put it. Absent if into nobody's. */
  enter?: readonly CalendarWish[];
  /** Who made it, if the reader is somebody else, who may make a copy. */
  organiser?: string;
  /** The card is in a message of a person, where no button of the bot works, so it has links only. */
  isByLink?: true;
};
