import { type CloudName, RESOURCES } from '../clouds.ts';
import type { Person } from '../people.ts';
import type { Body } from './check.ts';
import { joinInformation } from './join-information.ts';
import { COMMERCIAL_ANSWERS, LATE_VALUES } from './members.ts';
import type { StoredMeeting, World } from './world.ts';

/** What the request asked of the answer. */
export type Wishes = {
  acceptLanguage: string | undefined;
  /** `Prefer: include-unknown-enum-members` */
  includesLateValues: boolean;
};

/** Reserved for fiction, so nobody's telephone rings. */
const NUMBERS: Record<string, { toll: string; tollFree: string | null }> = {
  GB: { toll: '+44 20 7946 0123', tollFree: '+44 808 157 0123' },
  US: { toll: '+1 206-555-0123', tollFree: '+1 800-555-0123' },
};

/** `@odata.context` of one person's meetings. */
export function contextOf(cloud: CloudName, oid: string): string {
  return `${RESOURCES[cloud].graph}/v1.0/$metadata#users('${oid}')/onlineMeetings`;
}

/** A meeting as Graph writes it. */
export function toAnswer(world: World, meeting: StoredMeeting, wishes: Wishes): Body {
  const organizer = world.people.find(({ oid }) => oid === meeting.organizer);
  if (!organizer) throw new Error('a meeting without organizer');
  const isSample = meeting.spelling === 'samples';
  const phone = phoneOf(meeting, organizer);
  const videoTeleconferenceId = videoIdOf(meeting, organizer);
  const meetingOptionsWebUrl = optionsUrlOf(meeting);
  const { joinWebUrl, joinMeetingId, passcode, options } = meeting;
  const invitation = { joinWebUrl, meetingOptionsWebUrl, joinMeetingId, passcode, phone };
  const content = joinInformation({ ...invitation, videoId: videoTeleconferenceId }, wishes.acceptLanguage);
  const answer: Body = {
    id: meeting.id,
    creationDateTime: meeting.creationDateTime,
    startDateTime: meeting.startDateTime,
    endDateTime: meeting.endDateTime,
    expiryDateTime: meeting.expiryDateTime,
    joinWebUrl,
    subject: meeting.subject,
    meetingType: 'scheduled',
    isBroadcast: false,
    autoAdmittedUsers: 'EveryoneInCompany',
    externalId: meeting.externalId,
    videoTeleconferenceId,
    meetingOptionsWebUrl,
    participants: participantsOf(meeting, organizer),
    ...options,
    joinMeetingIdSettings: { isPasscodeRequired: passcode !== null, joinMeetingId, passcode },
    audioConferencing: phone && audioConferencing(phone, isSample),
    chatInfo: { threadId: meeting.threadId, messageId: '0', replyChainMessageId: null },
    joinInformation: { content, contentType: isSample ? 'Html' : 'html' },
  };
  if (world.cloud !== 'global') for (const name of COMMERCIAL_ANSWERS) delete answer[name];
  return wishes.includesLateValues ? answer : (hideLateValues(answer) as Body);
}

function videoIdOf(meeting: StoredMeeting, { licence }: Person): string | null {
  return licence.videoInterop ? `118${meeting.conferenceId.slice(0, 7)}` : null;
}

function phoneOf(meeting: StoredMeeting, { licence, locale, tenantId }: Person) {
  if (!licence.audioConferencing || meeting.options.isEndToEndEncryptionEnabled) return null;
  const numbers = NUMBERS[locale.slice(-2)] ?? { toll: '+1 206-555-0123', tollFree: null };
  const url = `https://dialin.teams.microsoft.com/${tenantId}?id=${meeting.conferenceId}`;
  return { ...numbers, conferenceId: meeting.conferenceId, url };
}

function audioConferencing(phone: NonNullable<ReturnType<typeof phoneOf>>, isSample: boolean): Body {
  return {
    [isSample ? 'ConferenceId' : 'conferenceId']: phone.conferenceId,
    tollNumber: phone.toll,
    tollFreeNumber: phone.tollFree,
    dialinUrl: phone.url,
    ...(isSample
      ? {}
      : { tollNumbers: [phone.toll], tollFreeNumbers: phone.tollFree === null ? [] : [phone.tollFree] }),
  };
}

function participantsOf(meeting: StoredMeeting, organizer: Person): Body {
  const info = ({ id, upn, role }: { id: string | null; upn: string; role: string | null }) => ({
    upn,
    role,
    identity: { user: { id, displayName: null, tenantId: meeting.tenantId, identityProvider: 'AAD' } },
  });
  return {
    organizer: info({ id: organizer.oid, upn: organizer.upn, role: 'presenter' }),
    attendees: meeting.attendees.map(info),
    producers: [],
    contributors: [],
  };
}

function optionsUrlOf(meeting: StoredMeeting): string {
  const query = new URLSearchParams({
    organizerId: meeting.organizer,
    tenantId: meeting.tenantId,
    threadId: meeting.threadId.replace(':', '_'),
    messageId: '0',
    language: 'en-US',
  });
  return `https://${new URL(meeting.joinWebUrl).host}/meetingOptions/?${query}`;
}

const LATE_MEMBERS = ['role', 'scope'];

function hideLateValues(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => hideLateValues(item));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hideLateValues(inner, key)]));
  }
  const isLate = LATE_MEMBERS.includes(name) && LATE_VALUES.includes(String(value));
  return isLate ? 'unknownFutureValue' : value;
}
