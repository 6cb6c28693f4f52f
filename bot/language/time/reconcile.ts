import type { Need } from '../command.ts';
import { weekdayOf } from './calendar.ts';
import type { DateSaid } from './date-said.ts';

const readingsOf = ({ day, others }: DateSaid) => (day === null ? [] : [day, ...others]);

/** Whether what was said of one day goes with a day that something else said. */
function allows(said: DateSaid, day: number, other: DateSaid): boolean {
  if (said.weekday !== null && other.weekday === null) return weekdayOf(day) === said.weekday;
  return readingsOf(said).includes(day);
}

/** The days of that weekday around a date that is none. */
function around(day: number, weekday: number): number[] {
  const ahead = (weekday - weekdayOf(day) + 7) % 7;
  return [day + ahead - 7, day + ahead];
}

function conflict(first: DateSaid, second: DateSaid): DateSaid {
  const isSameSort = first.source === second.source && first.weekday === null;
  const need: Need = isSameSort || (first.weekday !== null && second.weekday !== null) ? 'date' : 'conflict';
  const dated = first.weekday === null ? first : second;
  const weekday = first.weekday ?? second.weekday;
  const days = [...readingsOf(first), ...readingsOf(second)];
  const isWrongWeekday =
    need === 'conflict' && dated.source === 'calendar' && weekday !== null && dated.day !== null;
  const others = isWrongWeekday && dated.day !== null ? around(dated.day, weekday) : days;
  return isWrongWeekday ? { ...dated, need, others } : { ...dated, need, ...listed(others) };
}

/** Several days, the earliest first. */
function listed(days: readonly number[]): Pick<DateSaid, 'day' | 'others'> {
  const [day = null, ...others] = [...new Set(days)].sort((a, b) => a - b);
  return { day, others };
}

/**
 * One day out of two that were said: "Monday 12 August", "tomorrow (25 Nov)"; where they disagree it must be asked.
 * `isListed`: they are joined by "or" or "and", and so are two.
 */
export function reconcile(first: DateSaid, second: DateSaid, isListed = false): DateSaid {
  if (second.day === null) return second.need === 'date' && second.source === 'calendar' ? second : first;
  if (first.day === null) return first.need === 'date' && first.source === 'calendar' ? first : second;
  if (first.need === 'conflict' || first.need === 'date')
    return { ...first, ...listed([...readingsOf(first), second.day]) };
  if (isListed) return { ...first, need: 'date', ...listed([...readingsOf(first), ...readingsOf(second)]) };
  const base = second.source === 'calendar' || first.weekday !== null ? second : first;
  const other = base === first ? second : first;
  const fits = readingsOf(base).filter((day) => allows(other, day, base));
  const [only] = fits;
  if (only === undefined) return conflict(first, second);
  const part = first.part ?? second.part;
  if (fits.length > 1) return { ...base, part };
  const need = base.need === 'past' && only === base.day ? 'past' : null;
  return { ...base, day: only, others: [], need, later: other.later === null ? null : base.later, part };
}
