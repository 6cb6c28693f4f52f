import type { CalendarWish } from './command.ts';
import type { Sentence } from './reading.ts';
import type { Place } from './roles/roles.ts';
import { isWithin, saidIn } from './said.ts';

/** Whose calendar is meant, and the words that say it and nothing else. */
type Wished = { calendar: CalendarWish; places: readonly Place[] };

/** Into whose calendar a meeting is to go, "put it on my calendar", "and invite them"; null where nobody says so. */
export function calendarWish({ tokens, pack, parts }: Sentence): Wished | null {
  const named = parts.filter(({ role }) => role === 'which');
  const said = saidIn(tokens, pack, 'calendar').filter(
    (place) => !named.some((part) => isWithin(place, part)),
  );
  if (said.length === 0) return null;
  const isGuests = said.some(({ values }) => values.includes('guests'));
  return { calendar: isGuests ? 'guests' : 'mine', places: said };
}
