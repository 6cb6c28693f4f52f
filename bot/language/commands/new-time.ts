import type { Zone } from 'luxon';
import type { Change, Need } from '../command.ts';
import { hasTag } from '../lexicon.ts';
import { isJointAt } from '../people/invitees.ts';
import type { Sentence } from '../reading.ts';
import type { Place } from '../roles/roles.ts';
import { isSaidAt, isWithin, positionsIn, saidIn } from '../said.ts';
import type { TimeSpan } from '../time/spans.ts';
import { governing } from '../time/when.ts';

/** So many small words may stand between a verb and what it brings: "add also Gina". */
const NEAR = 1;

/** What is brought by a verb that moves a meeting as well: the people or the wish right behind it, "add *Gina*". */
function broughtBy({ parts, options }: Sentence, verb: Place): Place | undefined {
  const brought = [...parts.filter(({ role }) => role === 'guest'), ...options];
  return brought.find(({ first }) => first >= verb.next && first - verb.next <= NEAR);
}

/** Whether a word in a place does something, so that what follows is not of the verb before it. */
const isDoneIn = ({ tokens, pack }: Sentence, place: Place): boolean =>
  ['act', 'proposes'].some((tag) => saidIn(tokens, pack, tag, place).length > 0);

/**
 * Whether a verb moves a meeting by this length. The "add" of "make it 45 min and add Gina" and of "add Gina, make it 45 min"
 * only brings people, so that the length is the new one.
 */
function isVerbOf(sentence: Sentence, verb: Place, length: Place): boolean {
  const { tokens } = sentence;
  const brought = broughtBy(sentence, verb);
  if (verb.first < length.first)
    return brought === undefined || !isDoneIn(sentence, { first: brought.next, next: length.first });
  const between = positionsIn({ first: length.next, next: verb.first });
  return (
    brought === undefined && !between.some((at) => isJointAt(sentence, at) || tokens[at]?.kind === 'sign')
  );
}

/** "add Gina and 15 min": so much longer, or so long. */
export function openLengths(sentence: Sentence): TimeSpan[] {
  const { tokens, pack, said } = sentence;
  const verbs = saidIn(tokens, pack, 'moves:length/+');
  const isOpen = (length: Place) =>
    verbs.some((verb) => {
      const brought = broughtBy(sentence, verb);
      return brought !== undefined && brought.next <= length.first && isVerbOf(sentence, verb, length);
    });
  return said.filter(
    (time) => time.kind === 'length' && !isSaidAt(tokens, pack, 'cue:for', time.first) && isOpen(time),
  );
}

const lengthOf = (when: Change['when']) =>
  when?.end ? Math.round(when.end.diff(when.start, 'minutes').minutes) : null;

/** How long a range is whose day must be asked, in minutes: "10 to 11" that has gone by today is as long on another day. Null where it has no end. */
export const lengthOffered = ({ when, choices, clock }: Sentence['when']): number | null =>
  when === null ? lengthOf(choices.find(({ start }) => start.toFormat('HH:mm') === clock) ?? null) : null;

const DAY_MINUTES = 1440;

/** A time that is to be, and what must be asked of it. */
type NewTime = Omit<Change, 'subject'> & { needs: readonly Need[] };

const DATED: ReadonlySet<TimeSpan['kind']> = new Set(['date', 'relative']);
const hasClock = ({ kind }: TimeSpan) => kind === 'clock' || kind === 'relative' || kind === 'now';

/** Whether the times of a sentence name a day. */
export function saysDay({ said }: Pick<Sentence, 'said'>): boolean {
  return said.some((span) => DATED.has(span.kind) || (span.kind === 'clock' && span.fromDate !== null));
}

/** The weekday that is the only word for a day: "make it Friday", not "next Friday" or "Friday the 3rd". */
export function weekdayAlone({ said, tokens, pack }: Sentence): number | null {
  const [day, ...more] = said.filter(({ kind, weak }) => DATED.has(kind) && !weak);
  if (day?.kind !== 'date' || more.length > 0 || day.often !== null || day.said.source !== 'weekday')
    return null;
  const isSmall = (at: number) => isSaidAt(tokens, pack, ['cue', 'art'], at);
  const words = positionsIn(day).filter((at) => tokens[at]?.kind !== 'sign' && !isSmall(at));
  const isAlone = words.length === 1 && isSaidAt(tokens, pack, 'weekday', words[0] ?? -1);
  return isAlone && day.said.part === null ? day.said.weekday : null;
}

/** Whether something is said of the hour that tells none: "after lunch", "before 3pm", not "same time". */
const isHourOpen = (span: TimeSpan): boolean => span.kind === 'vague' && !span.isAmount && !span.isSame;

/**
 * The start that a sentence names. Without a day the meeting's own counts, so a clock that has gone by is no question;
 * with a day alone the clock stays, and with a part of a day or "after lunch" it is asked: the old clock may be in another.
 */
function newStart(sentence: Sentence): NewTime {
  const { when: times, said } = sentence;
  const hasDay = saysDay({ said });
  const weekday = weekdayAlone(sentence);
  const { when } = times;
  // An hour that has gone by today is meant on the meeting's day.
  const meant = when ?? (times.needs.includes('past') ? (times.choices[0] ?? null) : null);
  const abroad = hasDay || meant === null ? null : zoneIn(said, meant.start.zone);
  const isWhole = hasDay && said.some(hasClock);
  const isChoice = times.unused.length > 0 || times.choices.length > 1;
  const saysPart = said.some((span) => isHourOpen(span) || (span.kind === 'date' && span.said.part !== null));
  const settled: Partial<Record<Need, boolean>> = {
    time: hasDay && !isChoice && !saysPart,
    past: !hasDay || weekday !== null,
    date: !hasDay && !isChoice,
  };
  return {
    when: isWhole ? when : null,
    day: hasDay ? (times.day ?? when?.start.toISODate() ?? null) : null,
    ...(weekday !== null && { weekday }),
    ...(abroad === null
      ? { clock: isWhole && when ? when.start.toFormat('HH:mm') : (clockOf(when, said) ?? times.clock) }
      : { clock: clockOf(meant, said, abroad), clockZone: abroad }),
    minutes: times.minutes ?? lengthOf(when) ?? lengthOffered(times),
    shiftMinutes: null,
    needs: times.needs.filter((need) => !settled[need]),
  };
}

function clockOf(when: Change['when'], said: readonly TimeSpan[], zone?: string): string | null {
  if (when === null || !said.some(hasClock)) return null;
  return (zone === undefined ? when.start : when.start.setZone(zone)).toFormat('HH:mm');
}

/** The name of the zone that governs the clock of a sentence; null where it names none. */
export function zoneIn(said: readonly TimeSpan[], own: Zone): string | null {
  const zones = said.flatMap((span) =>
    span.kind === 'zone' || span.kind === 'clock' ? (span.zone ?? []) : [],
  );
  return zones[0] === undefined ? null : governing(zones[0], own).zone.name;
}

/** Which way the verb moves a meeting, or by this length: its start or its length, later or earlier, "schieb es … [vor]". */
function directionIn(sentence: Sentence, length?: Place): { of: string; sign: 1 | -1 } | null {
  const { tokens, pack } = sentence;
  const verbs = saidIn(tokens, pack, 'moves').filter((verb) => !length || isVerbOf(sentence, verb, length));
  const [said] = verbs.flatMap(({ values }) => values);
  const [of = '', sign] = said?.split('/') ?? [];
  const last = tokens.findLastIndex(
    ({ kind }, at) => kind !== 'sign' && !isSaidAt(tokens, pack, 'polite', at),
  );
  const isSooner = sign === '-' || isSaidAt(tokens, pack, 'sooner', last);
  return said === undefined ? null : { of, sign: isSooner ? -1 : 1 };
}

/**
 * Whether "to" stands before the length: it is the new one, not what is added or taken away. A word that is "at" before
 * a clock and "by" before a length, as German "um", says the latter.
 */
function isGoal({ tokens, pack }: Sentence, { first }: TimeSpan): boolean {
  const isTo = (at: number) => {
    const matches = pack.matchesAt(tokens, at);
    return hasTag(matches, 'cue:to', 'cue:for') || (hasTag(matches, 'cue:at') && !hasTag(matches, 'cue:by'));
  };
  return isTo(first - 1) || isTo(first);
}

/** By how much the start or the length is moved: "10 minutes later", "push it by 15", "extend it 30 minutes". */
function shiftIn(sentence: Sentence): Pick<Change, 'shiftMinutes' | 'extendMinutes'> | null {
  const shift = sentence.said.find((span) => span.kind === 'shift');
  if (shift) {
    const direction = directionIn(sentence, shift);
    const minutes = shift.minutes + (shift.days ?? 0) * DAY_MINUTES;
    if (shift.isSigned && shift.of === 'length') return { shiftMinutes: null, extendMinutes: minutes };
    if (shift.isSigned || direction === null) return { shiftMinutes: minutes };
    return moved(minutes, direction);
  }
  const length = sentence.said.find((span) => span.kind === 'length');
  const { tokens, pack } = sentence;
  // German "noch 45 Minuten" is so much longer, and "nur noch" is how long.
  const isLonger = length !== undefined && isSaidAt(tokens, pack, 'longer', length.first - 1);
  if (isLonger && !isSaidAt(tokens, pack, 'only', length.first - 2))
    return { shiftMinutes: null, extendMinutes: length.minutes };
  const isAlone = !sentence.said.some(({ kind, weak }) => !weak && (kind === 'clock' || kind === 'date'));
  const days = sentence.said.find((span) => span.kind === 'vague' && (span.days ?? 0) > 0);
  if (!length && days?.kind === 'vague' && isAlone && !isGoal(sentence, days)) {
    const by = directionIn(sentence, days);
    return by?.of === 'start' ? moved((days.days ?? 0) * DAY_MINUTES, by) : null;
  }
  if (!length || !isAlone || isGoal(sentence, length)) return null;
  const by = directionIn(sentence, length);
  return by && moved(length.minutes, by);
}

function moved(
  minutes: number,
  { of, sign }: { of: string; sign: 1 | -1 },
): Pick<Change, 'shiftMinutes' | 'extendMinutes'> {
  const by = minutes * sign;
  return of === 'length' ? { shiftMinutes: null, extendMinutes: by } : { shiftMinutes: by };
}

const TIMES: ReadonlySet<TimeSpan['kind']> = new Set([
  'clock',
  'date',
  'relative',
  'length',
  'now',
  'part',
  'repeat',
  'vague',
]);

/** "raccourcis à une heure": behind a verb that shortens, hours that are written as lengths are may be how long, in minutes. */
function shortenedTo(sentence: Sentence): number | null {
  const { said, tokens, pack } = sentence;
  const direction = directionIn(sentence);
  const clock = said.find((span) => span.kind === 'clock');
  if (direction?.of !== 'length' || direction.sign > 0 || clock?.kind !== 'clock') return null;
  const { from, to, next } = clock;
  const isHours = hasTag(pack.matchesAt(tokens, next - 1), 'unit:hour') && from.half === null;
  return isHours && to === null && from.hour <= LONGEST_HOURS ? from.hour * 60 + from.minute : null;
}

/** "passe-la à 1h30": hours that are written as lengths are, where no verb says whether they are when it begins or how long it is. */
function isHourOrLength(sentence: Sentence): boolean {
  const { said, tokens, pack } = sentence;
  const [clock, ...more] = said.filter(({ kind, weak }) => TIMES.has(kind) && !weak);
  if (clock?.kind !== 'clock' || more.length > 0 || directionIn(sentence) !== null) return false;
  const { from, to, fromDate } = clock;
  const isHours = positionsIn(clock).some((at) => isSaidAt(tokens, pack, 'unit:hour', at));
  const isOpen = from.half === null && from.part === null && from.hour <= USUAL_HOURS;
  return isHours && isOpen && to === null && fromDate === null;
}

/** What goes on longer is rarely so long: from three on it is an hour. */
const USUAL_HOURS = 2;
const LONGEST_HOURS = 8;
/** One hour is a length; of more hours it must be asked whether they are, or the hour at which the meeting ends. */
const SURELY_LENGTH = 119;

/** "extend Q3 to 2pm": a clock alone behind a verb that moves the end is the new end. */
function endIn(sentence: Sentence, { day, clock }: NewTime): string | null {
  const isOfEnd = directionIn(sentence)?.of === 'length' && day === null && !sentence.when.when?.end;
  return isOfEnd && !sentence.parts.some(({ role }) => role === 'guest') ? clock : null;
}

/** Whether an hour is said without its half of the day: "make it 8", "until 8:15". */
export const isHalfOpen = ({ said }: Sentence): boolean =>
  said.some((span) => {
    const clock = span.kind === 'clock' ? span.from : span.kind === 'until' ? span.to : null;
    return clock !== null && clock.half === null && clock.part === null && !clock.is24;
  });

/** Whether the end is to stay where it is; one that is said with its hour is that one. */
const isEndKept = ({ tokens, pack, when }: Sentence): boolean =>
  saidIn(tokens, pack, 'endkept').length > 0 && !when.when?.end && when.until === null;

/** "make it 10", of a meeting at 9am ET: an hour without a zone is in the zone in which the meeting's was said. */
function inZoneOfClock(time: NewTime, { said }: Sentence, clockZone: string | undefined): NewTime {
  const { when, day, clock } = time;
  const isSaid = clock !== null && said.every((span) => span.kind !== 'clock' || span.zone === null);
  if (clockZone === undefined || !isSaid || said.some(({ kind }) => kind === 'zone')) return time;
  const length = when?.end ? when.end.diff(when.start, 'minutes').minutes : null;
  return { ...time, when: null, day, clockZone, minutes: time.minutes ?? length };
}

/** "Make it half past", "20 past instead": minutes of an hour that is not said. */
function isHourUnsaid({ tokens, pack, times }: Sentence): boolean {
  const isRead = (place: Place) => times.some((time) => !time.weak && isWithin(place, time));
  const isMinutes = ({ first, next }: Place) =>
    tokens[first - 1]?.kind === 'number' && tokens[next]?.kind !== 'number';
  return (
    saidIn(tokens, pack, 'unfinished').some((place) => !isRead(place)) ||
    saidIn(tokens, pack, 'minutesof').some((place) => isMinutes(place) && !isRead(place))
  );
}

/** "The Tuesday after that": it counts from the meeting, and not from today. */
const isFollowing = ({ tokens, pack, said }: Sentence): boolean =>
  said.some((span) => span.kind === 'date' && span.said.weekday !== null) &&
  saidIn(tokens, pack, 'which').some(({ values }) => values.includes('following'));

/** "Push it 10": an hour, or so many minutes later, where no "to" stands before a number of which either may be. */
function isPushedBy(sentence: Sentence): boolean {
  const { said, tokens, pack } = sentence;
  const clock = said.find((span) => span.kind === 'clock');
  if (clock?.kind !== 'clock' || clock.next - clock.first > 1 || clock.from.minute !== 0) return false;
  const isMinutes = Number(tokens[clock.first]?.low) % 5 === 0;
  const isCued = ['cue:to', 'cue:at', 'cue:by'].some((tag) => isSaidAt(tokens, pack, tag, clock.first - 1));
  return isMinutes && !isCued && saidIn(tokens, pack, 'pushes').length > 0;
}

/** Everything that a sentence says of another time. Where it speaks of none, nothing is asked. */
export function newTime(sentence: Sentence, clockZone: string | undefined): NewTime {
  const shift = shiftIn(sentence);
  const { until } = sentence.when;
  const isSaid = sentence.said.some(({ kind, weak }) => TIMES.has(kind) && !weak);
  const start = {
    ...inZoneOfClock(newStart(sentence), sentence, clockZone),
    ...(isEndKept(sentence) && { keepsEnd: true as const }),
    ...(isHalfOpen(sentence) && { isEitherHalf: true as const }),
  };
  const length = shortenedTo(sentence);
  if (length !== null) {
    const isSure = length <= SURELY_LENGTH;
    const known = { ...start, when: null, day: null, clock: null };
    return { ...known, minutes: isSure ? length : null, needs: isSure ? [] : ['time'] };
  }
  if (isFollowing(sentence)) return { ...start, when: null, day: null, needs: ['date'] };
  if (isHourOrLength(sentence) || isHourUnsaid(sentence) || isPushedBy(sentence))
    return { ...start, when: null, day: null, clock: null, needs: ['time'] };
  if (shift) return { ...start, minutes: null, ...shift, needs: start.day || start.clock ? start.needs : [] };
  const end = until ?? endIn(sentence, start);
  const ended = end === null ? {} : { until: end, clock: until === null ? null : start.clock };
  const isOne =
    !sentence.when.unused.some(({ kind }) => kind === 'length') && !sentence.said.some(isHourOpen);
  const isLength = start.minutes !== null && start.day === null && start.clock === null && isOne;
  return { ...start, ...ended, needs: isSaid && !isLength ? start.needs : [] };
}
