import { DateTime } from 'luxon';
import { ianaZone } from '../../base/date-time.ts';
import type { FindTimeCommand, Span } from '../command.ts';
import { hasTag } from '../lexicon.ts';
import type { Frame, Sentence } from '../reading.ts';
import { saidIn } from '../said.ts';
import { type Day, dayIn, isoDay } from '../time/calendar.ts';
import { type Of, ofKind } from '../time/choose-times.ts';
import { resolveTimes } from '../time/resolve.ts';
import { peopleIn, subjectSaid } from './change.ts';

type Window = NonNullable<FindTimeCommand['window']>;
type Days = readonly [Day, Day];

/** A range of more minutes is where a time is looked for; a shorter one may be the time itself. */
const LONGEST_MEETING = 120;
/** "after Friday" is within so many days of it. */
const DAYS_AFTER = 7;
const WEEK = 7;
const OFFICE = { from: 8, to: 18 };

/** The hours of a part of the day, for the time of a meeting. */
const HOURS: Readonly<Record<NonNullable<FindTimeCommand['part']>, readonly [number, number]>> = {
  morning: [8, 12],
  afternoon: [12, 18],
  evening: [17, 22],
  night: [18, 24],
};

/** Of several hours that may be meant the one at which people work: nothing is made of it yet. */
function likely(choices: readonly Span[]): Span | null {
  const isOffice = ({ start }: Span) => start.hour >= OFFICE.from && start.hour < OFFICE.to;
  return choices.find(isOffice) ?? choices[0] ?? null;
}

/** The days that a date says: "by Friday" and "before Friday" are those up to it. */
function daysOf(date: Of<'date'>, { tokens, pack }: Sentence, today: Day): Days | null {
  const { day, range } = date.said;
  const said: Days | null = day === null ? range : [day, day];
  if (said === null) return null;
  const is = (tag: string) =>
    [date.first - 1, date.first].some((at) => hasTag(pack.matchesAt(tokens, at), tag));
  if (is('deadline')) return [today, said[1]];
  if (is('beyond:before')) return [today, Math.max(today, said[0] - 1)];
  return is('beyond:after') ? [said[1] + 1, said[1] + DAYS_AFTER] : said;
}

/** "between Monday and Wednesday", said on a Tuesday: that Wednesday is the one behind that Monday. */
function isBehind(first: Of<'date'>, last: Of<'date'>, { tokens, pack }: Sentence): boolean {
  const is = (at: number, tag: string) => hasTag(pack.matchesAt(tokens, at), tag);
  const isRange =
    is(last.first - 1, 'cue:to') || is(first.first, 'cue:between') || is(first.first - 1, 'cue:between');
  const [from, to] = [first.said.day, last.said.day];
  return isRange && last.said.weekday !== null && from !== null && to !== null && to < from;
}

/** From the first to the last of all days that were said: "between Monday and Wednesday", "tomorrow or Friday". */
function daysIn(sentence: Sentence, today: Day): Days | null {
  const dates = ofKind(sentence.said, 'date').filter(({ weak }) => !weak);
  const days = dates.flatMap((date, index) => {
    const said = daysOf(date, sentence, today);
    const before = dates[index - 1];
    const isGone = before && isBehind(before, date, sentence);
    return said === null ? [] : said.map((day) => (isGone ? day + WEEK : day));
  });
  return days.length === 0 ? null : [Math.min(...days), Math.max(...days)];
}

/** The instants of days, from now on; of one day only the part that was said. */
function windowOf(days: Days, part: FindTimeCommand['part'], now: DateTime): Window {
  const midnight = (day: Day) => DateTime.fromISO(isoDay(day), { zone: now.zone });
  const [first, last] = days;
  const hours = first === last && part !== null ? HOURS[part] : null;
  const from = midnight(first).plus({ hours: hours?.[0] ?? 0 });
  const to = hours ? midnight(first).plus({ hours: hours[1] }) : midnight(last + 1);
  return { from: DateTime.max(from, now), to };
}

/** The one time that is asked about, or the hours within which a time is looked for. */
function hoursIn({ said, tokens, pack, when }: Sentence, frame: Frame): { at?: Span; window?: Window } {
  const times = resolveTimes(
    said.filter(({ kind }) => kind !== 'length'),
    tokens,
    pack,
    frame,
  );
  const span = times.when ?? likely(times.choices);
  if (span === null) return {};
  const { start, end } = span;
  const minutes = end === null ? null : end.diff(start, 'minutes').minutes;
  const isWindow = minutes !== null && (minutes > LONGEST_MEETING || minutes > (when.minutes ?? minutes));
  if (end !== null && isWindow) return { window: { from: start, to: end } };
  const length = when.minutes === null ? null : start.plus({ minutes: when.minutes });
  return { at: { start, end: end ?? length } };
}

/** A time that is looked for: with whom, for how long, and where in the calendar. */
export function findTimeIn(sentence: Sentence, frame: Frame): FindTimeCommand {
  const now = frame.now.setZone(frame.zone === null ? frame.now.zone : ianaZone(frame.zone));
  const { when, tokens, pack } = sentence;
  const people = peopleIn(sentence);
  const days = daysIn(sentence, dayIn(now));
  const { at = null, window } = when.isNow ? { at: { start: now, end: null } } : hoursIn(sentence, frame);
  const part = ofKind(sentence.said, 'date').find(({ said }) => said.part)?.said.part ?? when.part;
  return {
    kind: 'findtime',
    people,
    minutes: when.minutes,
    window: window ?? (at === null && days !== null ? windowOf(days, part, now) : null),
    part,
    at,
    subject: subjectSaid(sentence),
    isGroup: people.length === 0 && saidIn(tokens, pack, 'everybody').length > 0,
  };
}
