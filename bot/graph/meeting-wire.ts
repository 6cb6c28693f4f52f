import { isDeepStrictEqual } from 'node:util';
import type { OnlineMeeting } from '@microsoft/microsoft-graph-types';
import type { DateTime } from 'luxon';
import * as z from 'zod';
import { readIso } from '../base/date-time.ts';
import { toLine } from '../base/safe-text.ts';
import type { DialIn, Guest, Meeting, MeetingRequest, Role, RoomRequest } from '../meeting/meeting.ts';
import {
  type Choices,
  type Granted,
  isUpdatable,
  OPTION_NAMES,
  type OptionName,
  rowOf,
} from '../meeting/options.ts';
import { decodeJoinInformation, invitationLines } from './join-information.ts';

/** No subject, number or address of Graph's is longer. */
const MOST_CHARACTERS = 2_000;
// Graph's samples write ConferenceId, its metadata conferenceId. Unknown members are ignored. The subject may come from
// another program, so it is cleaned like a person's text. Graph has been seen to write numbers without quotation marks.
const line = z
  .union([z.string(), z.number().transform(String)])
  .transform((words) => toLine(words, MOST_CHARACTERS));
/** A member that is no text is read as null: the meeting and its link matter more. */
const text = line.nullish().catch(null);
/** A value that must not be cut, such as a passcode; null where it is too long. */
const short = (most: number) => text.transform((words) => (words && words.length <= most ? words : null));
/** Parley writes no longer subject; another program may. */
const MOST_SUBJECT = 255;
const MOST_DIGITS = 64;
const MOST_URL = 800;
/** The page of numbers that Graph links to has the rest. */
const MOST_NUMBERS = 8;
const WireMeeting = z.object({
  id: z.string().min(1).max(1_024),
  subject: text,
  startDateTime: z.string(),
  endDateTime: z.string(),
  joinWebUrl: z.string().max(MOST_URL),
  videoTeleconferenceId: short(MOST_DIGITS),
  meetingOptionsWebUrl: short(MOST_URL),
  chatInfo: z
    .object({ threadId: short(255) })
    .nullish()
    .catch(null),
  joinMeetingIdSettings: z
    .object({ joinMeetingId: short(MOST_DIGITS), passcode: short(MOST_DIGITS) })
    .nullish()
    .catch(null),
  audioConferencing: z
    .object({
      conferenceId: short(MOST_DIGITS),
      ConferenceId: short(MOST_DIGITS),
      tollNumber: text,
      tollFreeNumber: text,
      tollNumbers: z.array(line.catch('')).nullish().catch(null),
      tollFreeNumbers: z.array(line.catch('')).nullish().catch(null),
      dialinUrl: short(MOST_URL),
    })
    .nullish()
    .catch(null),
});

/** Names that an administrator has configured, lower case, and the ids that Graph has for them. */
type NamedIds = ReadonlyMap<string, string>;

/** What reading and writing a meeting depends on: where links may lead, and the configured names. */
export type WireContext = {
  joinHosts: readonly string[];
  templates: NamedIds;
  labels: NamedIds;
  /** Options that this cloud's Graph does not have; they are not sent. */
  lacks: ReadonlySet<OptionName>;
};

/** Reads a meeting from Graph's answer, with times in UTC. Throws when it is no meeting or its link does not lead to Teams. */
export function readMeeting(body: unknown, context: WireContext): Meeting {
  const wire = WireMeeting.parse(body);
  return {
    graphId: wire.id,
    subject: [...(wire.subject ?? '')].slice(0, MOST_SUBJECT).join('') || null,
    start: readInstant(wire.startDateTime),
    end: readInstant(wire.endDateTime),
    joinUrl: readJoinUrl(wire.joinWebUrl, context.joinHosts),
    meetingId: wire.joinMeetingIdSettings?.joinMeetingId || null,
    passcode: wire.joinMeetingIdSettings?.passcode || null,
    dialIn: readDialIn(wire.audioConferencing),
    videoId: wire.videoTeleconferenceId || null,
    ...(isTeams(wire.meetingOptionsWebUrl ?? '', context.joinHosts) && {
      optionsUrl: wire.meetingOptionsWebUrl ?? '',
    }),
    ...(wire.chatInfo?.threadId ? { threadId: wire.chatInfo.threadId } : {}),
    granted: readOptions(body as Readonly<Record<string, unknown>>, context),
  };
}

function readInstant(iso: string): DateTime {
  const instant = readIso(iso);
  if (!instant.isValid) throw new Error('Graph sent a time that is none');
  return instant;
}

function readJoinUrl(url: string, joinHosts: readonly string[]): string {
  if (!isTeams(url, joinHosts)) throw new Error('Graph sent a join link that does not lead to Teams');
  return url;
}

/** Whether an address leads to Teams. */
export function isTeams(url: string, joinHosts: readonly string[]): boolean {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' };
  const isOfTeams = joinHosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
  return protocol === 'https:' && isOfTeams;
}

const Worded = z.object({ joinInformation: z.object({ content: z.string().nullish() }).nullish() });

/** The lines of Graph's invitation, in the language of the request; none where Graph sent no invitation. */
export function readInvitation(body: unknown, context: WireContext): string[] {
  const html = decodeJoinInformation(Worded.safeParse(body).data?.joinInformation?.content);
  if (html === null) return [];
  const { joinUrl, dialIn } = readMeeting(body, context);
  return invitationLines(html, { joinUrl, dialIn, isTeams: (url) => isTeams(url, context.joinHosts) });
}

/** The value of every option in Graph's answer; null for a value that Parley does not know. Never throws. */
function readOptions(body: Readonly<Record<string, unknown>>, context: WireContext): Granted {
  const told = OPTION_NAMES.filter((name) => body[rowOf(name).member] !== undefined);
  return Object.fromEntries(told.map((name) => [name, readOption(name, body, context)]));
}

function readOption(
  name: OptionName,
  body: Readonly<Record<string, unknown>>,
  context: WireContext,
): boolean | string | null {
  const { member, inside, values, wire: written } = rowOf(name);
  const whole = body[member];
  const parts = inside && AnyMembers.safeParse(whole).data;
  const found = inside ? inside.map((one) => parts?.[one]) : [whole];
  const isAll = (wanted: unknown) => found.every((one) => isDeepStrictEqual(one, wanted));
  const [wire] = found;
  if (values === 'language') return isTag(wire) ? wire : null;
  if (values === 'templates' || values === 'labels')
    return [...context[values]].find(([, id]) => id === wire)?.[0] ?? null;
  return values.find((value) => isAll(written?.[String(value)] ?? value)) ?? null;
}

const AnyMembers = z.record(z.string(), z.unknown());

/** Whether a value is a language tag of language, script and region only. */
function isTag(wire: unknown): wire is string {
  return typeof wire === 'string' && /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/i.test(wire);
}

function readDialIn(wire: z.infer<typeof WireMeeting>['audioConferencing']): DialIn | null {
  if (!wire) return null;
  const numbers = (all: string[] | null | undefined, one: string | null | undefined) => {
    const known = [one ?? '', ...(all ?? [])].filter(
      (number) => number !== '' && number.length <= MOST_DIGITS,
    );
    return [...new Set(known)].slice(0, MOST_NUMBERS);
  };
  const dialIn = {
    conferenceId: wire.conferenceId || wire.ConferenceId || null,
    toll: numbers(wire.tollNumbers, wire.tollNumber),
    tollFree: numbers(wire.tollFreeNumbers, wire.tollFreeNumber),
    url: wire.dialinUrl?.startsWith('https://') ? wire.dialinUrl : null,
  };
  return dialIn.toll.length + dialIn.tollFree.length > 0 ? dialIn : null;
}

/** The body of POST onlineMeetings: instants in UTC, a passcode unless it was declined, guests with id and upn. */
export function toWire(request: MeetingRequest, context: WireContext): OnlineMeeting {
  const { subject, start, end, guests } = request;
  const options = { passcode: true, ...choosePresenters(request) };
  return {
    startDateTime: toIso(start),
    endDateTime: toIso(end),
    ...(subject === null ? {} : { subject }),
    ...(members(guests).length > 0 && { participants: toParticipants(guests, options) }),
    ...writeOptions(options, context),
  };
}

/** The body of POST onlineMeetings/createOrGet, which takes neither roles nor options; a PATCH sets options afterwards. */
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

type Member = Extract<Guest, { kind: 'member' }>;

const members = (guests: readonly Guest[]): Member[] => guests.filter((guest) => guest.kind === 'member');

/** The options, with the organizer as the only presenter where none of the invited guests can have a role. */
function choosePresenters({ guests, options }: Pick<MeetingRequest, 'guests' | 'options'>): Choices {
  const isByRole = options.presenters === 'invited' || options.presenters === 'named';
  const isAnybody = members(guests).some(
    (guest) => !guest.isForeign && (options.presenters === 'invited' || guest.role),
  );
  return isByRole && !isAnybody ? { ...options, presenters: 'organizer' } : options;
}

/** Where one attendee has a role, all are sent with one: otherwise Graph ignores the list of presenters. */
function toParticipants(guests: readonly Guest[], { presenters }: Choices) {
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
 * What changes in a meeting. Graph takes both times or none, and all attendees or none: `guests` replace all others. Who may
 * present depends on the guests, so `guests` need `presenters` in `options`.
 */
export type MeetingChange = {
  subject?: string | null;
  times?: Pick<MeetingRequest, 'start' | 'end'>;
  options?: MeetingRequest['options'];
  guests?: readonly Guest[];
};

/** The body of PATCH onlineMeetings/{id}: the changes that Graph accepts in an existing meeting. */
export function toWireChange(change: MeetingChange, context: WireContext): OnlineMeeting {
  const { subject, times, guests } = change;
  const options = choosePresenters({ guests: guests ?? [], options: change.options ?? {} });
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(times && { startDateTime: toIso(times.start), endDateTime: toIso(times.end) }),
    ...(guests && { participants: toParticipants(guests, options) }),
    ...writeOptions(options, context, isUpdatable),
  };
}

/** The members of a body for these options, without those that this cloud does not have; `only`: whether an option is written. */
function writeOptions(
  options: Choices,
  context: WireContext,
  only: (name: OptionName) => boolean = () => true,
): Partial<OnlineMeeting> {
  const asked = OPTION_NAMES.filter((name) => !context.lacks.has(name) && only(name));
  const members = asked.map((name) => {
    const { member, inside } = rowOf(name);
    const wire = toWireValue(name, options[name], context);
    if (wire === undefined || inside === undefined) return [member, wire];
    return [member, Object.fromEntries(inside.map((one) => [one, wire]))];
  });
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

/** Undefined where the option was not asked for, or Graph has no value for it. */
function toWireValue(name: OptionName, value: Choices[OptionName], context: WireContext): unknown {
  const { values, wire, isOneWay } = rowOf(name);
  if (value === undefined || (isOneWay && value === false)) return undefined;
  if (values === 'language') return withRegion(String(value));
  if (values === 'templates' || values === 'labels') return context[values].get(String(value).toLowerCase());
  return wire?.[String(value)] ?? value;
}

/** Teams needs a region with a spoken language: "fr" becomes "fr-FR". */
function withRegion(tag: string): string {
  const { language, region } = new Intl.Locale(tag).maximize();
  return region === undefined ? language : `${language}-${region}`;
}

function toIso(instant: DateTime): string {
  const iso = instant.toUTC().toISO({ suppressMilliseconds: true });
  if (iso === null) throw new Error('an invalid time reached Graph’s door');
  return iso;
}
