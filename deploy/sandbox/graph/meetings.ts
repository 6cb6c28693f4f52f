import { randomInt, randomUUID } from 'node:crypto';
import type { CloudName } from '../clouds.ts';
import type { Person } from '../people.ts';
import type { Body } from './check.ts';
import { badRequest, GraphRefusal } from './errors.ts';
import { DAY, fromMs, HOUR, readInstant, type Ticks, writeInstant } from './instants.ts';
import { UNCERTAIN } from './members.ts';
import { checkTemplate, lockedOptions, optionsIn, readOptions } from './options.ts';
import type { Attendee, StoredMeeting, World } from './world.ts';

const JOIN_HOSTS: Record<CloudName, string> = {
  global: 'teams.microsoft.com',
  gcch: 'gov.teams.microsoft.us',
  dod: 'dod.teams.microsoft.us',
};

/** Makes a meeting out of a checked body and keeps it. Throws what Graph would answer. */
export function createMeeting(world: World, organizer: Person, body: Body): StoredMeeting {
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
    spelling: world.meetings.length % 2 === 0 ? 'metadata' : 'samples',
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
  checkAnonymous(meeting, body);
  const now = fromMs(world.now());
  const [start, end] = 'startDateTime' in body ? readTimes(body, now) : timesOf(meeting);
  const attendees = 'participants' in body ? readAttendees(world, organizer, body) : meeting.attendees;
  checkPresenterRoles(body);
  meeting.startDateTime = writeInstant(start);
  meeting.endDateTime = writeInstant(end);
  meeting.expiryDateTime = writeInstant(expiryOf(end, now));
  meeting.attendees = attendees;
  if ('subject' in body) meeting.subject = body.subject as string | null;
  meeting.options = { ...meeting.options, ...optionsIn(organizer, changeable(world, body), meeting.options) };
}

/** Roles whose names are hidden stay so. */
function checkAnonymous({ options }: StoredMeeting, body: Body): void {
  const wanted = body.anonymizeIdentityForRoles;
  const hidden = options.anonymizeIdentityForRoles as readonly string[];
  if (Array.isArray(wanted) && !hidden.every((role) => wanted.includes(role)))
    throw badRequest('Roles cannot be removed from anonymizeIdentityForRoles.');
}

function changeable({ uncertain }: World, body: Body): Body {
  if (uncertain === 'changed') return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !UNCERTAIN.includes(name)));
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

function digits(count: number): string {
  return Array.from({ length: count }, (_, index) => randomInt(index === 0 ? 1 : 0, 10)).join('');
}

function newPasscode(): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
  return Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('');
}

type WireAttendee = {
  identity?: { user?: { id?: string | null } | null } | null;
  upn?: string;
  role?: string | null;
};

/** The people of a checked body, as they are stored. Throws what Graph would answer. */
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

/** Presenters by role need everybody's role. Throws a 400. */
function checkPresenterRoles(body: Body): void {
  if (body.allowedPresenters !== 'roleIsPresenter') return;
  const attendees = wireAttendees(body);
  if (attendees.length === 0 || attendees.some(({ role }) => !role)) {
    throw badRequest("'roleIsPresenter' needs the full list of attendees with their roles.");
  }
}
