import { DateTime } from 'luxon';
import { ianaZone, inZone } from '../../base/date-time.ts';
import type { CreateCommand, FindTimeCommand, Invitee } from '../../language/command.ts';
import { BLANK_CREATE } from '../../meeting/complete-command.ts';
import { GRACE_MS } from '../../meeting/decide.ts';
import type { Schedule } from '../../meeting/event.ts';
import {
  type FreeTime,
  type FreeTimes,
  findFreeTimes,
  floorToStep,
  isBusy,
  type Search,
  STEP_MINUTES,
  standAt,
} from '../../meeting/free-times.ts';
import { addressOf, askedOf, writtenName } from '../../meeting/guest-list.ts';
import type { Guest } from '../../meeting/meeting.ts';
import type { TimesReply } from '../../say/cards/times.ts';
import type { Pending } from '../../store/store.ts';
import { answerNotice, answerWith, type Outcome } from '../../teams/outcome.ts';
import { carryOut } from '../make/plan.ts';
import { resolveGuests } from '../make/resolve-guests.ts';
import { NO_ANSWER, type OpenRequest, park, withAnswer } from '../request.ts';
import { calendarIn, type GraphScope, type Services, type TurnScope } from '../services.ts';
import type { Progress } from '../sign-in/caller.ts';

/** One request, with everything that is known before calendars are looked at. */
type Request = {
  pending: Pending;
  command: FindTimeCommand;
  people: readonly Person[];
  wanted: Wanted;
};

/** A stretch of time. */
type Time = { start: DateTime; end: DateTime };

/** The meeting to make at a time that was chosen and still suits everybody, and the request that makes it. */
type Chosen = { create: CreateCommand; pending: Pending };

/**
 * Looks for times that suit everybody, and offers them as buttons. Before a chosen time becomes a meeting, it is checked
 * again; if somebody is busy by then, other times are offered.
 */
export async function findTime(
  command: FindTimeCommand,
  opened: OpenRequest,
  scope: TurnScope,
): Promise<Progress | Chosen> {
  const { services } = scope;
  if (services.calendar === null) return answerNotice('noCalendars');
  const { pending } = opened;
  const now = services.now().setZone(ianaZone(opened.zone));
  const found = await findPeople(command, pending, scope);
  const { people, invitees } = found;
  const wanted = toSearch(command, { ...opened, now });
  const refused = refusedBy(found, wanted);
  if (refused !== null) return answerNotice(refused);
  const request = { pending, command, people, wanted };
  const chosen = chosenTime(pending);
  const work = async (scope: GraphScope) => {
    if (chosen === null) return offerTimes(request, scope);
    const isFree = pending.offer?.isBegun || (await isStillFree(request, chosen, scope));
    // After one more answer the buttons of the earlier card have no effect.
    if (!isFree) return offerTimes({ ...request, pending: withAnswer(pending, NO_ANSWER) }, scope, chosen);
    const create = { ...BLANK_CREATE, when: chosen, subject: command.subject, invitees };
    // While it is being made nothing more is asked, and another try makes the same meeting.
    const offer = pending.offer && { offer: { ...pending.offer, isBegun: true as const } };
    return { create, pending: { ...pending, isAgreed: true as const, ...offer } };
  };
  return carryOut({ draft: null, work, reach: 'calendar', isMailing: false }, pending, scope);
}

/** The time whose button was pressed last. Null if none was. */
function chosenTime({ offer, answers }: Pending): Time | null {
  const time = offer?.times[answers.at(-1)?.choice ?? Number.NaN];
  if (offer === undefined || time === undefined) return null;
  return { start: inZone(time.start, offer.zone), end: inZone(time.end, offer.zone) };
}

async function isStillFree({ people, wanted }: Request, time: Time, scope: GraphScope): Promise<boolean> {
  const { schedules, since } = await readCalendars(people, time, scope);
  return !standAt(schedules, time, { since, zone: wanted.zone }).some(isBusy);
}

/**
 * Looks for times and shows what was found. `taken`: a time that was chosen and that does not suit everybody any more. Throws
 * GraphError.
 */
async function offerTimes(request: Request, scope: GraphScope, taken?: Time): Promise<Outcome> {
  const { wanted, people } = request;
  const asked = taken === undefined ? askedTime(request) : null;
  const found = await searchTimes(people, wanted, scope);
  if (asked !== null) return answerAsked(request, asked, found, scope);
  const lead = found.times.kind === 'none' ? found.times : { kind: 'found' as const };
  const told = taken === undefined ? lead : { kind: 'taken' as const, ...taken };
  return showTimes(request, told, timesOf(found), found, scope);
}

/** The one time that was asked about; null if there is none, or it has begun long ago. */
function askedTime({ command: { at }, wanted: { minutes, now } }: Request): Time | null {
  if (at === null || at.start.plus(GRACE_MS) < now) return null;
  return { start: at.start, end: at.end ?? at.start.plus({ minutes }) };
}

/** Offers the time that was asked about, also outside of working hours; where somebody is busy, the nearest others. */
function answerAsked(request: Request, asked: Time, found: Found, scope: TurnScope): Promise<Outcome> {
  const { people, wanted } = request;
  const { schedules, since } = found.shown;
  const left = { start: DateTime.max(asked.start, wanted.now), end: asked.end };
  const standings = standAt(schedules, left, { since, zone: wanted.zone });
  const nameOf = nameIn(people, scope);
  const named = standings.map(({ address, ...standing }) => ({ ...standing, name: nameOf(address) }));
  const tentative = standings.filter(({ presence }) => presence === 'tentative').map((one) => one.address);
  const times = standings.some(isBusy) ? timesOf(found) : [{ ...asked, tentative }];
  return showTimes(request, { kind: 'asked', ...asked, standings: named }, times, found, scope);
}

function timesOf({ times, next }: Found): readonly FreeTime[] {
  if (times.kind === 'found') return times.times;
  return next?.kind === 'found' ? next.times : [];
}

/** The card with its buttons; what they choose waits in the request. */
async function showTimes(
  request: Request,
  lead: TimesReply['lead'],
  times: readonly FreeTime[],
  { shown }: Found,
  scope: TurnScope,
): Promise<Outcome> {
  await keepOffer(request, times, scope);
  const { pending, command, wanted, people } = request;
  const { turn } = scope;
  const nameOf = nameIn(people, scope);
  const unknown = shown.schedules.filter((schedule) => 'unknown' in schedule);
  const reply: TimesReply = {
    kind: 'times',
    id: pending.id,
    asker: pending.asker,
    revision: pending.answers.length,
    subject: command.subject,
    zone: wanted.zone,
    minutes: wanted.minutes,
    lead,
    times: times.map((time) => ({ ...time, tentative: time.tentative.map(nameOf) })),
    unknown: unknown.map(({ address }) => nameOf(address)),
    isPersonal: turn.place === 'personal' || turn.isPrivate === true,
    isAlone: people.length === 1,
  };
  return answerWith('offered', { kind: 'card', reply });
}

async function keepOffer(
  { pending, command: { subject }, wanted: { zone } }: Request,
  times: readonly Time[],
  { services, owner }: TurnScope,
): Promise<void> {
  if (times.length === 0) return services.store.unpark(owner, pending.id);
  const { isAgreed: _, asks: __, ...open } = pending;
  const kept = times.map(({ start, end }) => ({ start: start.toMillis(), end: end.toMillis() }));
  const asks = times.length === 1 ? { asks: 'time' as const } : {};
  await park({ ...open, offer: { subject, zone, times: kept }, ...asks }, 'answer', services);
}

/** Returns people's names by address. In a chat of two the asker has none. */
const nameIn =
  (people: readonly Person[], { turn }: TurnScope) =>
  (address: string): string | null => {
    const person = people.find((one) => (one.address ?? one.name) === address);
    return person?.isAsker && turn.place === 'personal' ? null : (person?.name ?? address);
  };

/** Somebody whose time is looked at. Without an address their calendar cannot be asked for. */
type Person = { name: string; address: string | null; isAsker: boolean };

/** Those whose time is looked at, the asker first, and those of them who are to be guests. `isCut`: there are more, who are not known. */
async function findPeople(
  { people, isGroup }: FindTimeCommand,
  { answers, asker }: Pending,
  scope: TurnScope,
): Promise<{ people: readonly Person[]; invitees: readonly Invitee[]; isCut: boolean }> {
  const { channel, turn } = scope;
  const own = await channel.member(turn.teamsId);
  const first = { name: own?.name ?? asker, address: own?.upn ?? null, isAsker: true };
  const isEverybody = turn.place !== 'personal' && (isGroup || people.length === 0);
  if (isEverybody) {
    const { members, isCut } = await channel.roster();
    const others = members.filter(({ id }) => id !== scope.owner.user);
    const invitees = others.map(({ name, teamsId = null }) => ({
      kind: 'mention' as const,
      name,
      id: teamsId,
    }));
    return { people: [first, ...others.map(toPerson)], invitees, isCut };
  }
  const { guests } = await resolveGuests(askedOf(people, {}), answers, scope);
  return { people: [first, ...guests.map(toPerson)], invitees: people, isCut: false };
}

const toPerson = (guest: Guest): Person => ({
  name: writtenName(guest),
  address: addressOf(guest),
  isAsker: false,
});

/** What is looked for; `since` is known when the schedules are. */
export type Wanted = Omit<Search, 'since'>;

/** Graph looks through so many days at once. */
export const MOST_DAYS = 61;
/** Graph looks at so many calendars at once. */
const MOST_PEOPLE = 20;
/** Where nothing was said, and where nothing was found, so many days are looked through. */
const NEXT_DAYS = 7;

/** What was asked for, with the length and the days of which nothing was said. */
export function toSearch(
  { minutes, window: said, at, part }: FindTimeCommand,
  { asked, zone, minutes: usual, now }: Pick<OpenRequest, 'asked' | 'zone' | 'minutes'> & { now: DateTime },
): Wanted {
  const length = minutes ?? at?.end?.diff(at.start, 'minutes').minutes ?? usual;
  const from = at === null ? asked : at.start.startOf('day');
  const window = said ?? { from, to: from.plus({ days: NEXT_DAYS }) };
  return {
    window,
    minutes: Math.round(length),
    zone,
    now,
    near: at?.start ?? (part === null ? null : window.from.set({ hour: HOURS[part], minute: 0 })),
  };
}

/** The hour to which the times of a part of the day are to be near. */
const HOURS = { morning: 10, afternoon: 15, evening: 18, night: 20 } as const;

/** Why it cannot be looked for, as Graph would refuse it or not all people are known; null if it can. */
export function refusedBy(
  { people, isCut }: { people: readonly Person[]; isCut: boolean },
  { window }: Pick<Wanted, 'window'>,
): 'tooManyToFind' | 'membersUnknown' | 'tooLongToFind' | null {
  if (people.filter(({ address }) => address !== null).length > MOST_PEOPLE) return 'tooManyToFind';
  if (isCut) return 'membersUnknown';
  return window.to.diff(window.from, 'days').days > MOST_DAYS ? 'tooLongToFind' : null;
}

/** What people's calendars show, and from when on. */
type Shown = { schedules: readonly Schedule[]; since: DateTime };

/** Whose calendars can be read, and where. */
type CalendarScope = Pick<GraphScope, 'caller'> & { services: Pick<Services, 'calendar'> };

/** What calendars show during a time, and for a step before and after it. Throws GraphError. */
async function readCalendars(
  people: readonly Person[],
  { start, end }: Time,
  { caller, services }: CalendarScope,
): Promise<Shown> {
  const step = STEP_MINUTES * 60_000;
  const since = floorToStep(start).minus(step);
  const until = floorToStep(end.plus(step - 1)).plus(step);
  const addresses = people.flatMap(({ address }) => address ?? []);
  const span = { start: since, end: until };
  const known =
    addresses.length === 0 ? [] : await calendarIn(services).schedules(addresses, span, STEP_MINUTES, caller);
  const nameless = people.filter(({ address }) => address === null);
  const unknown = nameless.map(({ name }) => ({ address: name, unknown: true as const }));
  return { schedules: [...known, ...unknown], since };
}

/** What was found; where that is nothing, `next` are times of the days after. */
type Found = { times: FreeTimes; next: FreeTimes | null; shown: Shown };

/** Looks for times, and where there are none, in the days after. Throws GraphError. */
export async function searchTimes(
  people: readonly Person[],
  wanted: Wanted,
  scope: CalendarScope,
): Promise<Found> {
  const { window, now } = wanted;
  const start = window.from < now ? now : window.from;
  const later = window.to < now ? now : window.to;
  const days = MOST_DAYS - Math.ceil(later.diff(start, 'days').days);
  const to = later.plus({ days: Math.max(0, Math.min(NEXT_DAYS, days)) });
  const shown = await readCalendars(people, { start, end: to }, scope);
  const search = { ...wanted, since: shown.since };
  const times = findFreeTimes(shown.schedules, search);
  if (times.kind === 'found') return { times, next: null, shown };
  const near = wanted.near ?? partOfDay(window);
  const next = findFreeTimes(shown.schedules, { ...search, window: { from: later, to }, near });
  return { times, next, shown };
}

/** The middle of a part of a day, which is what was asked for of another day, too. */
function partOfDay({ from, to }: Wanted['window']): DateTime | null {
  const hours = to.diff(from, 'hours').hours;
  return hours < 24 ? from.plus({ hours: hours / 2 }) : null;
}
