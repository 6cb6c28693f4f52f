import { dayEntries } from './cldr.ts';
import type { Pack } from './pack.ts';
import type { Tokens } from './text/tokens.ts';

/** Languages whose days are told from names and typing errors, whether or not there is a pack for them. */
const TONGUES =
  'en de fr es it pt nl pl sv da nb fi cs sk hu ro bg el tr ru uk hr sr sl et lv lt ca eu gl id ms vi hi ar he'.split(
    ' ',
  );
const SHORTEST = 4;

/** Days by what they are called, and the first words of those that are called by two: "i morgen". */
type Days = { names: ReadonlySet<string>; openings: ReadonlySet<string> };

let days: Days | null = null;

/** Weekdays and words like "tomorrow" of all these languages; made when they are first needed. */
function foreignDays(): Days {
  days ??= readDays();
  return days;
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
