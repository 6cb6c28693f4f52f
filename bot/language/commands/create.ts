import { DateTime } from 'luxon';
import { ianaZone } from '../../base/date-time.ts';
import type { CalendarWish, CreateCommand, DayPart, Invitee, Recurrence, Span, Unmet } from '../command.ts';
import { isFresh } from '../conversation/known-meetings.ts';
import { NO_ONE, whichIn } from '../conversation/which-meeting.ts';
import { sidesIn, unnamedIn } from '../people/coming-and-leaving.ts';
import type { Frame, Sentence } from '../reading.ts';
import type { Part, Place } from '../roles/roles.ts';
import { isOverlapping, isSaidAt, isWithin, type Said, saidIn } from '../said.ts';
import { dayFrom, dayIn } from '../time/calendar.ts';
import { resolveTimes } from '../time/resolve.ts';
import { recurrenceIn } from '../time/series.ts';
import type { Times } from '../time/spans.ts';
import { optionsSaid, peopleIn, subjectSaid, unknownIn } from './change.ts';
import { saysDay, zoneIn } from './new-time.ts';

/** Whose calendar is meant, and the words that say it and nothing else. */
type Wished = { calendar: CalendarWish; places: readonly Place[] };

/** Into whose calendar a meeting is to go, "put it on my calendar", "and invite them"; null where nobody says so. */
export function calendarWish({ tokens, pack, parts }: Sentence): Wished | null {
  const named = parts.filter(({ role }) => role === 'which');
  const said = saidIn(tokens, pack, 'calendar').filter(
    (place) => !named.some((part) => isWithin(place, part)),
  );
  if (said.length === 0) return null;
  const isGuests = said.some(({ values }) => values.includes('guests'));
  return { calendar: isGuests ? 'guests' : 'mine', places: said };
}

/** Wishes that no meeting can have, and the words that say them and nothing else. */
type UnmetSaid = { unmet: readonly Unmet[]; places: readonly Place[] };

type Wish = Place & { unmet: Unmet; isNaming: boolean };

const MOST_CHATTING = 150;
const MOST_MEETING = 1000;
/** Wishes by whose word the meeting is called as well: "webinar", "weekly sync". */
const NAMING: ReadonlySet<string> = new Set(['event', 'recurrence']);
const SAID: ReadonlySet<string> = new Set(['event', 'organiser', 'everybody', 'questions', 'recurrence']);

/** How many people are to come, where a number of them is said. */
function crowds({ tokens, pack }: Sentence): Wish[] {
  return saidIn(tokens, pack, 'crowd').flatMap(({ first, next }): Wish[] => {
    let from = first;
    while (from > 0 && /^[\d.,]+$/.test(tokens[from - 1]?.low ?? '')) from -= 1;
    const digits = tokens.slice(from, first).map(({ low }) => low);
    const count = Number(digits.join('').replace(/[.,]/g, ''));
    if (count <= MOST_CHATTING) return [];
    return [{ first: from, next, unmet: count > MOST_MEETING ? 'everybody' : 'crowd', isNaming: false }];
  });
}

/** A passcode of one's own: a number behind the word, or a word behind "is" or a colon. */
function ownPasscodes({ tokens, pack, times }: Sentence): Wish[] {
  const isTime = (at: number) => times.some((time) => !time.weak && at >= time.first && at < time.next);
  return saidIn(tokens, pack, 'option').flatMap(({ first, next, values }): Wish[] => {
    if (!values.includes('passcode') || isSaidAt(tokens, pack, 'deny', first - 1)) return [];
    const isTold = /^[:=]$/.test(tokens[next]?.low ?? '') || isSaidAt(tokens, pack, 'tell', next);
    const at = isTold ? next + 1 : next;
    const { kind, low = '' } = tokens[at] ?? {};
    const isNumber = (kind === 'number' || kind === 'opaque') && low.length >= 4;
    const isWord =
      isTold &&
      kind === 'word' &&
      !isSaidAt(tokens, pack, 'deny', at) &&
      !isSaidAt(tokens, pack, 'affirm', at);
    return !isTime(at) && (isNumber || isWord)
      ? [{ first, next: at + 1, unmet: 'passcode', isNaming: false }]
      : [];
  });
}

/** Whether words that may be a wish name something else: what the meeting is about, or the thing of the next word. */
function isOther({ tokens, pack, parts }: Sentence, said: Said, unmet: Unmet): boolean {
  const part = parts.find((one) => isWithin(said, one) && (one.role === 'subject' || one.role === 'option'));
  if (!part || unmet === 'organiser') return false;
  const isJoined = [part.first - 1, part.first].some((at) => isSaidAt(tokens, pack, 'joins', at));
  if (part.role === 'option') return unmet !== 'everybody' || !isJoined;
  const isAbout =
    isSaidAt(tokens, pack, 'about', part.first - 1) || isSaidAt(tokens, pack, 'about', part.first);
  if (unmet === 'event') return isAbout || said.next !== part.next;
  const isOfMeeting = said.first === part.first && isSaidAt(tokens, pack, 'noun', said.next);
  if (unmet === 'recurrence') return isAbout || !isOfMeeting;
  // "launch, with Q&A"
  const isAdded =
    tokens[said.first - 2]?.low === ',' &&
    isSaidAt(tokens, pack, 'joins', said.first - 1) &&
    said.next === part.next;
  return said.first > part.first && !isAdded;
}

/** What is wished for that no meeting can have. Words that name the meeting as well stay its name. */
function unmetIn(sentence: Sentence): UnmetSaid {
  const { tokens, pack } = sentence;
  const said = saidIn(tokens, pack, 'unmet').flatMap((place): Wish[] => {
    const [unmet] = place.values.filter((value): value is Unmet => SAID.has(value));
    if (!unmet || isOther(sentence, place, unmet)) return [];
    return [{ ...place, unmet, isNaming: NAMING.has(unmet) }];
  });
  const unnamed = unnamedIn(sentence).map((place) => ({
    ...place,
    unmet: 'unnamed' as const,
    isNaming: false,
  }));
  const wishes = [...said, ...crowds(sentence), ...ownPasscodes(sentence), ...unnamed];
  return {
    unmet: [...new Set(wishes.map(({ unmet }) => unmet))],
    places: wishes.filter(({ isNaming }) => !isNaming),
  };
}

/** A room is called by its word as well: "standup room". */
function roomIn(sentence: Sentence): string | null {
  const { tokens, pack, parts } = sentence;
  const isWord = (at: number) => isSaidAt(tokens, pack, 'roomword', at);
  const named = parts.map((part) =>
    part.role === 'subject' && isWord(part.next) ? { ...part, next: part.next + 1 } : part,
  );
  return subjectSaid({ ...sentence, parts: named });
}

/** A name and guests end where a wish begins that is none of them; other parts that have to do with one go. */
function cutAt(part: Part, places: readonly Place[]): Part[] {
  const place = places.find((one) => isOverlapping(part, one));
  if (!place) return [part];
  const isName = part.role === 'subject' || part.role === 'guest';
  return isName && place.first > part.first ? [{ ...part, next: place.first }] : [];
}

/** Who is to come to a new meeting: without those of whom it is said that they are not, "with Ola, but not Sam". */
function invitedIn(sentence: Sentence): Invitee[] {
  const people = peopleIn(sentence);
  if (people.length === 0) return [];
  const nameOf = (one: Invitee) => (one.kind === 'email' ? one.email : one.name);
  const names = new Set(sidesIn(sentence).leaving.map(nameOf));
  return people.filter((one) => !names.has(nameOf(one)));
}

/** The command to make the meeting that a sentence describes. */
export function createIn(sentence: Sentence, mode: CreateCommand['mode'], frame: Frame): CreateCommand {
  const { when: times } = sentence;
  const { unmet, places } = unmetIn(sentence);
  const wish = calendarWish(sentence);
  const parts = sentence.parts.flatMap((part) => cutAt(part, [...places, ...(wish?.places ?? [])]));
  const possible = { ...sentence, parts };
  const base = {
    kind: 'create' as const,
    mode,
    subject: mode === 'room' ? roomIn(possible) : subjectSaid(possible),
    invitees: invitedIn(possible),
    options: optionsSaid(sentence),
    minutes: times.when?.end && times.minutes === null ? null : times.minutes,
    ...(wish && { calendar: wish.calendar }),
    ...(unmet.length > 0 && { unmet }),
    ...unknownIn(sentence),
  };
  const isAnyTime = mode === 'room' && times.when === null && times.clock === null;
  if (mode === 'now' || isAnyTime) {
    const start = frame.now.setZone(frame.zone === null ? frame.now.zone : ianaZone(frame.zone));
    const end = base.minutes === null ? null : start.plus({ minutes: base.minutes });
    const when = mode === 'now' ? { start, end } : null;
    return { ...base, when, day: null, clock: null, needs: [], choices: [], assumed: [] };
  }
  const { when, day, clock, assumed, wrongDays } = times;
  const recurrence = recurrenceOf(sentence, unmet);
  const needs = mode === 'room' ? times.needs.filter((need) => need !== 'recurrence') : times.needs;
  const choices = times.choices.length > 0 ? times.choices : hoursOffered(times, frame);
  return {
    ...base,
    ...{ when, day, clock, needs, choices, assumed },
    ...(times.range && { days: times.range }),
    ...clockZoneIn(sentence),
    ...(when === null && times.part !== null && { part: times.part }),
    ...(recurrence && { recurrence }),
    ...(wrongDays.length > 0 && { wrongDays }),
  };
}

/** The zone of the clock, where one was said that is not the person's own: "9am ET". */
function clockZoneIn({ said, when: { when } }: Sentence): Pick<CreateCommand, 'clockZone'> {
  const zone = when && zoneIn(said, when.start.zone);
  return when && zone && zone !== when.start.zoneName ? { clockZone: zone } : {};
}

/** How a meeting is to repeat, where that is asked for and said exactly; "weekly sync" says so in its name. */
function recurrenceOf({ said, times, when }: Sentence, unmet: readonly Unmet[]): Recurrence | null {
  const isNamed = unmet.includes('recurrence') || said.some(({ kind }) => kind === 'ending');
  if (!isNamed && !when.needs.includes('recurrence')) return null;
  const names = isNamed ? times.filter(({ kind, weak }) => kind === 'repeat' && weak) : [];
  const first = when.when ? dayIn(when.when.start) : when.day === null ? null : dayFrom(when.day);
  return recurrenceIn(said, names, first);
}

/** Where a day and a part of it are known, three hours of it that lie ahead, to choose from. */
function hoursOffered({ day, part, minutes, needs }: Times, { now, zone }: Frame): readonly Span[] {
  if (day === null || part === null || zone === null || needs.join() !== 'time') return [];
  const midnight = DateTime.fromISO(day, { zone: ianaZone(zone) });
  return HOURS_OF[part]
    .map((hour) => midnight.set({ hour }))
    .filter((start) => start > now)
    .map((start) => ({ start, end: minutes === null ? null : start.plus({ minutes }) }));
}

const HOURS_OF: Readonly<Record<DayPart, readonly number[]>> = {
  morning: [9, 10, 11],
  afternoon: [14, 15, 16],
  evening: [18, 19, 20],
  night: [20, 21, 22],
};

/** The times of another meeting like the one at hand: an hour alone is on the day of that one, where it lies ahead. */
function timesAgain({ said, when, tokens, pack }: Sentence, frame: Frame): Times {
  const { focus } = frame.context ?? {};
  const day = isFresh(focus) ? DateTime.fromISO(focus.start, { zone: frame.now.zone }).startOf('day') : null;
  const isHourAlone =
    said.some(({ kind }) => kind === 'clock') &&
    !said.some(({ kind }) => kind === 'relative' || kind === 'now') &&
    !saysDay({ said });
  return day && day > frame.now && isHourAlone
    ? resolveTimes(said, tokens, pack, { ...frame, now: day })
    : when;
}

/**
 * Who of the other meeting's guests does not come: all where people are named with "with", and no word says "as well"; else
 * those of whom it is said, "same again without Kim".
 */
function notCopiedIn(sentence: Sentence): Pick<CreateCommand, 'notCopied'> {
  const { tokens, pack, parts } = sentence;
  const isWith = ({ role, first }: Part) =>
    role === 'guest' && [first - 1, first].some((at) => isSaidAt(tokens, pack, 'together', at));
  // "with Kim too"; the "also" of "also one more at 6 with Kim" is of the meeting.
  const isOfGuest = (place: Place) =>
    parts.some(
      ({ role, first, next }) =>
        role === 'guest' && (next === place.first || isOverlapping(place, { first: first - 2, next })),
    );
  const isBeside =
    saidIn(tokens, pack, 'samepeople').length > 0 || saidIn(tokens, pack, 'besides').some(isOfGuest);
  if (parts.some(isWith) && !isBeside && invitedIn(sentence).length > 0) return { notCopied: 'all' };
  const { leaving } = sidesIn(sentence);
  return leaving.length > 0 ? { notCopied: leaving } : {};
}

/** Another meeting like one that is there, at another time. */
export function againIn(sentence: Sentence, frame: Frame): CreateCommand {
  const isNamed = sentence.parts.some(({ role }) => role === 'which');
  const heard = isNamed ? sentence : { ...sentence, when: timesAgain(sentence, frame) };
  const command = { ...createIn(heard, 'scheduled', frame), ...notCopiedIn(sentence) };
  const days = daysLaterIn(sentence);
  const copies = isNamed ? whichIn(sentence, frame) : NO_ONE;
  const isDayOpen = (command.when === null && command.day === null) || !saysDay(sentence);
  if (days !== null && isDayOpen) return { ...command, copies, daysLater: days };
  // "A week later on Thursday": the day and what counts from the other meeting may be two days.
  const isCounted = sentence.said.some((span) => span.kind === 'shift' && span.days > 0);
  return isCounted ? { ...command, copies, when: null, day: null, needs: ['date'] } : { ...command, copies };
}

const WEEK_DAYS = 7;
const NEXT: ReadonlySet<string> = new Set(['next', 'following']);

/** How many days later than the other it is to be: "two days later", "next week" or "the week after"; null where none are said. */
function daysLaterIn({ said, tokens, pack }: Sentence): number | null {
  const [days] = said.flatMap((span) => (span.kind === 'shift' && span.days > 0 ? [span.days] : []));
  if (days !== undefined) return days;
  const weeks = saidIn(tokens, pack, 'unit').filter(({ values }) => values.includes('week'));
  const isOfWeek = ({ first, next }: Place) =>
    weeks.some((week) => week.next === first || next === week.first);
  const isNext = ({ values }: Said) => values.some((value) => NEXT.has(value));
  // "The week after next" counts from today.
  const isFromToday = tokens.some((_token, at) =>
    pack.matchesAt(tokens, at).some((match) => match.said.get('which')?.includes('afternext')),
  );
  const isNextWeek =
    saidIn(tokens, pack, 'nextweek').length > 0 ||
    saidIn(tokens, pack, 'which').some((place) => isNext(place) && isOfWeek(place));
  return isNextWeek && !isFromToday ? WEEK_DAYS : null;
}
