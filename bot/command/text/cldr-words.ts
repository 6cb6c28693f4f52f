/** The languages most written in offices besides English, as far as Intl knows them. */
const LANGUAGES =
  'de fr es it pt nl sv da nb fi pl cs sk hu ro bg el hr sr sl lt lv et ca uk ru tr id ms vi sw af is sq az'.split(
    ' ',
  );

/** A Monday. */
const DAY = Date.UTC(2024, 0, 1, 15);
const DAY_MS = 86_400_000;

const wordsIn = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];

function daysOf(language: string): string[] {
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  return [
    ...[0, 1, 2, 3, 4, 5, 6].map((day) => weekday.format(DAY + day * DAY_MS)),
    ...Array.from({ length: 12 }, (_, at) => month.format(Date.UTC(2024, at, 1))),
    ...[-1, 0, 1, 2].map((days) => relative.format(days, 'day')),
  ];
}

function joiningWordsOf(language: string): string[] {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const full = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' });
  const lists = (['conjunction', 'disjunction'] as const).map((type) =>
    new Intl.ListFormat(language, { type }).format(['1', '2']),
  );
  const distances = (['minute', 'hour', 'week'] as const).flatMap((unit) =>
    [-2, 1, 2].map((count) => relative.format(count, unit)),
  );
  const hour = new Intl.DateTimeFormat(language, { hour: 'numeric', timeZone: 'UTC' });
  return [...lists, ...distances, full.format(DAY), hour.format(DAY)];
}

const collect = (texts: (language: string) => readonly string[], least: number): ReadonlySet<string> =>
  new Set(
    LANGUAGES.flatMap((language) => texts(language).flatMap(wordsIn)).filter((word) => word.length >= least),
  );

let days: ReadonlySet<string> | null = null;
let joining: ReadonlySet<string> | null = null;

/** Weekdays, months, today and tomorrow in other languages, as Intl writes them; lower case. */
export function foreignDays(): ReadonlySet<string> {
  days ??= collect(daysOf, 4);
  return days;
}

/** "and", "in two hours", "at" before a time in other languages, as Intl writes them; lower case. */
export function foreignJoints(): ReadonlySet<string> {
  joining ??= collect(joiningWordsOf, 2);
  return joining;
}
