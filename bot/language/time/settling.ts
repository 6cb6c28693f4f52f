import type { DateTime } from 'luxon';
import type { Assumption, Need, Span } from '../command.ts';
import type { Day } from './calendar.ts';
import { isoClock, isoDay } from './calendar.ts';
import type { Hours } from './hours.ts';
import { dayIn } from './instants.ts';
import type { Picked, Said, When } from './picked.ts';
import { NOTHING, sorted } from './picked.ts';
import type { Reckoned } from './reckoning.ts';
import { reckon } from './reckoning.ts';
import type { Frame } from './time-frame.ts';

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
export function settle(day: Day, hours: Hours, picked: Picked, frame: Frame, said: Said): When {
  const known = isoDay(day);
  const reckoned = reckon(day, hours, picked, frame, frame.zone);
  const others = () => hours.others.map((other) => reckon(day, other, picked, frame, frame.zone).span);
  const clock = isoClock(hours.start % 1440);
  if (hours.problem === 'range' || isReversed(reckoned.span))
    return { ...NOTHING, day: known, clock, needs: ['range'], choices: others() };
  if (hours.problem === 'ampm')
    return {
      ...NOTHING,
      day: known,
      needs: ['ampm'],
      choices: [reckoned.span, ...others()].filter(({ start }) => start > frame.here),
    };
  if (reckoned.isAmbiguous)
    return { ...NOTHING, day: known, clock, needs: ['dst'], choices: dstChoices(reckoned) };
  return {
    ...NOTHING,
    span: reckoned.span,
    day: known,
    clock,
    assumed: assumptions(reckoned.span, others, day, hours, picked, frame, said),
  };
}

function isReversed({ start, end }: Span): boolean {
  return end !== null && end <= start;
}

function dstChoices({ spans }: Reckoned): readonly Span[] {
  return spans.map(({ start, end }) => ({ start, end: end && end > start ? end : null }));
}

/** Hours at which hardly anybody meets: no reading that would be offered. */
const isUnlikely = ({ hour }: DateTime) => hour < 6 || hour > 20;

/** "9:30" read as 9:30 says itself. */
const isAsWritten = (said: string, { hour }: DateTime) =>
  /^\d+[:.h]\d\d/.test(said) && Number.parseInt(said, 10) === hour;

function assumptions(
  span: Span,
  others: () => readonly Span[],
  day: Day,
  hours: Hours,
  picked: Picked,
  frame: Frame,
  said: Said,
): Assumption[] {
  const list: Assumption[] = [];
  const from = picked.clock?.from;
  if (from?.half === null && !from.is24 && !isAsWritten(said.clock, span.start)) {
    const other = others().find(({ start }) => start > frame.here && !isUnlikely(start));
    if (other) list.push({ kind: 'ampm', said: said.clock, taken: span.start, alternative: other });
  }
  if (from?.custom) list.push({ kind: 'time', said: said.clock, taken: span.start, alternative: null });
  if (frame.other) {
    const alternative = reckon(day, hours, picked, frame, frame.other).span;
    if (+alternative.start !== +span.start)
      list.push({ kind: 'zone', said: said.zone, taken: span.start, alternative });
  }
  return list;
}
