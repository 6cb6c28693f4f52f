import type { OptionSaid } from '../option/option-said.ts';
import type { Part } from '../text/lexicon.ts';
import type { Tokens } from '../text/pattern.ts';
import type { Place } from '../text/tokens.ts';
import type { Clock } from './clock-said.ts';
import type { DateContext, DateSaid } from './date-said.ts';
import type { ZoneSaid } from './zones.ts';

/** A time of day, or a range of them. `isWeak`: it may as well be something else, and gives way to it. */
export type ClockItem = Place & {
  kind: 'clock';
  from: Clock;
  to: Clock | null;
  /** A day named inside a range, for its beginning or its end. */
  fromDate: DateSaid | null;
  toDate: DateSaid | null;
  zone: ZoneSaid | null;
  /** Begins with "at", "from", "@" or the like. */
  isCued: boolean;
  isWeak: boolean;
};

/** A day. `repeats`: it was said as a habit, "mondays". */
export type DateItem = Place & { kind: 'date'; said: DateSaid; isCued: boolean; repeats: boolean };

/** Something that one rule knows in the text, and where it stands. */
export type Item =
  | ClockItem
  | DateItem
  | (Place & { kind: 'length'; minutes: number; isCued: boolean })
  /** Elapsed minutes from now. */
  | (Place & { kind: 'relative'; minutes: number })
  | (Place & { kind: 'zone'; zone: ZoneSaid })
  | (Place & { kind: 'part'; part: Part })
  | (Place & { kind: 'repeat' })
  | (Place & { kind: 'now' })
  /** "same time": known to the person, not to us. */
  | (Place & { kind: 'sometime' })
  | (Place & { kind: 'option'; said: OptionSaid });

/** One kind of item tried at a place; `openers` as in pattern.ts. */
export type ItemRule = {
  (tokens: Tokens, at: number, context: DateContext): Item | null;
  openers?: readonly string[];
};
