import type { DateTime } from 'luxon';
import type { Assumption, Need, Span } from '../command.ts';
import type { Hours } from './am-or-pm.ts';
import type { Day } from './calendar.ts';
import { isoClock, isoDay } from './calendar.ts';
import { dayIn } from './instants.ts';
import type { When } from './picked.ts';
import { NOTHING, sorted } from './picked.ts';
import type { Asked } from './reckoning.ts';
import { reckon } from './reckoning.ts';

const clockOf = ({ start }: Hours) => isoClock(start % 1440);

/** The spans that lie ahead. */
const ahead = (spans: readonly Span[], { frame }: Asked) => spans.filter(({ start }) => start > frame.here);

/** What else the hours may mean on that day. */
const otherSpans = (day: Day, { others }: Hours, asked: Asked) =>
  others.map((other) => reckon(day, other, asked).span);

/** A day that has gone by: what lies ahead by the same clock is offered. */
export function pastDay(day: Day, when: When, hours: Hours, asked: Asked): When {
  const today = dayIn(asked.frame.here);
  const later = ahead(otherSpans(day, hours, asked), asked);
  const next = [today, today + 1].map((candidate) => reckon(candidate, hours, asked).span);
  return {
    ...NOTHING,
    clock: clockOf(hours),
    needs: sorted(['past', ...when.needs]),
    choices: [...later, ...ahead(next, asked).slice(0, 1)],
  };
}

/** One of several days, which must be asked; those that lie ahead are offered. */
export function askDay(days: readonly Day[], need: Need, hours: Hours, asked: Asked): When {
  const today = dayIn(asked.frame.here);
  const spans = days.filter((day) => day >= today).map((day) => reckon(day, hours, asked).span);
  const needs = sorted(hours.problem ? [need, hours.problem] : [need]);
  return { ...NOTHING, clock: clockOf(hours), needs, choices: ahead(spans, asked) };
}

/** One day and its hours, with their doubts: the half of the day, a reversed range, a clock change. */
export function settle(day: Day, hours: Hours, asked: Asked): When {
  const { span, spans, isAmbiguous } = reckon(day, hours, asked);
  const others = () => otherSpans(day, hours, asked);
  const known = { ...NOTHING, day: isoDay(day), clock: clockOf(hours) };
  if (hours.problem === 'range' || isReversed(span)) return { ...known, needs: ['range'], choices: others() };
  if (hours.problem === 'ampm')
    return { ...known, clock: null, needs: ['ampm'], choices: ahead([span, ...others()], asked) };
  if (isAmbiguous)
    return {
      ...known,
      needs: ['dst'],
      choices: spans.map((each) => (isReversed(each) ? { ...each, end: null } : each)),
    };
  const clear = hours.others.filter((other) => !reckon(day, other, asked).isAmbiguous);
  // Nobody names the hour of a clock change by chance.
  if (clear.length < hours.others.length)
    return {
      ...known,
      clock: null,
      needs: ['ampm'],
      choices: ahead([span, ...otherSpans(day, { ...hours, others: clear }, asked)], asked),
    };
  return { ...known, span, assumed: assumptions(span, day, hours, asked) };
}

const isReversed = ({ start, end }: Span) => end !== null && end <= start;

/** Hours at which hardly anybody meets: no reading that would be offered. */
const isUnlikely = ({ hour }: DateTime) => hour < 6 || hour > 20;

/** "9:30" read as 9:30 says itself. */
const isAsWritten = (said: string, { hour }: DateTime) =>
  /^\d+[:.h]\d\d/.test(said) && Number.parseInt(said, 10) === hour;

/** What was taken for granted of the clock and its zone, and is said for that. */
function assumptions(span: Span, day: Day, hours: Hours, asked: Asked): Assumption[] {
  const { frame, words, clock } = asked;
  const { from } = clock;
  const taken = span.start;
  const list: Assumption[] = [];
  if (from.half === null && !from.is24 && !isAsWritten(words.clock(), taken)) {
    const other = ahead(otherSpans(day, hours, asked), asked).find(({ start }) => !isUnlikely(start));
    if (other) list.push({ kind: 'ampm', said: words.clock(), taken, alternative: other });
  }
  if (from.custom) list.push({ kind: 'time', said: words.clock(), taken, alternative: null });
  if (frame.other) {
    const alternative = reckon(day, hours, asked, frame.other).span;
    if (+alternative.start !== +taken) list.push({ kind: 'zone', said: words.zone(), taken, alternative });
  }
  return list;
}
