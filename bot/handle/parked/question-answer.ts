import { DateTime, IANAZone } from 'luxon';
import type { CreateCommand, FindTimeCommand, Answer as Typed } from '../../language/command.ts';
import { soughtMeeting } from '../../meeting/complete-command.ts';
import { LONGEST_MINUTES, type UnreadField } from '../../meeting/decide.ts';
import { isTimeless, onlyOf, ordinalIndex, pickAmong } from '../../meeting/which-meeting.ts';
import type { Answer, Pending } from '../../store/store.ts';
import { isFilled, readDateInput, readTimeInput } from '../../teams/card-inputs.ts';
import type { CardAction } from '../../teams/turn.ts';
import { whichContext } from '../cards/questions.ts';
import { MOST_NAMES } from '../make/resolve-guests.ts';
import { NO_ANSWER, openRequest } from '../request.ts';
import { comingMeetings, type TurnScope } from '../services.ts';
import { readAgain } from './read-again.ts';

const CONFIRMED: ReadonlySet<Pending['asks']> = new Set(['cancel', 'renew', 'invite']);

/** The answer that the question's own button would bring for yes. */
export function yesTo({ asks }: Pending): Answer {
  if (asks === undefined) return NO_ANSWER;
  return {
    ...NO_ANSWER,
    choice: 0,
    ...(CONFIRMED.has(asks) && { isConfirmed: true as const }),
  };
}

/** The answer that the question's card would bring for what was typed. Null if it does not answer this question. */
export async function toAnswer(typed: Typed, pending: Pending, scope: TurnScope) {
  if (pending.asks !== undefined) return null;
  if (pending.among !== undefined) {
    const choice = await placeAmong(typed, pending, scope);
    return choice === null ? null : { ...NO_ANSWER, choice };
  }
  if (pending.offer !== undefined) {
    const choice = placeOfTime(typed, pending.offer);
    return choice === null ? null : { ...NO_ANSWER, choice };
  }
  const { command: open } = await readAgain(pending, scope);
  const command = open.kind === 'findtime' && isNamed(open, scope) ? soughtMeeting(open) : open;
  if (command.kind !== 'create') return null;
  if (typed.isNow) return { ...NO_ANSWER, now: scope.services.now().toMillis() };
  const { half, clock } = typed;
  if (half !== null && clock === null && command.choices.length > 0) return toHalf(typed, half, command);
  const choice = isTimeless(typed) ? ordinalIndex(typed, command.choices.length) : null;
  const time = toTime(typed, command);
  return choice === null ? time : { ...NO_ANSWER, ...time, choice };
}

/** Whether those who are to meet are said, or it is the person alone; everybody of a chat is only known to a search. */
const isNamed = ({ people, isGroup }: FindTimeCommand, { turn }: TurnScope): boolean =>
  people.length > 0 || (turn.place === 'personal' && !isGroup);

/** The one hour of those that were offered that is in that half of the day, on the day that was said with it. Null if there is none, or more than one. */
function toHalf(typed: Typed, half: 'am' | 'pm', command: CreateCommand): Answer | null {
  const { choices } = command;
  const fits = choices.filter(({ start }) => start.hour >= 12 === (half === 'pm'));
  const time = onlyOf([...new Set(fits.map(({ start }) => start.toFormat('HH:mm')))]);
  if (time === null) return null;
  const { date, minutes = null } = toTime(typed, command) ?? NO_ANSWER;
  const [first, ...more] = fits;
  if (first === undefined) return null;
  const length = minutes ?? first.end?.diff(first.start, 'minutes').minutes ?? null;
  return date === null && more.length === 0
    ? { ...NO_ANSWER, minutes, choice: choices.indexOf(first) }
    : { ...NO_ANSWER, date, time, minutes: length };
}

/** Which of the times that were offered is meant ("the second one", "10:30", "Tuesday"). Null if several fit. */
function placeOfTime(typed: Typed, { times, zone }: NonNullable<Pending['offer']>): number | null {
  if (isTimeless(typed)) return ordinalIndex(typed, times.length);
  const { when, day, saysDay, clock } = typed;
  const date = saysDay ? (when?.start.toISODate() ?? day) : null;
  const said = when?.start.toFormat('HH:mm') ?? clock;
  const fits = times.flatMap(({ start }, place) => {
    const at = DateTime.fromMillis(start, { zone });
    const isMeant =
      (date ?? at.toISODate()) === at.toISODate() && (said ?? at.toFormat('HH:mm')) === at.toFormat('HH:mm');
    return isMeant ? [place] : [];
  });
  return onlyOf(fits);
}

/** The date and time that were typed. A clock alone is on the day that is known already, or else on the next day that shows it. */
function toTime(typed: Typed, asked: CreateCommand) {
  const { when, day, saysDay, clock, minutes: said, zone } = typed;
  const isKnown = asked.when !== null || asked.day !== null;
  const date = isKnown && !saysDay ? null : (dayWithin(typed, asked) ?? when?.start.toISODate() ?? day);
  const time = inPart(when?.start.toFormat('HH:mm') ?? clock, typed, asked);
  const minutes = when?.end?.diff(when.start, 'minutes').minutes ?? said;
  if ((date ?? time ?? minutes) !== null) return { ...NO_ANSWER, date, time, minutes };
  return zone === null ? null : { ...NO_ANSWER, zone };
}

/** "Tuesday", where the days of next week were said before: the Tuesday among them. Null where there is none. */
function dayWithin({ weekday }: Typed, { days }: CreateCommand): string | null {
  if (weekday === undefined || days === undefined) return null;
  const [first, last] = days.map((iso) => DateTime.fromISO(iso, { zone: 'utc' }));
  const day = first?.plus({ days: (weekday - first.weekday + 7) % 7 });
  return day && last && day <= last ? day.toISODate() : null;
}

const NOON = 12;

/** "At 8" or "at 7", where the evening was said before: 20:00, 19:00. */
function inPart(said: string | null, { isEitherHalf, halfOpenClock }: Typed, { part }: CreateCommand) {
  if (part === undefined) return said;
  const time = said ?? halfOpenClock ?? null;
  if (time === null || !isEitherHalf) return time;
  const { hour, minute } = DateTime.fromISO(time, { zone: 'utc' });
  const hours = (hour % NOON) + (part === 'morning' ? 0 : NOON);
  return DateTime.utc(1, 1, 1, hours, minute).toFormat('HH:mm');
}

/** Which of the meetings that the person was asked to choose from is meant. */
async function placeAmong(typed: Typed, pending: Pending, scope: TurnScope): Promise<number | null> {
  const all = await comingMeetings(scope);
  const offered = (pending.among ?? []).map((among) => all.find(({ id }) => id === among) ?? null);
  const { zone, asked } = await openRequest(pending, scope);
  return pickAmong(typed, offered, whichContext(asked, zone, scope));
}

const MOST_CHOICES = 10;
const FIELDS: readonly UnreadField[] = ['date', 'time', 'zone'];

/** Reads what a question card sends. An input that cannot be read is null, and is listed in `unread` if it is about the time. */
export function readCardAnswer(data: CardAction['data'], { turn, services }: TurnScope): Answer {
  const { choice } = data;
  const isChoice = typeof choice === 'number' && Number.isInteger(choice);
  const given = {
    date: readDateInput(data.date),
    time: readTimeInput(data.time, turn.locale),
    zone: readZone(data.zone),
  };
  const unread = FIELDS.filter((field) => given[field] === null && isFilled(data[field]));
  return {
    choice: isChoice && choice >= 0 && choice < MOST_CHOICES ? choice : null,
    ...given,
    minutes: readMinutes(data.minutes),
    who: readWho(data),
    ...(data.now === true && { now: services.now().toMillis() }),
    ...(unread.length > 0 && { unread }),
    ...(data.confirmed === true && { isConfirmed: true as const }),
  };
}

function readZone(value: unknown): string | null {
  const isName = typeof value === 'string' && /^[A-Za-z][\w+/-]{1,60}$/.test(value);
  return isName && IANAZone.isValidZone(value) ? value : null;
}

/** The inputs `who0`, `who1`, … up to the last that is there. */
function readWho(data: CardAction['data']): (string | null)[] {
  const values = Array.from({ length: MOST_NAMES }, (_, i) => data[`who${i}`]);
  const last = values.findLastIndex((value) => typeof value === 'string');
  return values
    .slice(0, last + 1)
    .map((value) => (typeof value === 'string' && value.length <= 200 ? value : null));
}

function readMinutes(value: unknown): number | null {
  const minutes = Number(value ?? Number.NaN);
  return Number.isInteger(minutes) && minutes > 0 && minutes <= LONGEST_MINUTES ? minutes : null;
}
