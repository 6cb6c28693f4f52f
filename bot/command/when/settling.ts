import type { DateTime } from 'luxon';
import type { Assumption, Need, Span } from '../command.ts';
import { NEEDS } from '../command.ts';
import type { Day } from './calendar.ts';
import { isoClock, isoDay } from './calendar.ts';
import type { Hours } from './hours.ts';
import { dayIn } from './instants.ts';
import type { Picked } from './pick.ts';
import type { Reckoned } from './reckoning.ts';
import { reckon } from './reckoning.ts';
import type { Frame } from './time-frame.ts';

/** When a meeting is meant to be, with all that is not certain about it. */
export type When = {
  span: Span | null;
  day: string | null;
  clock: string | null;
  needs: readonly Need[];
  choices: readonly Span[];
  assumed: readonly Assumption[];
};

/** What the words were, for the assumptions that quote them. */
export type Words = { date: string; clock: string; zone: string };

/** Nothing known, nothing asked. */
export const NOTHING: When = { span: null, day: null, clock: null, needs: [], choices: [], assumed: [] };

/** In the order in which a person is told. */
export function sorted(needs: readonly Need[]): Need[] {
  return NEEDS.filter((need) => needs.includes(need));
}

/** A day that has gone by: what lies ahead by the same clock is offered. */
export function pastDay(day: Day, when: When, hours: Hours, picked: Picked, frame: Frame): When {
  const today = dayIn(frame.here);
  const later = hours.others
    .map((other) => reckon(day, other, picked, frame, frame.zone).span)
    .filter(({ start }) => start > frame.here);
  const next = [today, today + 1]
    .map((candidate) => reckon(candidate, hours, picked, frame, frame.zone).span)
    .filter(({ start }) => start > frame.here);
  return {
    ...NOTHING,
    clock: isoClock(hours.start % 1440),
    needs: sorted(['past', ...when.needs]),
    choices: [...later, ...next.slice(0, 1)],
  };
}

/** A day that must be asked, with the readings that lie ahead. */
export function askDay(
  day: Day,
  need: Need,
  others: readonly Day[],
  hours: Hours,
  picked: Picked,
  frame: Frame,
): When {
  const days = [day, ...others].filter((candidate) => candidate >= dayIn(frame.here));
  const choices = days.map((candidate) => reckon(candidate, hours, picked, frame, frame.zone).span);
  const needs: Need[] = hours.problem ? [need, hours.problem] : [need];
  return {
    ...NOTHING,
    clock: isoClock(hours.start % 1440),
    needs: sorted(needs),
    choices: choices.filter(({ start }) => start > frame.here),
  };
}

/** One day and its hours, with their doubts: the half of the day, a reversed range, a clock change. */
export function settle(day: Day, hours: Hours, picked: Picked, frame: Frame, words: Words): When {
  const known = isoDay(day);
  const reckoned = reckon(day, hours, picked, frame, frame.zone);
  const others = hours.others.map((other) => reckon(day, other, picked, frame, frame.zone).span);
  const clock = isoClock(hours.start % 1440);
  if (hours.problem === 'range' || isReversed(reckoned.span))
    return { ...NOTHING, day: known, clock, needs: ['range'], choices: others };
  if (hours.problem === 'ampm')
    return {
      ...NOTHING,
      day: known,
      needs: ['ampm'],
      choices: [reckoned.span, ...others].filter(({ start }) => start > frame.here),
    };
  if (reckoned.isAmbiguous)
    return { ...NOTHING, day: known, clock, needs: ['dst'], choices: dstChoices(reckoned) };
  return {
    ...NOTHING,
    span: reckoned.span,
    day: known,
    clock,
    assumed: assumptions(reckoned.span, others, day, hours, picked, frame, words),
  };
}

function isReversed({ start, end }: Span): boolean {
  return end !== null && end <= start;
}

function dstChoices({ spans }: Reckoned): readonly Span[] {
  return spans.map(({ start, end }) => ({ start, end: end && end > start ? end : null }));
}

/** Nobody who writes an hour alone means this one. */
const isNight = ({ hour }: DateTime): boolean => hour >= 22 || hour < 6;

function assumptions(
  span: Span,
  others: readonly Span[],
  day: Day,
  hours: Hours,
  picked: Picked,
  frame: Frame,
  words: Words,
): Assumption[] {
  const list: Assumption[] = [];
  const from = picked.clock?.from;
  const [other] = others.filter(({ start }) => start > frame.here && !isNight(start.setZone(frame.zone)));
  const isHalfGuessed = from?.half === null && !from.is24 && hours.others.length > 0;
  // "9" taken as 09:00 is what was said; only the other half of the day is a guess.
  if (isHalfGuessed && Math.floor(hours.start / 60) !== from.hour)
    list.push({ kind: 'ampm', said: words.clock, taken: span.start, alternative: other ?? null });
  if (picked.clock?.from.custom)
    list.push({ kind: 'time', said: words.clock, taken: span.start, alternative: null });
  if (frame.other) {
    const alternative = reckon(day, hours, picked, frame, frame.other).span;
    if (+alternative.start !== +span.start)
      list.push({ kind: 'zone', said: words.zone, taken: span.start, alternative });
  }
  return list;
}
