import type { CloudName } from '../clouds.ts';
import type { Person } from '../people.ts';
import type { CalendarWorld } from './calendar/store.ts';
import type { Body } from './check.ts';
import { fromMs, readInstant } from './instants.ts';

/** Somebody invited, as Graph was told; it looks nobody up. */
export type Attendee = { id: string | null; upn: string; role: string | null };

/** A meeting as the stand-in holds it; it stays after deletion, marked as deleted. */
export type StoredMeeting = {
  id: string;
  /** Object id and tenant of the person it belongs to. */
  organizer: string;
  tenantId: string;
  subject: string | null;
  /** UTC, as Graph writes them. */
  startDateTime: string;
  endDateTime: string;
  creationDateTime: string;
  expiryDateTime: string;
  externalId: string | null;
  threadId: string;
  joinWebUrl: string;
  joinMeetingId: string;
  conferenceId: string;
  /** Generated where one was required, else null. */
  passcode: string | null;
  attendees: Attendee[];
  /** The other writable members, with defaults filled in. */
  options: Body;
  /** Every second meeting is answered in the spelling of Graph's samples. */
  spelling: 'metadata' | 'samples';
  isDeleted: boolean;
  /** Reads that still answer 404, because the meeting has not spread yet. */
  hiddenReads: number;
};

/** A template decides some options and keeps them. */
export type Template = { name: string; locks: Body };

/** All that Graph holds and knows in this sandbox. */
export type World = {
  cloud: CloudName;
  /** What becomes of encryption, language and label in a PATCH: they are changed, or answered as they were. */
  uncertain: 'changed' | 'kept';
  people: readonly Person[];
  templates: Readonly<Record<string, Template>>;
  meetings: StoredMeeting[];
  hiddenReads: number;
  calendar: CalendarWorld;
  /** Authentication context that people's tokens must carry; null: none. */
  context: string | null;
  now(): number;
};

/** There, and not expired. */
export function isAlive(world: World, meeting: StoredMeeting): boolean {
  return !meeting.isDeleted && (readInstant(meeting.expiryDateTime) ?? 0n) > fromMs(world.now());
}
