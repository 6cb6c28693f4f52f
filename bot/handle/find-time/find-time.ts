import { DateTime } from 'luxon';
import { ianaZone } from '../../base/date-time.ts';
import type { Caller } from '../../graph/call-as.ts';
import type { Calendar } from '../../graph/events.ts';
import type { CreateCommand, FindTimeCommand } from '../../language/command.ts';
import { isBusy, type Standing, standAt } from '../../meeting/free-times.ts';
import type { TimesReply } from '../../say/cards/times.ts';
import type { Pending, Settings } from '../../store/store.ts';
import { answerNotice, answerWith, type Outcome } from '../../teams/outcome.ts';
import { orDraft } from '../make/make.ts';
import { park } from '../park.ts';
import type { TurnScope } from '../services.ts';
import type { Progress } from '../sign-in/caller.ts';
import { findPeople, type Person } from './people.ts';
import { type Found, readSchedules, refusedBy, searchTimes, type Wanted, wantedOf } from './search.ts';

/** Where and when it was asked, and what its asker has set. */
type Circumstances = { zone: string | null; asked: DateTime; settings: Settings };

/** A time was chosen that still suits everybody: the meeting that is to be made. */
type Chosen = { create: CreateCommand };

/** One request, with everything that is known before calendars are looked at. */
type Request = {
  pending: Pending;
  command: FindTimeCommand;
  people: readonly Person[];
  wanted: Wanted;
  calendar: Calendar;
};

/**
 * Looks for times that suit everybody, and offers them as buttons. A time that was chosen is looked at once more before it
 * becomes a meeting; where somebody has taken it meanwhile, others are offered.
 */
export async function findTime(
  pending: Pending,
  command: FindTimeCommand,
  { zone: known, asked, settings }: Circumstances,
  scope: TurnScope,
): Promise<Progress | Chosen> {
  const { services } = scope;
  const { calendar } = services;
  if (calendar === null) return answerNotice('noCalendars');
  const zone = known ?? 'utc';
  const now = services.now().setZone(ianaZone(zone));
  const { people, invitees } = await findPeople(command, pending, scope);
  const wanted = wantedOf(command, { asked, now, zone, usual: settings.minutes });
  const refused = refusedBy(people, wanted);
  if (refused !== null) return answerNotice(refused);
  const request = { pending, command, people, wanted, calendar };
  const chosen = chosenTime(pending);
  const work = async (caller: Caller) => {
    if (chosen === null) return offer(request, caller, scope);
    // Another try, after Graph may have made it already: then the asker is busy with it.
    const isFree = pending.isAgreed || (await isStillFree(request, chosen, caller));
    if (!isFree) return offer({ ...request, pending: withoutChoice(pending) }, caller, scope, chosen);
    return { create: createAt(chosen, command, invitees) };
  };
  return orDraft(pending, work, null, scope, 'calendar');
}

type Time = { start: DateTime; end: DateTime };

/** The time whose button was pressed last. */
function chosenTime({ offer, answers }: Pending): Time | null {
  const time = offer?.times[answers.at(-1)?.choice ?? Number.NaN];
  if (offer === undefined || time === undefined) return null;
  const at = (instant: number) => DateTime.fromMillis(instant, { zone: ianaZone(offer.zone) });
  return { start: at(time.start), end: at(time.end) };
}

/** The choice was answered: the buttons of the card that showed it choose nothing more. */
const withoutChoice = (pending: Pending): Pending => ({
  ...pending,
  answers: [...pending.answers, { choice: null, date: null, time: null, zone: null }],
});

async function isStillFree(
  { people, wanted, calendar }: Request,
  time: Time,
  caller: Caller,
): Promise<boolean> {
  const { schedules, since } = await readSchedules(people, time, calendar, caller);
  return !standAt(schedules, time, { since, zone: wanted.zone }).some(isBusy);
}

/** The meeting as if it had been asked for in words. */
function createAt(
  when: Time,
  { subject }: FindTimeCommand,
  invitees: CreateCommand['invitees'],
): CreateCommand {
  return {
    kind: 'create',
    mode: 'scheduled',
    when,
    day: null,
    clock: null,
    minutes: null,
    subject,
    invitees,
    options: {},
    needs: [],
    choices: [],
    assumed: [],
  };
}

/** Shows what was found. `taken`: a time that was chosen and that does not suit everybody any more. */
async function offer(request: Request, caller: Caller, scope: TurnScope, taken?: Time): Promise<Outcome> {
  const { command, wanted, people, calendar } = request;
  const { at } = command;
  const asked = at && { start: at.start, end: at.end ?? at.start.plus({ minutes: wanted.minutes }) };
  const found = await searchTimes(people, wanted, calendar, caller);
  const { schedules, since } = found.shown;
  if (taken === undefined && asked !== null && asked.start >= wanted.now) {
    const standings = standAt(schedules, asked, { since, zone: wanted.zone });
    const lead = {
      kind: 'asked' as const,
      ...asked,
      standings: standings.map((one) => named(one, people, scope)),
    };
    // A time that was asked for may be outside of working hours.
    if (!standings.some(isBusy))
      return show(request, lead, [{ ...asked, tentative: tentativeAt(standings) }], found, scope);
    return show(request, lead, timesOf(found), found, scope);
  }
  const { times } = found;
  const lead = taken
    ? { kind: 'taken' as const, ...taken }
    : times.kind === 'none'
      ? times
      : { kind: 'found' as const };
  return show(request, lead, timesOf(found), found, scope);
}

type Offered = Time & { tentative: readonly string[] };

const tentativeAt = (standings: readonly Standing[]) =>
  standings.filter(({ presence }) => presence === 'tentative').map(({ address }) => address);

function timesOf({ times, next }: Found): readonly Offered[] {
  if (times.kind === 'found') return times.times;
  return next?.kind === 'found' ? next.times : [];
}

/** The card with its buttons; what they choose waits in the request. */
async function show(
  request: Request,
  lead: TimesReply['lead'],
  times: readonly Offered[],
  { shown }: Found,
  scope: TurnScope,
): Promise<Outcome> {
  const { isAgreed: _, asks: __, ...pending } = request.pending;
  const { zone } = request.wanted;
  const { subject } = request.command;
  const kept = times.map(({ start, end }) => ({ start: start.toMillis(), end: end.toMillis() }));
  const asks = times.length === 1 ? { asks: 'time' as const } : {};
  await park({ ...pending, offer: { subject, zone, times: kept }, ...asks }, 'answer', scope.services);
  const nameOf = nameIn(request.people, scope);
  const unknown = shown.schedules.filter((schedule) => 'unknown' in schedule);
  const rows = times.map((time) => ({ ...time, tentative: time.tentative.map(nameOf) }));
  const reply = replyOf(request, lead, rows, scope);
  return answerWith('offered', {
    kind: 'card',
    reply: { ...reply, unknown: unknown.map(({ address }) => nameOf(address)) },
  });
}

function replyOf(
  { pending, command, wanted, people }: Request,
  lead: TimesReply['lead'],
  times: TimesReply['times'],
  { turn }: TurnScope,
): TimesReply {
  const { id, asker, answers } = pending;
  const { subject } = command;
  const { zone, minutes } = wanted;
  const isPersonal = turn.place === 'personal' || turn.isPrivate === true;
  const isAlone = people.length === 1;
  const head = { id, asker, revision: answers.length, subject, zone, minutes };
  return { kind: 'times', ...head, lead, times, unknown: [], isPersonal, isAlone };
}

/** Names people by their address; the asker has no name where nobody else reads it. */
const nameIn =
  (people: readonly Person[], { turn }: TurnScope) =>
  (address: string): string | null => {
    const person = people.find((one) => (one.address ?? one.name) === address);
    return person?.isAsker && turn.place === 'personal' ? null : (person?.name ?? address);
  };

const named = (standing: Standing, people: readonly Person[], scope: TurnScope) => {
  const { address, ...rest } = standing;
  return { ...rest, name: nameIn(people, scope)(address) };
};
