import type { DateTime } from 'luxon';
import type { Assumption, Unmet } from '../language/command.ts';
import type { Held, Missed } from '../meeting/granted.ts';
import type { Guest, Meeting } from '../meeting/meeting.ts';
import type { Note } from '../meeting/note.ts';

/** What an organiser's button on a meeting card does. */
export type CardVerb = 'regenerate' | 'change' | 'cancel' | 'invite';

/** A meeting that is there. */
export type MeetingReply = {
  kind: 'meeting';
  /** Opaque id and revision that the card's buttons carry. */
  id: string;
  revision: number;
  meeting: Meeting;
  /** The zone in which times are shown. */
  zone: string;
  guests: readonly Guest[];
  /** An alternative is offered as a button (verb `change`, `choice` its place in this list): null it for who may not take it. */
  assumed: readonly Assumption[];
  /** The length was not said but taken from the default. */
  assumedMinutes: number | null;
  notes: readonly Note[];
  /** It can be joined at any time, whatever times Graph keeps for it. */
  isRoom?: boolean;
  /** The options that were asked for: as they are, and those that could not be had. `templates`: all there are. */
  options?: { held: readonly Held[]; missed: readonly Missed[]; templates: readonly string[] };
  /** The buttons that work for whoever reads this card; absent: `regenerate` alone. */
  may?: readonly CardVerb[];
  /** Teams ids of the people who see another card than this one; Teams asks for theirs (verb `view`). */
  viewers?: readonly string[];
  /** People in the conversation whom Teams should tell about the card; Teams ids. */
  mentions?: readonly { id: string; name: string }[];
  /** Ways to a calendar: a file to download, and Outlook's compose page. Https addresses. */
  calendar?: { file: string; outlook: string } | null;
  /** Who made it, where the reader is somebody else; they may make their own. */
  organiser?: string | null;
};

/** What will be made as soon as the asker releases it, in a conversation where nobody can be asked silently. */
export type DraftReply = {
  kind: 'draft';
  id: string;
  asker: string;
  subject: string | null;
  start: DateTime;
  end: DateTime;
  zone: string;
  /** The options that were asked for. */
  options?: readonly Held[];
  guests: readonly Guest[];
  assumed: readonly Assumption[];
  assumedMinutes: number | null;
  unmet?: readonly Unmet[];
  isRoom?: boolean;
  /** It may have been read wrongly, because of these words (empty where it is no single one); absent where it is clear. */
  doubts?: readonly string[];
  /** Nobody else reads it. */
  isPersonal?: true;
};

/** The text to pass on, in the language that was asked for (BCP 47), or in English where Teams has none in it. */
export type InvitationReply = {
  kind: 'invitation';
  id: string;
  meeting: Meeting;
  zone: string;
  isRoom: boolean;
  /** Graph's own lines: how to join. */
  lines: readonly string[];
  language: string;
  isEnglish: boolean;
  /** `text`: a message that holds nothing else, to be copied and forwarded whole. */
  as: 'card' | 'text';
  /** The reader may ask for it in another language. */
  isOwn: boolean;
};

/** A meeting that is no more: cancelled just now, gone from Teams, or over. `newer`: a card of it that is no more, because there are newer ones. */
export type EndedReply = {
  kind: 'ended';
  why: 'cancelled' | 'gone' | 'over' | 'newer';
  /** Graph has confirmed that it was locked before it was removed. */
  isLocked?: boolean;
  subject: string | null;
  start: DateTime;
  end: DateTime;
  zone: string;
  isRoom?: boolean;
};
