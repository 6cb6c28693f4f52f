import type { Offer } from './granted-options.ts';
import {
  type Choices,
  type FixedOption,
  type FormOption,
  type Granted,
  isFixed,
  isInForm,
  OPTION_NAMES,
  type OptionName,
  rowOf,
} from './options.ts';

/** What the form shows or brought back; null is a value that it has no word for, absent what cannot be changed here. */
export type FormChoices = { readonly [Name in FormOption]?: Choices[Name] | null };

/** The options of the form, in its order. */
export const FORM_OPTIONS = OPTION_NAMES.filter(isInForm);

/** The form's options as they are. Named presenters are told from invited ones by what was `asked`. */
export function formOf(granted: Granted, asked: Choices, lacks: ReadonlySet<OptionName>): FormChoices {
  const isOffered = (name: OptionName) =>
    granted[name] !== undefined && !lacks.has(name) && !(granted.encrypted && rowOf(name).needsClear);
  const presenters =
    granted.presenters === 'invited' && asked.presenters === 'named' ? 'named' : granted.presenters;
  const all = { ...granted, presenters };
  return Object.fromEntries(FORM_OPTIONS.filter(isOffered).map((name) => [name, all[name] ?? null]));
}

/** The options that can be had here, but only by a new meeting. */
export function fixedIn({ lacks, templates }: Offer): FixedOption[] {
  const isOffered = (name: FixedOption) => name !== 'template' || templates.length > 0;
  return OPTION_NAMES.filter(isFixed).filter((name) => !lacks.has(name) && isOffered(name));
}

/** What somebody's client sent as the form's options; whatever is no value of theirs is left out. */
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

/** Only what is to be different. */
export function diffChoices(wanted: FormChoices, before: FormChoices): Choices {
  const names = Object.keys(wanted) as FormOption[];
  return Object.fromEntries(
    names.filter((name) => wanted[name] !== before[name]).map((name) => [name, wanted[name]]),
  );
}
