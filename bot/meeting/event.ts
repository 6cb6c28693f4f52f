import type { DateTime } from 'luxon';
import type { Pattern, Recurrence } from '../language/command.ts';

export type { Pattern, Recurrence };

/** Somebody who is mailed the invitation, by address: people outside the organization, too. */
export type Attendee = { address: string; name: string | null };

/** A recurrence with the local date of its first occurrence (ISO) and the zone whose clock it follows (IANA). */
export type EventRecurrence = Recurrence & { startDate: string; zone: string };

/** Everything that Graph must be told to make a calendar event. Its guests are mailed at once. */
export type EventRequest = {
  /** By `eventKey`. One key for one wish, however often it is sent: Graph makes one event for it. */
  transactionId: string;
  subject: string | null;
  /** In the zone of the meeting: a series keeps its wall clock there. */
  start: DateTime;
  end: DateTime;
  attendees: readonly Attendee[];
  /** `link`: the event of a meeting that exists already; the lines of its invitation are the event's text. */
  online: { kind: 'teams' } | { kind: 'link'; joinUrl: string; lines: readonly string[] };
  /** Null: it is once. The first occurrence is at `start`, which must fit the pattern. */
  recurrence: Recurrence | null;
};

/**
 * What changes in an event; what is absent stays. `attendees` replace all others. `link` is for an event without an online
 * meeting only: the text of another would lose its join information.
 */
export type EventChange = {
  subject?: string | null;
  times?: Pick<EventRequest, 'start' | 'end'>;
  attendees?: readonly Attendee[];
  recurrence?: EventRecurrence;
  link?: { joinUrl: string; lines: readonly string[] };
};

/** How an attendee has answered. */
export type Response = 'none' | 'organizer' | 'tentative' | 'accepted' | 'declined';

/** An event as the calendar of one person holds it. Times are in UTC. */
export type CalendarEvent = {
  id: string;
  etag: string;
  subject: string | null;
  start: DateTime;
  end: DateTime;
  /** Null if it is no Teams meeting. */
  joinUrl: string | null;
  /** Only the organizer's copy counts. */
  isOrganizer: boolean;
  isCancelled: boolean;
  type: 'single' | 'occurrence' | 'exception' | 'seriesMaster';
  /** The id of the series of an occurrence or exception. */
  seriesId: string | null;
  /** How a series repeats, if Parley knows the pattern. */
  recurrence: EventRecurrence | null;
  attendees: readonly (Attendee & { response: Response })[];
  /** The key of the wish that has made it; absent if it has none. */
  transactionId?: string;
};

/** Working hours on the clock of `zone` (IANA); null: the zone is not known, and the organizer's stands for it. */
export type WorkingHours = { days: readonly number[]; from: string; to: string; zone: string | null };

/**
 * What is known of somebody's time, one value for each interval. `unknown`: nothing is known, which does not count as free.
 */
export type Schedule =
  | { address: string; view: readonly ('free' | 'tentative' | 'busy' | 'away')[]; hours: WorkingHours | null }
  | { address: string; unknown: true };
