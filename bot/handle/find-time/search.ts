import type { DateTime } from 'luxon';
import type { FindTimeCommand, Invitee } from '../../language/command.ts';
import type { Schedule } from '../../meeting/event.ts';
import {
  type FreeTimes,
  findFreeTimes,
  floorToStep,
  type Search,
  STEP_MINUTES,
} from '../../meeting/free-times.ts';
import { addressOf, askedOf, writtenName } from '../../meeting/guest-list.ts';
import type { Guest } from '../../meeting/meeting.ts';
import type { Pending } from '../../store/store.ts';
import { resolveGuests } from '../make/resolve-guests.ts';
import type { OpenRequest } from '../request.ts';
import { calendarIn, type GraphScope, type Services, type TurnScope } from '../services.ts';

/** Somebody whose time is looked at. Without an address their calendar cannot be asked for. */
export type Person = { name: string; address: string | null; isAsker: boolean };

/** Those whose time is looked at, the asker first, and those of them who are to be guests. `isCut`: there are more, who are not known. */
export async function findPeople(
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
export async function readCalendars(
  people: readonly Person[],
  { start, end }: { start: DateTime; end: DateTime },
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
export type Found = { times: FreeTimes; next: FreeTimes | null; shown: Shown };

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
