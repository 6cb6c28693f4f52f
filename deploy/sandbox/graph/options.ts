import type { Person } from '../people.ts';
import type { Body } from './check.ts';
import { badRequest, GraphRefusal } from './errors.ts';
import type { StoredMeeting, World } from './world.ts';

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
  anonymizeIdentityForRoles: [],
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

/** Throws unless the template exists and the organiser's licence has templates. */
export function checkTemplate(world: World, organizer: Person, body: Body): void {
  const id = body.meetingTemplateId;
  if (typeof id !== 'string') return;
  if (!organizer.licence.premium) throw new GraphRefusal(403, 'Forbidden', '');
  if (!Object.hasOwn(world.templates, id)) throw badRequest(`There is no meeting template '${id}'.`);
}

/** Options that the meeting's template keeps. */
export function lockedOptions(world: World, meeting: StoredMeeting): string[] {
  const id = meeting.options.meetingTemplateId;
  return typeof id === 'string' ? Object.keys(world.templates[id]?.locks ?? {}) : [];
}

/** All options of a new meeting. */
export function readOptions(world: World, organizer: Person, body: Body): Body {
  const template =
    typeof body.meetingTemplateId === 'string' ? world.templates[body.meetingTemplateId] : undefined;
  return { ...DEFAULTS, ...optionsIn(organizer, body), ...template?.locks };
}

/** What of a body ends up in the options: what the organiser's licence and policies grant, with encryption's consequences. */
export function optionsIn({ licence, policy }: Person, body: Body, before: Body = DEFAULTS): Body {
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
  const wants = options.isEndToEndEncryptionEnabled === true;
  if (wants && !(licence.premium && policy.encryption)) options.isEndToEndEncryptionEnabled = false;
  if (!policy.presenters && 'allowedPresenters' in options) options.allowedPresenters = 'everyone';
  const isEncrypted = options.isEndToEndEncryptionEnabled ?? before.isEndToEndEncryptionEnabled;
  return {
    ...options,
    ...((isEncrypted || !policy.recording) && { allowRecording: false, recordAutomatically: false }),
    ...((isEncrypted || !policy.transcription) && { allowTranscription: false }),
  };
}
