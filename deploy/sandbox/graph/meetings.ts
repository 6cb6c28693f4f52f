import { randomInt, randomUUID } from 'node:crypto';
import type { Person } from '../people.ts';
import type { Body } from './check.ts';
import { badRequest, GraphRefusal } from './errors.ts';
import { DAY, fromMs, HOUR, readInstant, type Ticks, writeInstant } from './instants.ts';
import type { CloudName } from './members.ts';

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

export type World = {
  cloud: CloudName;
  people: readonly Person[];
  templates: Readonly<Record<string, Template>>;
  meetings: StoredMeeting[];
  spelling: 'metadata' | 'samples' | 'alternate';
  hiddenReads: number;
  monthlyLimit: number;
  now(): number;
};

const JOIN_HOSTS: Record<CloudName, string> = {
  global: 'teams.microsoft.com',
  gcch: 'gov.teams.microsoft.us',
  dod: 'dod.teams.microsoft.us',
  china: 'teams.microsoft.com',
};

const DEFAULTS: Body = {
  allowAttendeeToEnableCamera: true,
  allowAttendeeToEnableMic: true,
  allowBreakoutRooms: true,
  allowCopyingAndSharingMeetingContent: true,
  allowedLobbyAdmitters: 'organizerAndCoOrganizersAndPresenters',
  allowedPresenters: 'everyone',
  allowLiveShare: 'enabled',
  allowMeetingChat: 'enabled',
  allowParticipantsToChangeName: false,
  allowPowerPointSharing: true,
  allowRecording: true,
  allowTeamworkReactions: true,
  allowTranscription: true,
  allowWhiteboard: true,
  chatRestrictions: null,
  isEndToEndEncryptionEnabled: false,
  isEntryExitAnnounced: true,
  lobbyBypassSettings: { scope: 'organization', isDialInBypassEnabled: false },
  meetingSpokenLanguageTag: null,
  meetingTemplateId: null,
  recordAutomatically: false,
  sensitivityLabelAssignment: null,
  shareMeetingChatHistoryDefault: 'none',
  watermarkProtection: null,
};
const PREMIUM = ['allowCopyingAndSharingMeetingContent', 'sensitivityLabelAssignment', 'watermarkProtection'];
const OWN_FIELDS = [
  'subject',
  'startDateTime',
  'endDateTime',
  'participants',
  'joinMeetingIdSettings',
  'externalId',
  'chatInfo',
];

/** Makes a meeting out of a checked body and keeps it. Throws what Graph would answer. */
export function createMeeting(world: World, organizer: Person, body: Body): StoredMeeting {
  checkQuota(world, organizer);
  checkTemplate(world, organizer, body);
  const attendees = readAttendees(world, organizer, body);
  const created = fromMs(world.now(), randomInt(10_000));
  const [start, end] = readTimes(body, created);
  const threadId = threadOf(body);
  const meeting: StoredMeeting = {
    id: Buffer.from(`1*${organizer.oid}*0**${threadId}`).toString('base64'),
    organizer: organizer.oid,
    tenantId: organizer.tenantId,
    subject: (body.subject as string | null | undefined) ?? null,
    startDateTime: writeInstant(start),
    endDateTime: writeInstant(end),
    creationDateTime: writeInstant(created),
    expiryDateTime: writeInstant(expiryOf(end, created)),
    externalId: (body.externalId as string | null | undefined) ?? null,
    threadId,
    joinWebUrl: joinUrl(world.cloud, organizer, threadId),
    joinMeetingId: digits(12),
    conferenceId: digits(9),
    passcode: isPasscodeRequired(body) ? newPasscode() : null,
    // A meeting in a channel's thread has no list of its own.
    attendees: body.chatInfo ? [] : attendees,
    options: readOptions(world, organizer, body),
    spelling: spellingOf(world),
    isDeleted: false,
    hiddenReads: world.hiddenReads,
  };
  world.meetings.push(meeting);
  return meeting;
}

/** Applies a checked PATCH. Throws what Graph would answer. */
export function updateMeeting(world: World, organizer: Person, meeting: StoredMeeting, body: Body): void {
  if ('startDateTime' in body !== 'endDateTime' in body) {
    throw badRequest('startDateTime and endDateTime must be given together.');
  }
  const locked = lockedOptions(world, meeting).find((name) => name in body);
  if (locked) throw badRequest(`Property '${locked}' is locked by the meeting's template.`);
  const now = fromMs(world.now());
  const [start, end] = 'startDateTime' in body ? readTimes(body, now) : timesOf(meeting);
  const attendees = 'participants' in body ? readAttendees(world, organizer, body) : meeting.attendees;
  checkPresenterRoles(body);
  meeting.startDateTime = writeInstant(start);
  meeting.endDateTime = writeInstant(end);
  meeting.expiryDateTime = writeInstant(expiryOf(end, now));
  meeting.attendees = attendees;
  if ('subject' in body) meeting.subject = body.subject as string | null;
  meeting.options = { ...meeting.options, ...optionsIn(organizer, body) };
}

/** There, and not expired. */
export function isAlive(world: World, meeting: StoredMeeting): boolean {
  return !meeting.isDeleted && (readInstant(meeting.expiryDateTime) ?? 0n) > fromMs(world.now());
}

/** Sixty days after the end or the last use, whichever comes later. */
function expiryOf(end: Ticks, lastUse: Ticks): Ticks {
  if (end < lastUse) return lastUse + 60n * DAY;
  return end + 60n * DAY;
}

function timesOf(meeting: StoredMeeting): [Ticks, Ticks] {
  return [readInstant(meeting.startDateTime) ?? 0n, readInstant(meeting.endDateTime) ?? 0n];
}

function readTimes(body: Body, now: Ticks): [Ticks, Ticks] {
  const read = (value: unknown) => (typeof value === 'string' ? readInstant(value) : null);
  const start = read(body.startDateTime);
  const end = read(body.endDateTime);
  if (start === null && end !== null)
    throw badRequest('startDateTime is required when endDateTime is given.');
  const from = start ?? now;
  const to = end ?? from + HOUR;
  if (to <= from) throw badRequest('endDateTime must be after startDateTime.');
  return [from, to];
}

function checkQuota(world: World, organizer: Person): void {
  const since = fromMs(world.now()) - 30n * DAY;
  const recent = world.meetings.filter(
    (meeting) => meeting.organizer === organizer.oid && (readInstant(meeting.creationDateTime) ?? 0n) > since,
  );
  if (recent.length < world.monthlyLimit) return;
  throw new GraphRefusal(429, 'activityLimitReached', 'Too many meetings this month.', {
    'Retry-After': '3600',
  });
}

function checkTemplate(world: World, organizer: Person, body: Body): void {
  const id = body.meetingTemplateId;
  if (typeof id !== 'string') return;
  if (!organizer.licence.premium) throw new GraphRefusal(403, 'Forbidden', '');
  if (!Object.hasOwn(world.templates, id)) throw badRequest(`There is no meeting template '${id}'.`);
}

function lockedOptions(world: World, meeting: StoredMeeting): string[] {
  const id = meeting.options.meetingTemplateId;
  return typeof id === 'string' ? Object.keys(world.templates[id]?.locks ?? {}) : [];
}

type WireAttendee = {
  identity?: { user?: { id?: string | null } | null } | null;
  upn?: string;
  role?: string | null;
};

function readAttendees(world: World, organizer: Person, body: Body): Attendee[] {
  checkPresenterRoles(body);
  return wireAttendees(body).map((attendee) => {
    if (!attendee.upn) throw new GraphRefusal(500, 'InternalServerError', 'An error has occurred.');
    const id = attendee.identity?.user?.id ?? null;
    const role = attendee.role ?? null;
    const isKnown = world.people.some(({ oid, tenantId }) => oid === id && tenantId === organizer.tenantId);
    if (role !== null && role !== 'attendee' && !isKnown) {
      throw badRequest(`Role '${role}' is for people of the organisation only.`);
    }
    return { id, upn: attendee.upn, role };
  });
}

function wireAttendees(body: Body): WireAttendee[] {
  return (body.participants as { attendees?: WireAttendee[] | null } | null | undefined)?.attendees ?? [];
}

function checkPresenterRoles(body: Body): void {
  if (body.allowedPresenters !== 'roleIsPresenter') return;
  const attendees = wireAttendees(body);
  if (attendees.length === 0 || attendees.some(({ role }) => !role)) {
    throw badRequest("'roleIsPresenter' needs the full list of attendees with their roles.");
  }
}

function readOptions(world: World, organizer: Person, body: Body): Body {
  const template =
    typeof body.meetingTemplateId === 'string' ? world.templates[body.meetingTemplateId] : undefined;
  return { ...DEFAULTS, ...optionsIn(organizer, body), ...template?.locks };
}

/** What of a body ends up in the options: what the organiser's licence grants, with encryption's consequences. */
function optionsIn({ licence }: Person, body: Body): Body {
  const given = Object.entries(body).filter(
    ([name, value]) =>
      !name.startsWith('@') &&
      !OWN_FIELDS.includes(name) &&
      value !== null &&
      (licence.premium || !PREMIUM.includes(name)),
  );
  const options: Body = Object.fromEntries(given);
  if (options.lobbyBypassSettings) {
    options.lobbyBypassSettings = {
      ...(DEFAULTS.lobbyBypassSettings as Body),
      ...options.lobbyBypassSettings,
    };
  }
  if (!options.isEndToEndEncryptionEnabled) return options;
  if (!licence.premium) return { ...options, isEndToEndEncryptionEnabled: false };
  return { ...options, allowRecording: false, allowTranscription: false, recordAutomatically: false };
}

function isPasscodeRequired(body: Body): boolean {
  return (body.joinMeetingIdSettings as { isPasscodeRequired?: boolean } | null)?.isPasscodeRequired === true;
}

function threadOf(body: Body): string {
  const given = (body.chatInfo as { threadId?: string } | null | undefined)?.threadId;
  return given ?? `19:meeting_${Buffer.from(randomUUID()).toString('base64').replace(/=+$/, '')}@thread.v2`;
}

function joinUrl(cloud: CloudName, { tenantId, oid }: Person, threadId: string): string {
  const encode = (text: string) =>
    encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, (triplet) => triplet.toLowerCase());
  const context = encode(JSON.stringify({ Tid: tenantId, Oid: oid }));
  return `https://${JOIN_HOSTS[cloud]}/l/meetup-join/${encode(threadId)}/0?context=${context}`;
}

function spellingOf(world: World): StoredMeeting['spelling'] {
  if (world.spelling !== 'alternate') return world.spelling;
  return world.meetings.length % 2 === 0 ? 'metadata' : 'samples';
}

function digits(count: number): string {
  return Array.from({ length: count }, (_, index) => randomInt(index === 0 ? 1 : 0, 10)).join('');
}

function newPasscode(): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
  return Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('');
}
