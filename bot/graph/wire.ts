import type { OnlineMeeting } from '@microsoft/microsoft-graph-types';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type {
  DialIn,
  Guest,
  Meeting,
  MeetingRequest,
  OptionName,
  Role,
  RoomRequest,
} from '../meeting/meeting.ts';
import { decodeJoinInformation, invitationLines } from './join-information.ts';
import { isUpdatable, readOptions, type Templates, writeOptions } from './option-table.ts';

// Graph's samples write ConferenceId, its metadata conferenceId; members that we do not know are none of our business.
// A meeting may have been named elsewhere: marks that turn the direction of writing have no business on a card.
const line = z.string().transform((words) => words.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ''));
const text = line.nullish();
const WireMeeting = z.object({
  id: z.string().min(1),
  subject: text,
  startDateTime: z.string(),
  endDateTime: z.string(),
  joinWebUrl: z.string(),
  videoTeleconferenceId: text,
  chatInfo: z.object({ threadId: text }).nullish(),
  joinMeetingIdSettings: z.object({ joinMeetingId: text, passcode: text }).nullish(),
  audioConferencing: z
    .object({
      conferenceId: text,
      ConferenceId: text,
      tollNumber: text,
      tollFreeNumber: text,
      tollNumbers: z.array(line).nullish(),
      tollFreeNumbers: z.array(line).nullish(),
      dialinUrl: text,
    })
    .nullish(),
});

/** What reading and writing depend on besides the meeting: where links may lead, and the configured templates. */
export type WireContext = {
  joinHosts: readonly string[];
  templates: Templates;
  /** What this cloud's Graph does not have, and so is not sent. */
  lacks: ReadonlySet<OptionName>;
};

/** Reads Graph's answer. Throws when it is not a meeting, or its link does not lead to Teams. Times come out in UTC. */
export function readMeeting(body: unknown, { joinHosts, templates }: WireContext): Meeting {
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
    ...(wire.chatInfo?.threadId ? { threadId: wire.chatInfo.threadId } : {}),
    granted: readOptions(body as Readonly<Record<string, unknown>>, templates),
  };
}

function readInstant(iso: string): DateTime {
  const instant = DateTime.fromISO(iso, { zone: 'utc' });
  if (!instant.isValid) throw new Error('Graph sent a time that is none');
  return instant;
}

function readJoinUrl(url: string, joinHosts: readonly string[]): string {
  if (!isTeams(url, joinHosts)) throw new Error('Graph sent a join link that does not lead to Teams');
  return url;
}

function isTeams(url: string, joinHosts: readonly string[]): boolean {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' };
  const isOfTeams = joinHosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
  return protocol === 'https:' && isOfTeams;
}

const Worded = z.object({ joinInformation: z.object({ content: text }).nullish() });

/** The text of the invitation, a line each, as Graph words it in the language that was asked for; none where it has none. */
export function readInvitation(body: unknown, context: WireContext): string[] {
  const html = decodeJoinInformation(Worded.safeParse(body).data?.joinInformation?.content);
  if (html === null) return [];
  const { joinUrl, dialIn } = readMeeting(body, context);
  return invitationLines(html, { joinUrl, dialIn, isTeams: (url) => isTeams(url, context.joinHosts) });
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

/** The body of POST onlineMeetings: instants in UTC, a passcode unless it was declined, guests with id and upn. */
export function toWire(request: MeetingRequest, { templates, lacks }: WireContext): OnlineMeeting {
  const { subject, start, end, guests } = request;
  const options = { passcode: true, ...settled(request) };
  return {
    startDateTime: toIso(start),
    endDateTime: toIso(end),
    ...(subject === null ? {} : { subject }),
    ...(members(guests).length > 0 && { participants: toParticipants(guests, options) }),
    ...writeOptions(options, templates, (name) => !lacks.has(name)),
  };
}

/** The parameters of createOrGet, which knows no others: people come without a role, options by a change. */
export function toWireRoom({ externalId, subject, times, guests }: RoomRequest): object {
  return {
    externalId,
    ...(subject === null ? {} : { subject }),
    ...(times && { startDateTime: toIso(times.start), endDateTime: toIso(times.end) }),
    ...(members(guests).length > 0 && {
      participants: toParticipants(
        members(guests).map(({ role: _, ...guest }) => guest),
        {},
      ),
    }),
  };
}

type Presenting = Pick<MeetingRequest, 'guests' | 'options'>;

type Member = Extract<Guest, { kind: 'member' }>;

const members = (guests: readonly Guest[]): Member[] => guests.filter((guest) => guest.kind === 'member');

/** Where nobody who is invited can have a role, the organiser is the only presenter there is. */
function settled({ guests, options }: Presenting): MeetingRequest['options'] {
  const isByRole = options.presenters === 'invited' || options.presenters === 'named';
  const isAnybody = members(guests).some(
    (guest) => !guest.isForeign && (options.presenters === 'invited' || guest.role),
  );
  return isByRole && !isAnybody ? { ...options, presenters: 'organizer' } : options;
}

/** Where one has a role everybody comes with theirs: otherwise Graph's list of presenters does not work. */
function toParticipants(guests: readonly Guest[], { presenters }: MeetingRequest['options']) {
  const isByRole =
    presenters === 'invited' || presenters === 'named' || members(guests).some(({ role }) => role);
  const roleOf = ({ role, isForeign }: Member): Role | 'attendee' => {
    if (isForeign) return 'attendee';
    if (role === 'coorganizer') return role;
    if (presenters === 'invited') return 'presenter';
    return presenters === 'named' && role !== undefined ? role : 'attendee';
  };
  const attendees = members(guests).map((guest) => ({
    identity: { user: { id: guest.id } },
    upn: guest.upn,
    ...(isByRole && { role: roleOf(guest) }),
  }));
  return { attendees } as OnlineMeeting['participants'];
}

/**
 * What is to be different. Graph wants both times or none, and all attendees or none: with `guests` those are the only
 * ones. Who may present is decided with the guests, so `guests` come with `presenters`.
 */
export type MeetingChange = {
  subject?: string | null;
  times?: Pick<MeetingRequest, 'start' | 'end'>;
  options?: MeetingRequest['options'];
  guests?: readonly Guest[];
};

/** The body of PATCH onlineMeetings/{id}: what changes, as far as Graph lets it be changed. */
export function toWireChange(change: MeetingChange, { templates, lacks }: WireContext): OnlineMeeting {
  const { subject, times, guests } = change;
  const options = settled({ guests: guests ?? [], options: change.options ?? {} });
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(times && { startDateTime: toIso(times.start), endDateTime: toIso(times.end) }),
    ...(guests && { participants: toParticipants(guests, options) }),
    ...writeOptions(options, templates, (name) => isUpdatable(name) && !lacks.has(name)),
  };
}

function toIso(instant: DateTime): string {
  const iso = instant.toUTC().toISO({ suppressMilliseconds: true });
  if (iso === null) throw new Error('an invalid time reached Graph’s door');
  return iso;
}
