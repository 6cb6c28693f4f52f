import type { OnlineMeeting } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { Access } from '../language/command.ts';
import type { Choices, Granted, OptionName } from '../meeting/meeting.ts';

/** Names of the configured templates, lower case, and their ids. */
export type Templates = ReadonlyMap<string, string>;

// The published types lag behind the metadata.
type Member = keyof OnlineMeeting | 'meetingSpokenLanguageTag';

type Row<Value> = {
  /** The member of Graph's onlineMeeting that holds it. */
  member: Member;
  /** Whether PATCH may change it, after Graph's update page; what may not needs a new meeting. */
  isUpdatable: boolean;
  /** Undefined: there is nothing that could be sent for this value. */
  write(value: Value, templates: Templates): unknown;
  /** Null for a value that we have no word for. */
  read(wire: unknown, templates: Templates): Value | null;
};

const LOBBY = ['everyone', 'organization', 'invited', 'organizer'] as const satisfies Access[];
const PRESENTERS = {
  everyone: 'everyone',
  organization: 'organization',
  invited: 'roleIsPresenter',
  named: 'roleIsPresenter',
  organizer: 'organizer',
} as const satisfies Record<NonNullable<Choices['presenters']>, string>;
const CHAT = ['enabled', 'limited', 'disabled'] as const;

const same = <Value>(value: Value): Value => value;
const oneOf =
  <Value extends string>(values: readonly Value[]) =>
  (wire: unknown): Value | null =>
    values.find((value) => value === wire) ?? null;
const yesOrNo = (wire: unknown): boolean | null => (typeof wire === 'boolean' ? wire : null);
const members = z.record(z.string(), z.unknown());
const inside = (member: string, wire: unknown): unknown => members.safeParse(wire).data?.[member];

function flag(member: Member): Row<boolean> {
  return { member, isUpdatable: true, write: same, read: yesOrNo };
}

/** Every option: what Graph calls it, and how it is written and read there. Another option is another row. */
export const OPTIONS: { readonly [Name in OptionName]-?: Row<NonNullable<Choices[Name]>> } = {
  passcode: {
    member: 'joinMeetingIdSettings',
    isUpdatable: false,
    write: (isPasscodeRequired) => ({ isPasscodeRequired }),
    read: (wire) => yesOrNo(inside('isPasscodeRequired', wire)),
  },
  encrypted: flag('isEndToEndEncryptionEnabled'),
  record: flag('recordAutomatically'),
  transcribe: flag('allowTranscription'),
  language: {
    member: 'meetingSpokenLanguageTag',
    isUpdatable: true,
    write: withRegion,
    read: (wire) => (isTag(wire) ? wire : null),
  },
  lobby: {
    member: 'lobbyBypassSettings',
    isUpdatable: true,
    write: (scope) => ({ scope }),
    read: (wire) => oneOf(LOBBY)(inside('scope', wire)),
  },
  presenters: {
    member: 'allowedPresenters',
    isUpdatable: true,
    write: (presenters) => PRESENTERS[presenters],
    read: (wire) =>
      wire === 'roleIsPresenter' ? 'invited' : oneOf(['everyone', 'organization', 'organizer'])(wire),
  },
  chat: { member: 'allowMeetingChat', isUpdatable: true, write: same, read: oneOf(CHAT) },
  mic: flag('allowAttendeeToEnableMic'),
  camera: flag('allowAttendeeToEnableCamera'),
  announce: flag('isEntryExitAnnounced'),
  template: {
    member: 'meetingTemplateId',
    isUpdatable: false,
    write: (name, templates) => templates.get(name.toLowerCase()),
    read: (wire, templates) => [...templates].find(([, id]) => id === wire)?.[0] ?? null,
  },
};

const NAMES = Object.keys(OPTIONS) as OptionName[];

/** The members of a body that say what is asked for. Names in `only`, where it is given, and no others. */
export function writeOptions(
  options: Choices,
  templates: Templates,
  only: (name: OptionName) => boolean = () => true,
): Partial<OnlineMeeting> {
  const members = NAMES.filter((name) => options[name] !== undefined && only(name)).map((name) => {
    const { member, write } = OPTIONS[name] as Row<unknown>;
    return [member, write(options[name], templates)];
  });
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

/** What Graph's answer says of every option. Never throws: what is no value of ours is null. */
export function readOptions(wire: Readonly<Record<string, unknown>>, templates: Templates): Granted {
  const told = NAMES.filter((name) => wire[OPTIONS[name].member] !== undefined);
  return Object.fromEntries(
    told.map((name) => [name, OPTIONS[name].read(wire[OPTIONS[name].member], templates)]),
  );
}

/** The options that live in these members of Graph's. */
export function optionsIn(members: readonly string[]): ReadonlySet<OptionName> {
  return new Set(NAMES.filter((name) => members.includes(OPTIONS[name].member)));
}

/** Graph changes it under the same link; else it takes a new meeting. */
export const isUpdatable = (name: OptionName): boolean => OPTIONS[name].isUpdatable;

/** Teams knows spoken languages by region: "fr" is told as "fr-FR". */
function withRegion(tag: string): string {
  const { language, region } = new Intl.Locale(tag).maximize();
  return region === undefined ? language : `${language}-${region}`;
}

/** Language, script and region: what every machine has a name for. */
function isTag(wire: unknown): wire is string {
  return typeof wire === 'string' && /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/i.test(wire);
}
