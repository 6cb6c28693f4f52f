import type { DayPart, DayRange, Need, Span } from '../command.ts';
import { hasTag } from '../lexicon.ts';
import type { Pack } from '../pack.ts';
import type { Tokens } from '../text/tokens.ts';
import { readHours } from './am-or-pm.ts';
import { dayIn, isoClock, isoDay, minutesLater } from './calendar.ts';
import {
  type Around,
  clocksSaid,
  daysSaid,
  distinct,
  isNounBehind,
  mayBeLength,
  mealtime,
  type Of,
  ofKind,
  oneDay,
  oneLength,
  vagueDays,
  withoutWeak,
  withUntil,
  wordsOf,
} from './choose-times.ts';
import type { DateSaid } from './date-said.ts';
import { firstDay } from './series.ts';
import type { TimeFrame, TimeSpan, Times } from './spans.ts';
import { frameOf, lasting, NOTHING, type Picked, type Said, settleWhen, sorted, type When } from './when.ts';
import type { ZoneSaid } from './zones.ts';

/** The hours that a part of the day may have. */
const HOURS: Readonly<Record<DayPart, readonly [number, number]>> = {
  morning: [0, 12],
  afternoon: [12, 18],
  evening: [16, 24],
  night: [18, 30],
};

/** Whether a part of the day does not go with an hour: "tomorrow morning at 3pm" and "11 in the afternoon" do not. */
function contradicts(part: DayPart | null, { from }: Of<'clock'>): boolean {
  if (part === null) return false;
  if (from.half === null && !from.is24) return part === 'afternoon' && (from.hour % 12) + 12 > HOURS[part][1];
  const hour = from.half === null ? from.hour : (from.hour % 12) + (from.half === 'pm' ? 12 : 0);
  const [earliest, latest] = HOURS[part];
  const isEarlyNight = part === 'night' && hour < 6;
  return !isEarlyNight && (hour < earliest || hour > latest);
}

/** Whether two zones are the same as said. */
const sameZone = (a: ZoneSaid, b: ZoneSaid) => JSON.stringify(a) === JSON.stringify(b);

const startOf = ({ span }: When) => (span === null ? null : +span.start);

/** Several times of day: the same one said twice ("4pm (16:00)"), or a choice that the person must make. */
function among(whens: readonly When[]): When | null {
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
function doubted(when: When, need: Need): When {
  const choices = when.span ? [when.span] : when.choices;
  return { ...NOTHING, day: when.day, needs: sorted([...new Set([...when.needs, need])]), choices };
}

/** A length that lies somewhere within a range: the beginnings of the range that it fits, to choose from. */
function within(when: When, minutes: number): When {
  if (!when.span?.end) return when;
  const { start, end } = when.span;
  const choices: Span[] = [];
  for (let at = start; at.plus({ minutes }) <= end && choices.length < 3; at = at.plus({ minutes }))
    choices.push({ start: at, end: at.plus({ minutes }) });
  return { ...NOTHING, day: when.day, needs: ['time'], choices };
}

/** Everything chosen for one clock: the same but for the clock. */
function pickedFor(clock: Of<'clock'> | null, base: Picked): Picked {
  return { ...base, clock, zone: clock?.zone ?? base.zone, part: clock?.from.part ?? base.part };
}

/** A time said as so many minutes from now. */
function fromNow(minutes: number, length: number | null, { now, zone }: TimeFrame): When {
  const { here } = frameOf(null, { now, zone });
  const start = minutesLater(here, minutes - here.second / 60 - here.millisecond / 60_000);
  return { ...NOTHING, span: { start, end: lasting(start, length) } };
}

/** A clock by itself in "HH:mm", by the customs of an office. */
function clockOf({ to }: Of<'until'>, part: DayPart | null): string {
  return isoClock(readHours(to, null, part).start % 1440);
}

function whenOf(
  clocks: readonly Of<'clock'>[],
  base: Picked,
  around: Around,
  words: Omit<Said, 'clock'>,
): When {
  if (clocks.length === 0) return settleWhen(base, around.frame, { ...words, clock: () => '' });
  const whens = clocks.map((clock) =>
    settleWhen(pickedFor(clock, base), around.frame, { ...words, clock: () => wordsOf(around, clock) }),
  );
  return among(whens) ?? NOTHING;
}

/** What was chosen of each sort. */
type Chosen = {
  clocks: readonly Of<'clock'>[];
  days: readonly Of<'date'>[];
  date: DateSaid | null;
  minutes: number | null;
  /** Lengths beside the one that counts. */
  lengths: readonly TimeSpan[];
  zones: readonly ZoneSaid[];
  part: DayPart | null;
  until: Of<'until'> | null;
  relatives: readonly Of<'relative'>[];
  /** So many minutes from now, where no time of day was said. */
  elapsed: number | null;
};

function choose(around: Around): Chosen {
  const { spans } = around;
  const [until = null] = ofKind(spans, 'until');
  const clocks = clocksSaid(around).map((clock) => withUntil(clock, until));
  const days = daysSaid(around);
  const date = oneDay(days, around) ?? (clocks.length > 0 ? habitsDay(around) : null);
  const { minutes, unused } = oneLength(around);
  const zones = [...ofKind(spans, 'zone').flatMap(({ zone }) => zone), ...(until?.zone ? [until.zone] : [])];
  const relatives = ofKind(spans, 'relative');
  return {
    clocks,
    days,
    date,
    minutes,
    lengths: unused,
    zones,
    part: date?.part ?? ofKind(spans, 'part')[0]?.part ?? null,
    until,
    relatives,
    elapsed: clocks.length === 0 ? (relatives[0]?.minutes ?? null) : null,
  };
}

/** The first day of "weekdays at 9", where no day is said. */
function habitsDay({ spans, frame }: Around): DateSaid | null {
  const often = ofKind(spans, 'repeat').find((span) => span.often !== null)?.often;
  return often ? firstDay(often, dayIn(frameOf(null, frame).here)) : null;
}

const NOON = 12;

/** The time that was said, without a look at what contradicts it. */
function settle({ clocks, days, date, minutes, zones, part, elapsed }: Chosen, around: Around): When {
  if (elapsed !== null) return fromNow(elapsed, minutes, around.frame);
  const isOpen =
    part === null && clocks.some(({ from }) => from.half === null && !from.is24 && from.hour < NOON);
  const words = {
    date: () => wordsOf(around, days.find(({ said }) => said.source !== 'vague') ?? days[0]),
    zone: () => wordsOf(around, clocks[0]),
  };
  const base: Picked = {
    clock: null,
    date,
    minutes,
    zone: zones[0] ?? null,
    part: isOpen ? mealtime(around) : part,
  };
  const when = whenOf(clocks, base, around, words);
  const { span } = when;
  if (clocks.length !== 1 || !clocks[0]?.to || minutes === null || !span?.end) return when;
  return +span.end === +span.start.plus({ minutes }) ? when : within(when, minutes);
}

function isNowMeant({ clocks, date, elapsed }: Chosen, { spans, frame }: Around): boolean {
  const isToday = () => date === null || date.day === dayIn(frameOf(null, frame).here);
  return ofKind(spans, 'now').length > 0 && clocks.length === 0 && elapsed === null && isToday();
}

/** A word that is "one" and "a" alike, or the end of a verb: German "trag 9:45 Uhr ein". */
const isArticle = ({ first, next }: TimeSpan, { tokens, pack }: Around): boolean =>
  next === first + 1 && tokens[first]?.kind === 'word' && hasTag(pack.matchesAt(tokens, first), 'one');

/** Bare numbers right behind a time that nothing explains: "tomorrow 3pm 4". */
function numbersBehind(said: readonly TimeSpan[], { clocks, days }: Chosen, around: Around): TimeSpan[] {
  const isUsed = ({ first }: TimeSpan) => clocks.some((clock) => clock.first === first);
  return ofKind(said, 'clock').filter(
    (span) =>
      span.weak &&
      !isUsed(span) &&
      !isArticle(span, around) &&
      !isNounBehind(around, span) &&
      [...clocks, ...days].some(({ next }) => next === span.first),
  );
}

/** "We did not finish last week": whatever was said of it, nobody means to meet then. */
const isGone = ({ others }: DateSaid, { frame }: Around): boolean =>
  others.length > 0 && others.every((day) => day < dayIn(frameOf(null, frame).here));

/** What was said and is not in the time that was found. */
function leftOver(said: readonly TimeSpan[], chosen: Chosen, when: When, around: Around): TimeSpan[] {
  const { spans } = around;
  const { clocks, days, date, lengths, relatives, elapsed, until } = chosen;
  const left: TimeSpan[] = [...lengths, ...relatives.slice(elapsed === null ? 0 : 1)];
  const isOtherDay = date !== null && when.span !== null && date.day !== dayIn(when.span.start);
  if (elapsed !== null && isOtherDay) left.push(...days);
  if (clocks.length > 0) left.push(...ofKind(spans, 'now'));
  if (clocks[0]?.to && until && clocks[0].to !== until.to) left.push(until);
  // "next month" beside a day that is known; "this week" may have that day.
  if (date !== null && date.day !== null)
    left.push(
      ...vagueDays(around).filter(
        ({ said }) => !isGone(said, around) && !said.others.includes(date.day ?? 0),
      ),
    );
  left.push(...ofKind(spans, 'vague').filter(({ isAmount }) => isAmount), ...ofKind(spans, 'notice'));
  return [...left, ...numbersBehind(said, chosen, around)];
}

/** What contradicts the time that was found. */
function doubtsOf({ clocks, zones, part }: Chosen, left: readonly TimeSpan[]): Need[] {
  const governing = clocks[0]?.zone ?? zones[0];
  const isOtherZone = zones.some((zone) => governing !== undefined && !sameZone(zone, governing));
  const isOtherPart = clocks.some((clock) => contradicts(part, clock));
  return [
    ...(isOtherPart || left.length > 0 ? (['time'] as const) : []),
    ...(isOtherZone ? (['tz'] as const) : []),
  ];
}

function wrongDays({ days }: Chosen, { needs }: When, around: Around): string[] {
  const isWrong = ({ said }: Of<'date'>) => said.day === null && said.source === 'calendar';
  const wrong = needs.includes('conflict') ? days : needs.includes('date') ? days.filter(isWrong) : [];
  return wrong.map((span) => wordsOf(around, span));
}

function rangeOf({ date }: Chosen): DayRange | null {
  if (date === null || date.day !== null || date.range === null) return null;
  const [first, last] = date.range;
  return [isoDay(first), isoDay(last)];
}

/** What is known, and must be asked, where a text says nothing about when. */
const UNSAID: Times = {
  when: null,
  day: null,
  clock: null,
  minutes: null,
  shiftMinutes: null,
  shiftDays: null,
  extendMinutes: null,
  until: null,
  isNow: false,
  range: null,
  part: null,
  wrongDays: [],
  needs: ['date', 'time'],
  choices: [],
  assumed: [],
  unused: [],
};

/** Puts together what a text says about when. Everything is used for it, or asked. */
export function resolveTimes(said: readonly TimeSpan[], tokens: Tokens, pack: Pack, frame: TimeFrame): Times {
  if (said.length === 0) return frame.zone === null ? { ...UNSAID, needs: ['date', 'time', 'tz'] } : UNSAID;
  const around: Around = { tokens, pack, spans: withoutWeak(said, tokens, pack), frame };
  const chosen = choose(around);
  const { clocks, days, until, part } = chosen;
  const settled = settle(chosen, around);
  const unused = leftOver(said, chosen, settled, around);
  const when = doubtsOf(chosen, unused).reduce(doubted, settled);
  const isTimed = clocks.length > 0 || days.length > 0;
  const shifts = ofKind(around.spans, 'shift').filter((shift) => !isTimed || !mayBeLength(around, shift));
  const isRepeated =
    ofKind(around.spans, 'repeat').length > 0 ||
    ofKind(around.spans, 'ending').length > 0 ||
    days.some(({ often }) => often !== null);
  return {
    when: when.span,
    day: when.day,
    clock: when.clock,
    minutes: chosen.minutes,
    shiftMinutes: shifts.find(({ of, days }) => of === 'start' && days === 0)?.minutes ?? null,
    shiftDays: shifts.find(({ days }) => days !== 0)?.days ?? null,
    extendMinutes: shifts.find(({ of }) => of === 'length')?.minutes ?? null,
    until: until && clocks.length === 0 ? clockOf(until, part) : null,
    isNow: isNowMeant(chosen, around),
    range: when.span === null && when.day === null ? rangeOf(chosen) : null,
    part,
    wrongDays: wrongDays(chosen, when, around),
    needs: isRepeated ? sorted([...when.needs, 'recurrence']) : when.needs,
    choices: when.choices,
    assumed: when.assumed,
    unused,
  };
}
