import type { Part } from './parts.ts';

/** A time of day as said. `half` is null where nobody said am or pm. */
export type Clock = {
  hour: number;
  minute: number;
  half: 'am' | 'pm' | null;
  /** 24-hour reading: nothing to guess about the half of the day. */
  is24: boolean;
  /** A bare number: a clock only where its neighbours say so. */
  weak: boolean;
  /** Looks like a year as much as like a time. */
  yearLike: boolean;
  /** Said by name ("end of day"), so that the minute is a custom rather than a fact. */
  custom: boolean;
  part: Part | null;
};

/** A time of day that says nothing beyond its numbers. */
export const PLAIN: Clock = {
  hour: 0,
  minute: 0,
  half: null,
  is24: false,
  weak: false,
  yearLike: false,
  custom: false,
  part: null,
};
