import type { DateTime } from 'luxon';
import type { Standing } from '../../meeting/free-times.ts';

/** A stretch of time. */
export type Time = { start: DateTime; end: DateTime };

/** Somebody by name; null is the reader. */
export type Name = string | null;

/** How somebody stands to the time that was asked about. */
export type Stand = { name: Name } & (
  | Omit<Extract<Standing, { isOutside: boolean }>, 'address'>
  | Omit<Extract<Standing, { presence: 'unknown' }>, 'address'>
);

/** Times that suit several people, each a button (verb `answer`, `choice` its place). */
export type TimesReply = {
  kind: 'times';
  id: string;
  asker: string;
  /** The buttons of an older card choose nothing. */
  revision: number;
  subject: string | null;
  zone: string;
  minutes: number;
  lead:
    | { kind: 'found' }
    /** There are none in the time that was asked for: the times are of the days after. */
    | { kind: 'none'; why: 'over' | 'hours' | 'busy' }
    /** Somebody has taken this time since it was offered. */
    | (Time & { kind: 'taken' })
    /** It was asked about one time. */
    | (Time & { kind: 'asked'; standings: readonly Stand[] });
  times: readonly (Time & { tentative: readonly Name[] })[];
  /** Those whose calendars cannot be seen. */
  unknown: readonly Name[];
  /** Nobody else reads it. */
  isPersonal: boolean;
  /** Nobody but the asker is to come. */
  isAlone: boolean;
};
