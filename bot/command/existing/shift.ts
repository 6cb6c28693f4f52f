import type { Change } from '../command.ts';
import type { Picked } from '../when/pick.ts';

/** "make Q3 45 minutes", "make the retro an hour long": a length behind a meeting that is there. */
export function isMadeLength(low: string, { minutes, clock, date }: Picked): boolean {
  const isMade =
    /^make (?!an? |me |us |some |another )\S.{0,60}(?:min|mins|minutes|hours?|hrs?|h|m)(?: (?:long|instead|please))*[ .!]*$/.test(
      low,
    );
  return isMade && minutes !== null && clock === null && date === null;
}

const DAYS_SAID =
  /\b(?:by|back|forward|forwards|out)? ?(an?|one|two|three|four|five|six|\d{1,2}) (day|week|fortnight)s?\b/;
const DAYS = { day: 1, week: 7, fortnight: 14 };
const COUNTS = ['', 'one', 'two', 'three', 'four', 'five', 'six'];

/** "by 2 days" in minutes; null where no days are counted. */
export function daysIn(low: string): number | null {
  const [, said = '', unit = ''] = DAYS_SAID.exec(low) ?? [];
  if (unit === '' || !/\b(?:by|back|forward|forwards|out|later|earlier)\b/.test(low)) return null;
  const count = /^an?$/.test(said) ? 1 : Number(said) || COUNTS.indexOf(said);
  return count * DAYS[unit as keyof typeof DAYS] * 1440;
}

/** "back by an hour" is +60, "forward half an hour" -30, "extend by 15" a longer meeting; null where no distance is said. */
export function shiftOf(low: string, said: number | null): Partial<Change> | null {
  const minutes = said ?? daysIn(low);
  if (minutes === null) return null;
  if (/^(?:extend|lengthen|prolong|shorten|cut|trim)\b|\b(?:longer|shorter)\b/.test(low)) {
    if (/\bto\b/.test(low) && !/\bby\b/.test(low)) return { minutes };
    return { extendMinutes: /^(?:shorten|cut|trim)\b|\bshorter\b/.test(low) ? -minutes : minutes };
  }
  if (/\b(?:forward|forwards|earlier|ahead|pre-?pone)\b|\bup\b/.test(low)) return { shiftMinutes: -minutes };
  if (/\b(?:back|later|by|out|along|delay|postpone|push|shift|move)\b/.test(low) && !/\bfor\b/.test(low))
    return { shiftMinutes: minutes };
  return null;
}
