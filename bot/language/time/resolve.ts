import type { Need, Span } from '../command.ts';
import type { Pack } from '../pack.ts';
import type { Token, Tokens } from '../text/tokens.ts';
import { isoClock } from './calendar.ts';
import type { DateSaid } from './date-said.ts';
import { readHours } from './hours.ts';
import { isNounBehind, withoutWeak } from './hours-meant.ts';
import { dayIn } from './instants.ts';
import type { Part } from './parts.ts';
import type { Picked, Said, When } from './picked.ts';
import { NOTHING, sorted } from './picked.ts';
import { lasting } from './reckoning.ts';
import { reconcile } from './reconcile.ts';
import type { TimeFrame, TimeSpan, Times } from './spans.ts';
import { frameOf, settleWhen } from './when.ts';
import type { ZoneSaid } from './zones.ts';

type Of<K extends TimeSpan['kind']> = Extract<TimeSpan, { kind: K }>;
type Around = { tokens: Tokens; pack: Pack; spans: readonly TimeSpan[]; frame: TimeFrame };

function ofKind<K extends TimeSpan['kind']>(spans: readonly TimeSpan[], kind: K): Of<K>[] {
  return spans.filter((span): span is Of<K> => span.kind === kind);
}

/** The words of a span as written, without the small words before them. */
function wordsOf({ tokens, pack }: Around, span: TimeSpan | undefined): string {
  if (!span) return '';
  let first = span.first;
  const isSmall = (at: number) =>
    pack
      .matchesAt(tokens, at)
      .some(({ readings }) => readings.some((tags) => 'cue' in tags || 'approx' in tags));
  while (first < span.next - 1 && isSmall(first)) first += 1;
  const join = (text: string, { text: piece, glued }: Token) =>
    glued || text === '' ? text + piece : `${text} ${piece}`;
  return tokens.slice(first, span.next).reduce(join, '');
}

/** The part of the day that a word in the text stands for: dinner at 8 is in the evening. */
function mealtime({ tokens, pack }: Around): Part | null {
  for (let at = 0; at < Math.min(tokens.length, 40); at += 1)
    for (const { readings } of pack.matchesAt(tokens, at))
      for (const tags of readings) if (tags.meal !== undefined) return tags.meal as Part;
  return null;
}

/** The days that were said, without those that only describe the noun behind them ("the Monday metrics") where another is there. */
function daysSaid(around: Around): Of<'date'>[] {
  const days = ofKind(around.spans, 'date');
  const known = days.filter(({ said }) => said.source !== 'vague');
  const own = known.filter((day) => day.isCued || !isNounBehind(around, day));
  if (own.length > 0) return own;
  return known.length > 0 ? known : days.slice(0, 1);
}

/** Whether "or" or "and" stands between two spans. */
function isListed({ tokens, pack }: Around, { next }: TimeSpan, { first }: TimeSpan): boolean {
  const joins = (at: number) =>
    pack
      .matchesAt(tokens, at)
      .some(({ keys }) => keys.some(({ key }) => key === 'cue:or' || key === 'cue:and'));
  return first - next <= 2 && first > next && (joins(next) || joins(first - 1));
}

/** One day of all that were said; of a list of days that come again the first. */
function oneDay(days: readonly Of<'date'>[], around: Around): DateSaid | null {
  const [first, ...rest] = days;
  if (!first) return null;
  if (days.every(({ repeats }) => repeats))
    return days.map(({ said }) => said).reduce((a, b) => ((b.day ?? 0) < (a.day ?? 0) ? b : a));
  return rest.reduce(
    (said, day, index) => reconcile(said, day.said, isListed(around, days[index] ?? first, day)),
    first.said,
  );
}

/** The clocks that were said; a number that only its neighbours make an hour gives way to a certain one. */
function clocksSaid(around: Around): Of<'clock'>[] {
  const clocks = ofKind(around.spans, 'clock');
  const sure = clocks.filter(({ weak }) => !weak);
  return sure.length > 0 ? sure : clocks;
}

/** The hours that a part of the day may have. */
const HOURS: Readonly<Record<Part, readonly [number, number]>> = {
  morning: [0, 12],
  afternoon: [12, 18],
  evening: [16, 24],
  night: [18, 30],
};

/** Whether a part of the day does not go with an hour that leaves nothing to guess: "tomorrow morning at 3pm" does not. */
function contradicts(part: Part | null, { from }: Of<'clock'>): boolean {
  if (part === null || (from.half === null && !from.is24)) return false;
  const hour = from.half === null ? from.hour : (from.hour % 12) + (from.half === 'pm' ? 12 : 0);
  const [earliest, latest] = HOURS[part];
  const isEarlyNight = part === 'night' && hour < 6;
  return !isEarlyNight && (hour < earliest || hour > latest);
}

const sameZone = (a: ZoneSaid, b: ZoneSaid) => JSON.stringify(a) === JSON.stringify(b);

/** What clocks and lengths say of an end, in one clock. */
function withUntil(clock: Of<'clock'>, until: Of<'until'> | undefined): Of<'clock'> {
  if (!until || clock.to) return clock;
  return { ...clock, to: until.to, toDate: until.toDate, zone: clock.zone ?? until.zone };
}

/** Everything chosen for one clock: the same but for the clock. */
function pickedFor(clock: Of<'clock'> | null, base: Picked): Picked {
  return { ...base, clock, zone: clock?.zone ?? base.zone, part: clock?.from.part ?? base.part };
}

const distinct = <T>(values: readonly T[]) => [...new Set(values)];
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

/** A time said as so many minutes from now. */
function fromNow(minutes: number, length: number | null, { now, zone }: TimeFrame): When {
  const start = frameOf(null, { now, zone }).here.plus({ minutes }).startOf('minute');
  return { ...NOTHING, span: { start, end: lasting(start, length) } };
}

/** The one length that was said; null where there is none or they differ. */
function oneLength(lengths: readonly Of<'length'>[]): { minutes: number | null; unused: Of<'length'>[] } {
  const minutes = distinct(lengths.map((length) => length.minutes));
  const cued = lengths.filter(({ isCued }) => isCued);
  const [chosen] = minutes.length > 1 && cued.length > 0 ? cued : lengths;
  const unused = lengths.filter(
    (length) => length.minutes !== chosen?.minutes && length.isCued === chosen?.isCued,
  );
  return { minutes: chosen?.minutes ?? null, unused };
}

/** "de 45 minutes" is by 45 minutes, or lasting 45 minutes: the language has one word for both. */
function mayBeLength({ tokens, pack }: Around, { first, isSigned }: Of<'shift'>): boolean {
  return (
    !isSigned && pack.matchesAt(tokens, first).some(({ keys }) => keys.some(({ key }) => key === 'cue:for'))
  );
}

function shiftsAsLengths(around: Around): Of<'length'>[] {
  return ofKind(around.spans, 'shift')
    .filter((shift) => mayBeLength(around, shift))
    .map((shift) => ({ ...shift, kind: 'length' as const }));
}

/** A clock by itself in "HH:mm", by the customs of an office. */
function clockOf({ to }: Of<'until'>, part: Part | null): string {
  return isoClock(readHours(to, null, part).start % 1440);
}

function whenOf(
  clocks: readonly Of<'clock'>[],
  base: Picked,
  around: Around,
  words: Omit<Said, 'clock'>,
): When {
  if (clocks.length === 0) return settleWhen(base, around.frame, { ...words, clock: '' });
  const whens = clocks.map((clock) =>
    settleWhen(pickedFor(clock, base), around.frame, { ...words, clock: wordsOf(around, clock) }),
  );
  return among(whens) ?? NOTHING;
}

/** Puts together what a text says about when. Everything is used for it, or asked. */
export function resolveTimes(said: readonly TimeSpan[], tokens: Tokens, pack: Pack, frame: TimeFrame): Times {
  const spans = withoutWeak(said, tokens, pack);
  const around: Around = { tokens, pack, spans, frame };
  const until = ofKind(spans, 'until');
  const clocks = clocksSaid(around).map((clock) => withUntil(clock, until[0]));
  const days = daysSaid(around);
  const date = oneDay(days, around);
  const { minutes, unused } = oneLength([...ofKind(spans, 'length'), ...shiftsAsLengths(around)]);
  const zones = [
    ...ofKind(spans, 'zone').map(({ zone }) => zone),
    ...until.flatMap(({ zone }) => zone ?? []),
  ];
  const part = date?.part ?? ofKind(spans, 'part')[0]?.part ?? null;
  const base: Picked = { clock: null, date, minutes, zone: zones[0] ?? null, part: part ?? mealtime(around) };
  const words = {
    date: wordsOf(around, days.find((day) => day.said.source !== 'vague') ?? days[0]),
    zone: wordsOf(around, clocks[0]),
  };
  const relatives = ofKind(spans, 'relative');
  const [relative] = relatives;
  const isElapsed = relative !== undefined && clocks.length === 0;
  let when = isElapsed ? fromNow(relative.minutes, minutes, frame) : whenOf(clocks, base, around, words);
  const isTimed = clocks.length > 0 || days.length > 0;
  const shifts = ofKind(spans, 'shift').filter((shift) => !isTimed || !mayBeLength(around, shift));
  const isRepeated = ofKind(spans, 'repeat').length > 0 || days.some(({ repeats }) => repeats);
  const left: TimeSpan[] = [...unused, ...relatives.slice(isElapsed ? 1 : 0)];
  if (isElapsed && date !== null && when.span && (date.day === null || date.day !== dayIn(when.span.start)))
    left.push(...days);
  const [clock] = clocks;
  if (clock && clocks.length === 1 && minutes !== null && when.span?.end && clock.to) {
    const isSame = +when.span.end === +when.span.start.plus({ minutes });
    if (!isSame) when = within(when, minutes);
  }
  if (clocks.some((each) => contradicts(base.part === part ? part : null, each)))
    when = doubted(when, 'time');
  if (zones.some((zone) => !sameZone(zone, clock?.zone ?? zones[0] ?? zone))) when = doubted(when, 'tz');
  const nows = ofKind(spans, 'now');
  const isNow =
    nows.length > 0 &&
    clocks.length === 0 &&
    !isElapsed &&
    (date === null || date.day === dayIn(frameOf(null, frame).here));
  if (nows.length > 0 && !isNow && clocks.length > 0) left.push(...nows);
  if (left.length > 0) when = doubted(when, 'time');
  return {
    when: when.span,
    day: when.day,
    clock: when.clock,
    minutes,
    shiftMinutes: shifts.find(({ of }) => of === 'start')?.minutes ?? null,
    extendMinutes: shifts.find(({ of }) => of === 'length')?.minutes ?? null,
    until: until[0] && clocks.length === 0 ? clockOf(until[0], part) : null,
    isNow,
    needs: isRepeated ? sorted([...when.needs, 'recurrence']) : when.needs,
    choices: when.choices,
    assumed: when.assumed,
    unused: left,
  };
}
