import { FIXED, type Offer } from './granted.ts';
import type { Choices, Granted, OptionName } from './meeting.ts';

/** The options of the *Change* form with a list of choices. */
export const LISTED = {
  lobby: ['everyone', 'organization', 'invited', 'organizer'],
  presenters: ['everyone', 'organization', 'invited', 'named', 'organizer'],
  chat: ['enabled', 'limited', 'disabled'],
} as const satisfies { [Name in OptionName]?: readonly Choices[Name][] };

/** Those that are on or off. */
export const SWITCHED = ['record', 'transcribe', 'mic', 'camera'] as const satisfies OptionName[];

type Listed = keyof typeof LISTED;
type Switched = (typeof SWITCHED)[number];
/** What the form shows or brought back; null is a value that it has no word for, absent what cannot be changed here. */
export type FormChoices = { readonly [Name in Listed | Switched]?: Choices[Name] | null };

/** An option that the form shows and cannot change. */
export type Fixed = (typeof FIXED)[number];

const LISTED_NAMES = Object.keys(LISTED) as Listed[];
const NEEDS_CLEAR: readonly OptionName[] = ['record', 'transcribe'];

/** The form's options as they are. Named presenters are told from invited ones by what was `asked`. */
export function formOf(granted: Granted, asked: Choices, lacks: ReadonlySet<OptionName>): FormChoices {
  const isOffered = (name: OptionName) =>
    granted[name] !== undefined && !lacks.has(name) && !(granted.encrypted && NEEDS_CLEAR.includes(name));
  const presenters =
    granted.presenters === 'invited' && asked.presenters === 'named' ? 'named' : granted.presenters;
  const all = { ...granted, presenters };
  return Object.fromEntries(
    [...LISTED_NAMES, ...SWITCHED].filter(isOffered).map((name) => [name, all[name] ?? null]),
  );
}

/** The options that can be had here, but only by a new meeting. */
export function fixedIn({ lacks, templates }: Offer): Fixed[] {
  return FIXED.filter((name) => !lacks.has(name) && (name !== 'template' || templates.length > 0));
}

/** What somebody's client sent as the form's options; whatever is no value of theirs is left out. */
export function readChoices(data: Readonly<Record<string, unknown>>): FormChoices {
  const listed = LISTED_NAMES.flatMap((name) => {
    const value = (LISTED[name] as readonly string[]).find((one) => one === data[name]);
    return value === undefined ? [] : [[name, value]];
  });
  const switched = SWITCHED.flatMap((name) => {
    const value = data[name] === 'true' ? true : data[name] === 'false' ? false : null;
    return value === null ? [] : [[name, value]];
  });
  return Object.fromEntries([...listed, ...switched]);
}

/** Only what is to be different. */
export function differing(wanted: FormChoices, before: FormChoices): Choices {
  const names = Object.keys(wanted) as (keyof FormChoices)[];
  return Object.fromEntries(
    names.filter((name) => wanted[name] !== before[name]).map((name) => [name, wanted[name]]),
  );
}
