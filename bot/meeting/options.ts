import type { Options } from '../language/command.ts';

/** One option of a meeting: everything that differs from option to option, but its words. */
type OptionRow = {
  /** The member of Graph's onlineMeeting that holds it. */
  member: string;
  /** The members of that member that hold the value, if it is an object. */
  inside?: readonly string[];
  /** Our values. `language`: a BCP 47 tag. `templates`, `labels`: a name that the administrator has configured. */
  values: readonly (boolean | string)[] | 'language' | 'templates' | 'labels';
  /** The values that Graph writes otherwise. */
  wire?: { readonly [value: string]: unknown };
  /**
   * Where PATCH does not simply change it. `tried`: Graph's page says so, and only its answer tells whether it has. `no`: a new
   * meeting does.
   */
  change?: 'tried' | 'no';
  /** It can be switched on in a meeting, and then not off again. */
  isOneWay?: true;
  /** It is a field of the form behind *Change*. */
  isInForm?: true;
  /** An encrypted meeting cannot have it. */
  needsClear?: true;
};

const FLAG = [true, false] as const;
const SWITCH = { true: 'enabled', false: 'disabled' };

/**
 * Every option, in the order of the form. A further one is a row here, its words in the catalogues (`option.…` and, for a
 * list in the form, `edit.…`) and what people write to ask for it.
 */
const OPTIONS = {
  passcode: { member: 'joinMeetingIdSettings', inside: ['isPasscodeRequired'], values: FLAG, change: 'no' },
  encrypted: { member: 'isEndToEndEncryptionEnabled', values: FLAG, change: 'tried' },
  lobby: {
    member: 'lobbyBypassSettings',
    inside: ['scope'],
    values: ['everyone', 'organization', 'invited', 'organizer'],
    isInForm: true,
  },
  admitters: {
    member: 'allowedLobbyAdmitters',
    values: ['presenters', 'organizers'],
    wire: {
      presenters: 'organizerAndCoOrganizersAndPresenters',
      organizers: 'organizerAndCoOrganizers',
    },
    isInForm: true,
  },
  presenters: {
    member: 'allowedPresenters',
    values: ['everyone', 'organization', 'invited', 'named', 'organizer'],
    wire: { invited: 'roleIsPresenter', named: 'roleIsPresenter' },
    isInForm: true,
  },
  chat: { member: 'allowMeetingChat', values: ['enabled', 'limited', 'disabled'], isInForm: true },
  record: { member: 'recordAutomatically', values: FLAG, isInForm: true, needsClear: true },
  transcribe: { member: 'allowTranscription', values: FLAG, isInForm: true, needsClear: true },
  mic: { member: 'allowAttendeeToEnableMic', values: FLAG, isInForm: true },
  camera: { member: 'allowAttendeeToEnableCamera', values: FLAG, isInForm: true },
  reactions: { member: 'allowTeamworkReactions', values: FLAG, isInForm: true },
  whiteboard: { member: 'allowWhiteboard', values: FLAG, isInForm: true },
  breakout: { member: 'allowBreakoutRooms', values: FLAG, isInForm: true },
  powerpoint: { member: 'allowPowerPointSharing', values: FLAG, isInForm: true },
  liveShare: { member: 'allowLiveShare', values: FLAG, wire: SWITCH, isInForm: true },
  copying: { member: 'allowCopyingAndSharingMeetingContent', values: FLAG, isInForm: true },
  watermark: {
    member: 'watermarkProtection',
    inside: ['isEnabledForContentSharing', 'isEnabledForVideo'],
    values: FLAG,
    isInForm: true,
  },
  anonymous: {
    member: 'anonymizeIdentityForRoles',
    values: FLAG,
    wire: { true: ['attendee'], false: [] },
    isOneWay: true,
  },
  announce: { member: 'isEntryExitAnnounced', values: FLAG },
  language: { member: 'meetingSpokenLanguageTag', values: 'language', change: 'tried' },
  template: { member: 'meetingTemplateId', values: 'templates', change: 'no' },
  label: {
    member: 'sensitivityLabelAssignment',
    inside: ['sensitivityLabelId'],
    values: 'labels',
    change: 'tried',
  },
} as const satisfies Record<string, OptionRow>;

type Table = typeof OPTIONS;

/** Our name of an option, the same in commands, forms and words. */
export type OptionName = keyof Table;

type ValueOf<Values> = Values extends readonly (infer Value)[] ? Value : string;

/** What Graph holds of the options, each as a member of its own; people's roles stand with the guests. */
export type Choices = { [Name in OptionName]?: ValueOf<Table[Name]['values']> };

/** The options as they are asked for, with who is to have a role and the language of the invitation. */
export type Wishes = Choices & Omit<Options, OptionName>;

/** Options as Graph holds them: null is a value that we have no word for, absent is what it did not tell. */
export type Granted = { readonly [Name in OptionName]?: Choices[Name] | null };

type NamesWith<Trait> = {
  [Name in OptionName]: Table[Name] extends Trait ? Name : never;
}[OptionName];

/** The options in the form behind *Change*. */
export type FormOption = NamesWith<{ isInForm: true }>;

/** The options in the form that have other values than on and off. */
export type ListedOption = NamesWith<{ isInForm: true; values: readonly string[] }>;

/** The options that only a new meeting can have otherwise. */
export type FixedOption = NamesWith<{ change: 'no' }>;

export const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[];

/** The row of an option, with every trait that a row may have. */
export const rowOf = (name: OptionName): OptionRow => OPTIONS[name];

/** Whether Graph can change the option of an existing meeting. Otherwise a new meeting is needed. */
export const isUpdatable = (name: OptionName): boolean => rowOf(name).change !== 'no';

export const isFixed = (name: OptionName): name is FixedOption => !isUpdatable(name);

const isInForm = (name: OptionName): name is FormOption => rowOf(name).isInForm === true;

/** The options that live in these members of Graph's. */
export function optionsIn(members: readonly string[]): ReadonlySet<OptionName> {
  return new Set(OPTION_NAMES.filter((name) => members.includes(OPTIONS[name].member)));
}

/**
 * What this deployment offers: the configured templates and sensitivity labels, in lower case, and the options that this cloud
 * lacks.
 */
export type Offer = {
  lacks: ReadonlySet<OptionName>;
  templates: readonly string[];
  labels: readonly string[];
};

/** The values that the form shows or sends. Null: a value for which the form has no word. Absent: it cannot be changed here. */
export type FormChoices = { readonly [Name in FormOption]?: Choices[Name] | null };

/** The options of the form, in its order. */
export const FORM_OPTIONS = OPTION_NAMES.filter(isInForm);

/** The form's options as they are now. Graph does not distinguish named presenters from invited ones, so `asked` does. */
export function formOf(granted: Granted, asked: Choices, lacks: ReadonlySet<OptionName>): FormChoices {
  const isOffered = (name: OptionName) =>
    granted[name] !== undefined && !lacks.has(name) && !(granted.encrypted && rowOf(name).needsClear);
  const presenters =
    granted.presenters === 'invited' && asked.presenters === 'named' ? 'named' : granted.presenters;
  const all = { ...granted, presenters };
  return Object.fromEntries(FORM_OPTIONS.filter(isOffered).map((name) => [name, all[name] ?? null]));
}

/** The options that this deployment offers, but only for a new meeting. */
export function fixedIn({ lacks, templates }: Offer): FixedOption[] {
  const isOffered = (name: FixedOption) => name !== 'template' || templates.length > 0;
  return OPTION_NAMES.filter(isFixed).filter((name) => !lacks.has(name) && isOffered(name));
}

/** Reads the options that the form sends. Unknown values are left out. */
export function readChoices(data: Readonly<Record<string, unknown>>): FormChoices {
  const choices = FORM_OPTIONS.flatMap((name) => {
    const value = valuesOf(name).find((one) => String(one) === data[name]);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(choices);
}

/** The values that the form offers for an option. */
export function valuesOf(name: FormOption): readonly (boolean | string)[] {
  const { values } = rowOf(name);
  return typeof values === 'string' ? [] : values;
}

/** The options that are to change. */
export function diffChoices(wanted: FormChoices, before: FormChoices): Choices {
  const names = Object.keys(wanted) as FormOption[];
  return Object.fromEntries(
    names.filter((name) => wanted[name] !== before[name]).map((name) => [name, wanted[name]]),
  );
}
