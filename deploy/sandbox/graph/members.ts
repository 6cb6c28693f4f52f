import { z } from 'zod';
import { readInstant } from './instants.ts';

/** What Graph takes for one member of an online meeting. */
export type Member = {
  shape: z.ZodType;
  /** May PATCH change it? */
  update: boolean;
  /** Known to the US Government clouds. */
  government: boolean;
};

const text = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/\S/, 'must not be empty')
    .regex(/^\P{Cc}*$/u, 'must not hold control characters');
const instant = z
  .string()
  .refine((value) => readInstant(value) !== null, 'must be an instant with an offset');
const language = z.string().refine(isLanguageTag, 'must be a language tag');
const boolean = z.boolean();
const string = text(4_096);
const choice = (...values: string[]) => z.enum(values);
/** Members may be left out or null, others do not exist. */
const object = (members: Record<string, z.ZodType>) =>
  z.strictObject(Object.fromEntries(Object.entries(members).map(([name, shape]) => [name, shape.nullish()])));

const USER = object({ id: string, displayName: string, tenantId: string, identityProvider: string });
const ATTENDEE = object({
  identity: object({ user: USER }),
  upn: string,
  role: choice('attendee', 'presenter', 'coorganizer'),
});
/** Lists that push the chat over a thousand are refused. */
const PARTICIPANTS = object({ attendees: z.array(ATTENDEE).max(1_000) });

function member(shape: z.ZodType, ...traits: ('fixed' | 'commercial')[]): Member {
  return { shape, update: !traits.includes('fixed'), government: !traits.includes('commercial') };
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag;
  } catch {
    return false;
  }
}

/** Everything that may be written, after the v1.0 metadata and the update page. */
export const MEMBERS: Readonly<Record<string, Member>> = {
  subject: member(text(255)),
  startDateTime: member(instant),
  endDateTime: member(instant),
  participants: member(PARTICIPANTS),
  externalId: member(text(256), 'fixed'),
  chatInfo: member(object({ threadId: string, messageId: string, replyChainMessageId: string }), 'fixed'),
  joinMeetingIdSettings: member(object({ isPasscodeRequired: boolean }), 'fixed'),
  meetingTemplateId: member(string, 'fixed', 'commercial'),
  isEndToEndEncryptionEnabled: member(boolean, 'commercial'),
  meetingSpokenLanguageTag: member(language, 'commercial'),
  sensitivityLabelAssignment: member(object({ sensitivityLabelId: string }), 'commercial'),
  chatRestrictions: member(object({ allowTextOnly: boolean }), 'fixed', 'commercial'),
  allowParticipantsToChangeName: member(boolean, 'fixed'),
  shareMeetingChatHistoryDefault: member(choice('none', 'all'), 'fixed'),
  allowAttendeeToEnableCamera: member(boolean),
  allowAttendeeToEnableMic: member(boolean),
  allowBreakoutRooms: member(boolean, 'commercial'),
  allowCopyingAndSharingMeetingContent: member(boolean, 'commercial'),
  allowedLobbyAdmitters: member(
    choice('organizerAndCoOrganizersAndPresenters', 'organizerAndCoOrganizers'),
    'commercial',
  ),
  allowedPresenters: member(choice('everyone', 'organization', 'roleIsPresenter', 'organizer')),
  allowLiveShare: member(choice('enabled', 'disabled'), 'commercial'),
  allowMeetingChat: member(choice('enabled', 'disabled', 'limited')),
  allowPowerPointSharing: member(boolean, 'commercial'),
  allowRecording: member(boolean, 'commercial'),
  allowTeamworkReactions: member(boolean),
  allowTranscription: member(boolean, 'commercial'),
  allowWhiteboard: member(boolean, 'commercial'),
  anonymizeIdentityForRoles: member(z.array(choice('attendee')).max(1)),
  isEntryExitAnnounced: member(boolean),
  lobbyBypassSettings: member(
    object({
      scope: choice(
        'organizer',
        'organization',
        'organizationAndFederated',
        'everyone',
        'invited',
        'organizationExcludingGuests',
      ),
      isDialInBypassEnabled: boolean,
    }),
  ),
  recordAutomatically: member(boolean),
  watermarkProtection: member(object({ isEnabledForContentSharing: boolean, isEnabledForVideo: boolean })),
};

/** What PATCH takes, by the update page, and what becomes of it a tenant may decide otherwise. */
export const UNCERTAIN: readonly string[] = [
  'isEndToEndEncryptionEnabled',
  'meetingSpokenLanguageTag',
  'sensitivityLabelAssignment',
];

/** The action's parameters; everything else it would silently ignore, so it is refused here. */
export const CREATE_OR_GET: readonly string[] = [
  'externalId',
  'subject',
  'startDateTime',
  'endDateTime',
  'participants',
];

/** Answered, never accepted. */
export const READ_ONLY: readonly string[] = [
  'id',
  'creationDateTime',
  'joinWebUrl',
  'joinInformation',
  'audioConferencing',
  'cloudVideoInteropInfo',
  'expiryDateTime',
  'meetingOptionsWebUrl',
  'meetingType',
  'videoTeleconferenceId',
  'attendeeReport',
];

/** Live events are retired: never accepted, whatever the metadata still lists. */
export const RETIRED: readonly string[] = ['isBroadcast', 'broadcastSettings'];

/** Read-only members that the US Government clouds do not answer with. */
export const COMMERCIAL_ANSWERS: readonly string[] = [
  'cloudVideoInteropInfo',
  'expiryDateTime',
  'meetingOptionsWebUrl',
  ...Object.keys(MEMBERS).filter((name) => MEMBERS[name]?.government === false),
];

/** Values behind `unknownFutureValue`, hidden unless the caller prefers to see them. */
export const LATE_VALUES: readonly string[] = [
  'producer',
  'coorganizer',
  'invited',
  'organizationExcludingGuests',
];
