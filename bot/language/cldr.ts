import type { Entry } from './lexicon.ts';
import type { Pack } from './pack.ts';
import type { Tokens } from './text/tokens.ts';

const WIDTHS = ['long', 'short'] as const;
const UNITS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
const COUNTS = [1, 2, 3, 5, 8];

/** Names as people type them: without the full stop of an abbreviation, and with straight apostrophes. */
const typed = (name: string) => name.replace(/\.$/, '').replaceAll('’', "'").trim();

function part(format: Intl.DateTimeFormat, instant: number, type: Intl.DateTimeFormatPartTypes): string {
  return typed(format.formatToParts(instant).find((piece) => piece.type === type)?.value ?? '');
}

function entry(tags: Entry['tags'], names: readonly string[]): Entry {
  return {
    tags,
    phrases: [...new Set(names.map((name) => name.toLowerCase()))].filter((name) => name.length > 1),
  };
}

function weekdays(tag: string): Entry[] {
  const formats = WIDTHS.map((weekday) => new Intl.DateTimeFormat(tag, { weekday, timeZone: 'UTC' }));
  return [1, 2, 3, 4, 5, 6, 7].map((day) =>
    entry(
      { weekday: String(day) },
      formats.map((format) => part(format, MONDAY + (day - 1) * DAY_MS, 'weekday')),
    ),
  );
}

/** Month names by themselves and beside a day: many languages decline them. */
function months(tag: string): Entry[] {
  const formats = WIDTHS.flatMap((month) => [
    new Intl.DateTimeFormat(tag, { month, timeZone: 'UTC' }),
    new Intl.DateTimeFormat(tag, { month, day: 'numeric', timeZone: 'UTC' }),
  ]);
  const isName = (name: string) => !/^\d+$/.test(name);
  return Array.from({ length: 12 }, (_, index) =>
    entry(
      { month: String(index + 1) },
      formats.map((format) => part(format, Date.UTC(2024, index, 5), 'month')).filter(isName),
    ),
  );
}

/** "today", "übermorgen", "avant-hier": where a language has a word for it, no number is in it. */
function days(tag: string): Entry[] {
  const format = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  return [-2, -1, 0, 1, 2]
    .map((shift) => entry({ shift: String(shift) }, [typed(format.format(shift, 'day'))]))
    .filter(({ phrases }) => phrases.some((phrase) => !/\d/.test(phrase)));
}

function units(tag: string): Entry[] {
  return UNITS.map((unit) => {
    const names = WIDTHS.flatMap((unitDisplay) => {
      const format = new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay });
      return COUNTS.map((count) =>
        typed(format.formatToParts(count).find(({ type }) => type === 'unit')?.value ?? ''),
      );
    });
    return entry({ unit }, names);
  });
}

/** What a language calls the days of the week, and those around today. */
const dayEntries = (tag: string): Entry[] => [...weekdays(tag), ...days(tag)];

/** What the platform's CLDR knows of a language's words of time. */
export function cldrEntries(tag: string): Entry[] {
  return [...dayEntries(tag), ...months(tag), ...units(tag)];
}

/** Names of countries in a language: region code to name. */
export function countryNames(tag: string): (region: string) => string | undefined {
  const names = new Intl.DisplayNames(tag, { type: 'region', fallback: 'none' });
  return (region) => names.of(region)?.toLowerCase();
}

/** Languages whose days are told from names and typing errors, whether or not there is a pack for them. */
const TONGUES =
  'en de fr es it pt nl pl sv da nb fi cs sk hu ro bg el tr ru uk hr sr sl et lv lt ca eu gl id ms vi hi ar he'.split(
    ' ',
  );
const SHORTEST = 4;

/** Days by what they are called, and the first words of those that are called by two: "i morgen". */
type Days = { names: ReadonlySet<string>; openings: ReadonlySet<string> };

let foreign: Days | null = null;

/** Weekdays and words like "tomorrow" of all these languages; made when they are first needed. */
function foreignDays(): Days {
  foreign ??= readDays();
  return foreign;
}

function readDays(): Days {
  const names = TONGUES.flatMap((tag) =>
    dayEntries(tag).flatMap(({ phrases }) => phrases.filter((phrase) => phrase.length >= SHORTEST)),
  );
  const openings = names.flatMap((name) => (name.includes(' ') ? [name.slice(0, name.indexOf(' '))] : []));
  return { names: new Set(names), openings: new Set(openings) };
}

/** Whether a token is a day in some language, and nothing in this one: it was not meant for a name. */
export function isForeignDay(tokens: Tokens, at: number, pack: Pack): boolean {
  const { kind, low = '' } = tokens[at] ?? {};
  if (kind !== 'word') return false;
  const isKnown = (index: number) => pack.matchesAt(tokens, index).length > 0;
  // "i morgen": the second word decides, as the first one is a small word nearly everywhere.
  const { names, openings } = foreignDays();
  const isPair = openings.has(low) && names.has(`${low} ${tokens[at + 1]?.low}`) && !isKnown(at + 1);
  return isPair || (names.has(low) && !isKnown(at));
}
