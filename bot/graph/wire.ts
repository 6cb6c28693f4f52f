import type { OnlineMeeting } from '@microsoft/microsoft-graph-types';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Access, Options } from '../command/command.ts';
import type { DialIn, Guest, Meeting, MeetingRequest } from '../meeting/meeting.ts';

// Graph's samples write ConferenceId, its metadata conferenceId; members that we do not know are none of our business.
const text = z.string().nullish();
const WireMeeting = z.object({
  id: z.string().min(1),
  subject: text,
  startDateTime: z.string(),
  endDateTime: z.string(),
  joinWebUrl: z.string(),
  videoTeleconferenceId: text,
  joinMeetingIdSettings: z.object({ joinMeetingId: text, passcode: text }).nullish(),
  audioConferencing: z
    .object({
      conferenceId: text,
      ConferenceId: text,
      tollNumber: text,
      tollFreeNumber: text,
      tollNumbers: z.array(z.string()).nullish(),
      tollFreeNumbers: z.array(z.string()).nullish(),
      dialinUrl: text,
    })
    .nullish(),
});

/** Reads Graph's answer. Throws when it is not a meeting, or its link does not lead to Teams. Times come out in UTC. */
export function readMeeting(body: unknown, joinHosts: readonly string[]): Meeting {
  const wire = WireMeeting.parse(body);
  return {
    graphId: wire.id,
    subject: wire.subject || null,
    start: readInstant(wire.startDateTime),
    end: readInstant(wire.endDateTime),
    joinUrl: readJoinUrl(wire.joinWebUrl, joinHosts),
    meetingId: wire.joinMeetingIdSettings?.joinMeetingId || null,
    passcode: wire.joinMeetingIdSettings?.passcode || null,
    dialIn: readDialIn(wire.audioConferencing),
    videoId: wire.videoTeleconferenceId || null,
  };
}

function readInstant(iso: string): DateTime {
  const instant = DateTime.fromISO(iso, { zone: 'utc' });
  if (!instant.isValid) throw new Error('Graph sent a time that is none');
  return instant;
}

function readJoinUrl(url: string, joinHosts: readonly string[]): string {
  const isTeams =
    URL.canParse(url) && new URL(url).protocol === 'https:' && joinHosts.includes(new URL(url).hostname);
  if (!isTeams) throw new Error('Graph sent a join link that does not lead to Teams');
  return url;
}

function readDialIn(wire: z.infer<typeof WireMeeting>['audioConferencing']): DialIn | null {
  if (!wire) return null;
  const numbers = (all: string[] | null | undefined, one: string | null | undefined) =>
    [
      ...new Set([one, ...(all ?? [])].filter((number) => typeof number === 'string' && number !== '')),
    ] as string[];
  const dialIn = {
    conferenceId: wire.conferenceId || wire.ConferenceId || null,
    toll: numbers(wire.tollNumbers, wire.tollNumber),
    tollFree: numbers(wire.tollFreeNumbers, wire.tollFreeNumber),
    url: wire.dialinUrl?.startsWith('https://') ? wire.dialinUrl : null,
  };
  return dialIn.toll.length + dialIn.tollFree.length > 0 ? dialIn : null;
}

const LOBBY = {
  everyone: 'everyone',
  organization: 'organization',
  invited: 'invited',
  organizer: 'organizer',
} as const;
const PRESENTERS = {
  everyone: 'everyone',
  organization: 'organization',
  invited: 'roleIsPresenter',
  organizer: 'organizer',
} as const satisfies Record<Access, string>;

/** The body of POST onlineMeetings: instants in UTC, a passcode unless it was declined, guests with id and upn. */
export function toWire(request: MeetingRequest, templates: ReadonlyMap<string, string>): OnlineMeeting {
  const { options } = request;
  const members = request.guests.filter((guest) => guest.kind === 'member');
  const template = options.template === undefined ? undefined : templates.get(options.template.toLowerCase());
  return {
    startDateTime: toIso(request.start),
    endDateTime: toIso(request.end),
    ...(request.subject === null ? {} : { subject: request.subject }),
    joinMeetingIdSettings: { isPasscodeRequired: options.passcode ?? true },
    ...(members.length > 0 && {
      participants: { attendees: members.map((guest) => toAttendee(guest, options)) },
    }),
    ...(template !== undefined && { meetingTemplateId: template }),
    ...toWireOptions(options, members.length > 0),
  };
}

// A presenters' list only works when every attendee comes with a role.
function toAttendee(guest: Guest & { kind: 'member' }, { presenters }: Options) {
  const role = presenters === 'invited' ? { role: 'presenter' as const } : {};
  return { identity: { user: { id: guest.id } }, upn: guest.upn, ...role };
}

const CHAT = { enabled: 'enabled', limited: 'limited', disabled: 'disabled' } as const;

function toWireOptions(options: Options, hasMembers: boolean): OnlineMeeting {
  const presenters = options.presenters === 'invited' && !hasMembers ? 'organizer' : options.presenters;
  return {
    ...(options.encrypted && { isEndToEndEncryptionEnabled: true }),
    ...(options.record && { recordAutomatically: true }),
    ...(options.transcribe && { allowTranscription: true }),
    ...(options.language !== undefined && { meetingSpokenLanguageTag: options.language }),
    ...(options.lobby !== undefined && { lobbyBypassSettings: { scope: LOBBY[options.lobby] } }),
    ...(presenters !== undefined && { allowedPresenters: PRESENTERS[presenters] }),
    ...(options.chat !== undefined && { allowMeetingChat: CHAT[options.chat] }),
    ...(options.mic !== undefined && { allowAttendeeToEnableMic: options.mic }),
    ...(options.camera !== undefined && { allowAttendeeToEnableCamera: options.camera }),
    ...(options.announce !== undefined && { isEntryExitAnnounced: options.announce }),
  };
}

export type MeetingChange = Pick<MeetingRequest, 'subject' | 'start' | 'end'>;

/** The body of PATCH onlineMeetings/{id}. */
export function toWireChange({ subject, start, end }: MeetingChange): OnlineMeeting {
  return { subject, startDateTime: toIso(start), endDateTime: toIso(end) };
}

function toIso(instant: DateTime): string {
  const iso = instant.toUTC().toISO({ suppressMilliseconds: true });
  if (iso === null) throw new Error('an invalid time reached Graph’s door');
  return iso;
}
