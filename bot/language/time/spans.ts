import type { DateTime } from 'luxon';
import type { Assumption, DayPart, DayRange, Need, Span } from '../command.ts';
import type { Clock } from './clocks.ts';
import type { DateSaid } from './date-said.ts';
import type { Ending, Often } from './series.ts';
import type { ZoneSaid } from './zones.ts';

/** What times depend on besides the words. */
export type TimeFrame = { now: DateTime; zone: string | null; locale: string };

/** Tokens from `first` up to but not including `next`. `weak`: a time only where nothing else is meant ("4", "may"). */
type TimePlace = { first: number; next: number; weak: boolean; isCued: boolean };

/** Something that was said about time, with its exact value. */
export type TimeSpan = TimePlace &
  (
    | {
        kind: 'clock';
        from: Clock;
        to: Clock | null;
        fromDate: DateSaid | null;
        toDate: DateSaid | null;
        zone: ZoneSaid | null;
      }
    /** The end alone: "until 5". */
    | { kind: 'until'; to: Clock; toDate: DateSaid | null; zone: ZoneSaid | null }
    | { kind: 'date'; said: DateSaid; often: Often | null }
    | { kind: 'length'; minutes: number }
    /** Elapsed minutes from now. */
    | { kind: 'relative'; minutes: number }
    /** "10 minutes later", "by 20" (not signed: the verb says where to): of a start; "30 min longer": of a length. */
    | { kind: 'shift'; minutes: number; days: number; isSigned: boolean; of: 'start' | 'length' }
    | { kind: 'zone'; zone: ZoneSaid }
    | { kind: 'part'; part: DayPart }
    /** Null where it is not said how often: "recurring". */
    | { kind: 'repeat'; often: Often | null }
    /** The end of a series: "until June", "10 times". */
    | { kind: 'ending'; end: Ending }
    | { kind: 'now' }
    /** "10 minutes before": how early somebody wants to be reminded. */
    | { kind: 'notice'; minutes: number }
    /** Speaks of time and has no value: "after lunch", "soon". `isAmount`: "3 days", which must not be passed over, in `days` where it is known; `isSame`: "same time". */
    | { kind: 'vague'; isAmount: boolean; isSame: boolean; days?: number }
  );

/** The kinds of time that say when something begins. */
export const STARTS: ReadonlySet<TimeSpan['kind']> = new Set(['clock', 'date', 'relative']);

/** All that a text says about when, resolved, with what must be asked. */
export type Times = {
  when: Span | null;
  /** ISO date that is known although the time is not. */
  day: string | null;
  /** HH:mm that is known although the day is not. */
  clock: string | null;
  minutes: number | null;
  /** "an hour later" is +60. */
  shiftMinutes: number | null;
  /** "a week later" is +7, by the same clock. */
  shiftDays: number | null;
  /** "15 minutes longer" is +15. */
  extendMinutes: number | null;
  /** HH:mm of an end that was said without a start. */
  until: string | null;
  isNow: boolean;
  /** The days of which one is meant, where no day is known: "next week". */
  range: DayRange | null;
  /** The part of the day that was said of it. */
  part: DayPart | null;
  /** The words for a day that the calendar does not have, or for days that are not the same one. */
  wrongDays: readonly string[];
  needs: readonly Need[];
  choices: readonly Span[];
  assumed: readonly Assumption[];
  /** Said, and not used for any of these: must lead to a question. */
  unused: readonly TimeSpan[];
};
