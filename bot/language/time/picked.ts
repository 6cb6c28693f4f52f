import type { Assumption, DayPart, Need, Span } from '../command.ts';
import { NEEDS } from '../command.ts';
import type { Clock } from './clock.ts';
import type { DateSaid } from './date-said.ts';
import type { ZoneSaid } from './zones.ts';

/** A time of day, or a range, that was chosen among what was said; with the days that it names itself. */
export type ClockSaid = { from: Clock; to: Clock | null; fromDate: DateSaid | null; toDate: DateSaid | null };

/** What was said about when, one of each. */
export type Picked = {
  clock: ClockSaid | null;
  date: DateSaid | null;
  minutes: number | null;
  zone: ZoneSaid | null;
  part: DayPart | null;
};

/** When something is meant to be, with all that is not certain about it. */
export type When = {
  span: Span | null;
  day: string | null;
  clock: string | null;
  needs: readonly Need[];
  choices: readonly Span[];
  assumed: readonly Assumption[];
};

/** The words of what was said, for the assumptions that quote them. */
export type Said = { date(): string; clock(): string; zone(): string };

/** Nothing known, nothing asked. */
export const NOTHING: When = { span: null, day: null, clock: null, needs: [], choices: [], assumed: [] };

/** In the order in which a person is told. */
export function sorted(needs: readonly Need[]): Need[] {
  return NEEDS.filter((need) => needs.includes(need));
}
