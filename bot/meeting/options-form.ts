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
