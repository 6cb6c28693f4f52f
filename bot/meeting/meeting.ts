import type { DateTime } from 'luxon';
import type { Options } from '../command/command.ts';

/** Somebody to be invited. Graph stores what it is told, so `id` and `upn` come from a member look-up or not at all. */
export type Guest =
  | { kind: 'member'; id: string; upn: string; name: string; teamsId?: string }
  | { kind: 'email'; email: string }
  /** A bare name: shown on the card, never sent. */
  | { kind: 'name'; name: string };

/** Everything Graph must be told to make the meeting; complete, in absolute time. */
export type MeetingRequest = {
  subject: string | null;
  start: DateTime;
  end: DateTime;
  guests: readonly Guest[];
  options: Options;
};

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
  /** Null: the organiser has no Audio Conferencing licence. */
  dialIn: DialIn | null;
  videoId: string | null;
};
