import type { DateTime } from 'luxon';
import type { Choices, Granted } from './options.ts';

/** What somebody is asked to be besides a guest. Graph grants it to members of the organization only. */
export type Role = 'coorganizer' | 'presenter';

/**
 * Somebody to be invited. Graph stores what it is told, so `id` and `upn` come from a member look-up or not at all.
 * `isForeign`: of another organization than the conversation's; they may come, and may have no role.
 */
export type Guest = { role?: Role } & (
  | { kind: 'member'; id: string; upn: string; name: string; teamsId?: string; isForeign?: true }
  | { kind: 'email'; email: string }
  /** A bare name: shown on the card, never sent. */
  | { kind: 'name'; name: string }
);

/** Everything Graph must be told to make the meeting; complete, in absolute time. */
export type MeetingRequest = {
  subject: string | null;
  start: DateTime;
  end: DateTime;
  guests: readonly Guest[];
  options: Choices;
};

/** A room: Graph answers the same meeting to the same person for the same id. Without times it is for now. */
export type RoomRequest = {
  externalId: string;
  subject: string | null;
  times: Pick<MeetingRequest, 'start' | 'end'> | null;
  guests: readonly Guest[];
};

/** How to join by telephone. Numbers stand as Graph writes them, the one that it prefers first. */
export type DialIn = {
  conferenceId: string | null;
  toll: readonly string[];
  tollFree: readonly string[];
  /** Page with numbers of other countries. */
  url: string | null;
};

/** A meeting as Graph holds it. */
export type Meeting = {
  graphId: string;
  subject: string | null;
  start: DateTime;
  end: DateTime;
  joinUrl: string;
  meetingId: string | null;
  passcode: string | null;
  /** Null: the organizer has no Audio Conferencing licence. */
  dialIn: DialIn | null;
  videoId: string | null;
  /** Teams' own page with all options, for the organizer; where Graph told it. */
  optionsUrl?: string;
  /** The chat of the meeting, where Graph told it. */
  threadId?: string;
  granted: Granted;
};

/** Somebody who was in a meeting, for so many minutes altogether. */
export type Participant = { id: string | null; address: string | null; name: string; minutes: number };

/** Who was in a meeting on one occasion, as Teams has noted it. */
export type Attendance = { start: DateTime; end: DateTime; people: readonly Participant[] };
