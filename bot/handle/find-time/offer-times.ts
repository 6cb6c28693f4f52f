import { DateTime } from 'luxon';
import { ianaZone, inZone } from '../../base/date-time.ts';
import type { CreateCommand, FindTimeCommand } from '../../language/command.ts';
import { BLANK_CREATE } from '../../meeting/complete-command.ts';
import { GRACE_MS } from '../../meeting/decide.ts';
import { type FreeTime, isBusy, type Standing, standAt } from '../../meeting/free-times.ts';
import type { TimesReply } from '../../say/cards/times.ts';
import type { Pending } from '../../store/store.ts';
import { answerNotice, answerWith, type Outcome } from '../../teams/outcome.ts';
import { carryOut } from '../make/plan.ts';
import { NO_ANSWER, type OpenRequest, park, withAnswer } from '../request.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import type { Progress } from '../sign-in/caller.ts';
import {
  type Found,
  findPeople,
  type Person,
  readCalendars,
  refusedBy,
  searchTimes,
  toSearch,
  type Wanted,
} from './search.ts';

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
  const times = standings.some(isBusy) ? timesOf(found) : [{ ...asked, tentative: tentativeIn(standings) }];
  return showTimes(request, { kind: 'asked', ...asked, standings: named }, times, found, scope);
}

const tentativeIn = (standings: readonly Standing[]) =>
  standings.filter(({ presence }) => presence === 'tentative').map(({ address }) => address);

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
