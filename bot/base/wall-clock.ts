import { DateTime } from 'luxon';

/** What a clock on a wall in some zone says may be one instant, none (clocks go forward) or two (they go back). */
type WallClock =
  | { kind: 'instant'; at: DateTime }
  | { kind: 'gap'; at: DateTime }
  | { kind: 'overlap'; first: DateTime; second: DateTime }
  | { kind: 'nonsense' };

/**
 * The instant of an ISO date and an HH:mm in an IANA zone; 24:00 is the end of that day. For a gap, `at` is the same clock moved out of it, as
 * luxon does silently; for an overlap both instants, earlier first.
 */
export function wallClock(date: string, time: string, zone: string): WallClock {
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !/^\d\d:\d\d$/.test(time)) return { kind: 'nonsense' };
  if (time === '24:00') {
    const next = DateTime.fromISO(date, { zone: 'utc' }).plus({ days: 1 });
    return next.isValid ? wallClock(next.toFormat('yyyy-MM-dd'), '00:00', zone) : { kind: 'nonsense' };
  }
  const at = DateTime.fromISO(`${date}T${time}`, { zone });
  if (!at.isValid) return { kind: 'nonsense' };
  if (at.toFormat('HH:mm') !== time) return { kind: 'gap', at };
  const [first, second] = at.getPossibleOffsets().sort((a, b) => a.toMillis() - b.toMillis());
  return first !== undefined && second !== undefined
    ? { kind: 'overlap', first, second }
    : { kind: 'instant', at };
}
