import type { DayPart, Need, Span } from '../command.ts';
import type { Of } from './chosen.ts';
import type { When } from './picked.ts';
import { NOTHING, sorted } from './picked.ts';
import type { ZoneSaid } from './zones.ts';

/** The hours that a part of the day may have. */
const HOURS: Readonly<Record<DayPart, readonly [number, number]>> = {
  morning: [0, 12],
  afternoon: [12, 18],
  evening: [16, 24],
  night: [18, 30],
};

/** Whether a part of the day does not go with an hour: "tomorrow morning at 3pm" and "11 in the afternoon" do not. */
export function contradicts(part: DayPart | null, { from }: Of<'clock'>): boolean {
  if (part === null) return false;
  if (from.half === null && !from.is24) return part === 'afternoon' && (from.hour % 12) + 12 > HOURS[part][1];
  const hour = from.half === null ? from.hour : (from.hour % 12) + (from.half === 'pm' ? 12 : 0);
  const [earliest, latest] = HOURS[part];
  const isEarlyNight = part === 'night' && hour < 6;
  return !isEarlyNight && (hour < earliest || hour > latest);
}

/** Whether two zones are the same as said. */
export const sameZone = (a: ZoneSaid, b: ZoneSaid) => JSON.stringify(a) === JSON.stringify(b);

const distinct = <T>(values: readonly T[]) => [...new Set(values)];
const startOf = ({ span }: When) => (span === null ? null : +span.start);

/** Several times of day: the same one said twice ("4pm (16:00)"), or a choice that the person must make. */
export function among(whens: readonly When[]): When | null {
  const [first] = whens;
  if (!first || whens.length === 1) return first ?? null;
  const isSame = whens.every((when) => startOf(when) !== null && startOf(when) === startOf(first));
  if (isSame)
    return (
      whens.find(({ span }) => span?.end) ??
      whens.toSorted((a, b) => a.assumed.length - b.assumed.length)[0] ??
      first
    );
  const choices = whens.flatMap(({ span, choices }) => (span ? [span] : choices)).slice(0, 4);
  const days = new Set(whens.map(({ day }) => day));
  const needs = sorted(distinct([...whens.flatMap((when) => when.needs), 'time']));
  return { ...NOTHING, day: days.size === 1 ? first.day : null, needs, choices };
}

/** A time that stands although something else was said that it does not explain: it is offered, and asked. */
export function doubted(when: When, need: Need): When {
  const choices = when.span ? [when.span] : when.choices;
  return { ...NOTHING, day: when.day, needs: sorted([...new Set([...when.needs, need])]), choices };
}

/** A length that lies somewhere within a range: the beginnings of the range that it fits, to choose from. */
export function within(when: When, minutes: number): When {
  if (!when.span?.end) return when;
  const { start, end } = when.span;
  const choices: Span[] = [];
  for (let at = start; at.plus({ minutes }) <= end && choices.length < 3; at = at.plus({ minutes }))
    choices.push({ start: at, end: at.plus({ minutes }) });
  return { ...NOTHING, day: when.day, needs: ['time'], choices };
}
