import type { DateTime } from 'luxon';
import type { Change, Command } from '../../language/command.ts';
import { applyChange } from '../../meeting/apply-change.ts';
import type { Attendee, CalendarEvent } from '../../meeting/event.ts';
import { addressOf, askedOf, canBeMailed, toAttendees } from '../../meeting/guest-list.ts';
import { findGuests } from '../../meeting/match-names.ts';
import type { Guest } from '../../meeting/meeting.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { Pending } from '../../store/store.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import { resolveGuests } from '../make/resolve-guests.ts';
import { reviseEvent } from '../make/write-event.ts';
import type { OpenRequest } from '../request.ts';
import type { GraphScope } from '../services.ts';
import { findOccurrence, invitedTo, settle, told } from './occurrence.ts';

/**
 * Changes the time, name or mailed guests of one meeting of a series, the one on that local day (ISO). Its options, and guests
 * who are not mailed, are those of all of them: Graph has one online meeting for the series. What cannot be done is said.
 */
export async function changeOne(
  record: MeetingRecord,
  { change, needs }: Extract<Command, { kind: 'reschedule' }>,
  { day, asked, zone, pending }: Pick<OpenRequest, 'asked' | 'zone' | 'pending'> & { day: string },
  scope: GraphScope,
): Promise<Outcome> {
  const one = await findOccurrence(record, day, scope);
  if (one === null) return answerNotice('noSuchMeeting');
  const wanted = timesOf(one, { change, needs }, { now: asked, zone });
  if (wanted === 'oneTime' || wanted === 'seriesTime') return answerNotice(wanted);
  const people = await peopleOf(record, one, change, pending, scope);
  if (people === null) return answerNotice('noSuchGuest');
  const { joining, leaving } = people;
  const isOtherwise = wanted.subject !== one.subject || !isAt(wanted, one);
  const left = leftForAll(change, people);
  if (!isOtherwise && joining.length + leaving.length === 0) return answerNotice(left[0] ?? 'alreadySo');
  await reviseEvent(one.id, { ...wanted, joining, leaving }, scope);
  const isMailed = invitedTo(one).length + joining.length > 0;
  const done = isOtherwise ? told('oneChanged', isMailed) : (['guestsOfOne'] as const);
  return settle(record, [...done, ...left], scope);
}

type Times = Pick<CalendarEvent, 'start' | 'end'>;

const isAt = (a: Times, b: Times): boolean =>
  a.start.toMillis() === b.start.toMillis() && a.end.toMillis() === b.end.toMillis();

/** The needs of a time that was said and cannot be. */
const WRONG = ['past', 'dst', 'range'] as const;

/** The meeting's name and times as they are to be, or why the time must be said (again). */
function timesOf(
  one: CalendarEvent,
  { change, needs }: Pick<Extract<Command, { kind: 'reschedule' }>, 'change' | 'needs'>,
  here: { now: DateTime; zone: string },
) {
  if (WRONG.some((need) => needs.includes(need))) return 'seriesTime';
  if (needs.length > 0) return 'oneTime';
  const times = { start: one.start.toMillis(), end: one.end.toMillis(), subject: one.subject };
  const wanted = applyChange(times, change, here);
  return wanted.kind === 'ask' ? 'seriesTime' : wanted;
}

/** Who joins one meeting and who leaves it. `isPartly`: others were named who cannot, because they are not mailed. */
type People = { joining: readonly Attendee[]; leaving: readonly Attendee[]; isPartly: boolean };

/** The people who were named. Null if nobody of those who are to leave is a guest. */
async function peopleOf(
  { guests, event }: MeetingRecord,
  one: CalendarEvent,
  { invitees = [], leaving = [] }: Change,
  { answers }: Pending,
  scope: GraphScope,
): Promise<People | null> {
  const isReached = (guest: Guest) => event?.isInviting === true && canBeMailed(guest);
  const { guests: named } = await resolveGuests(askedOf(invitees, {}), answers, scope);
  const invited = invitedTo(one);
  const gone = invited.filter((attendee) => findGuests(leaving, asGuests(attendee, guests)).length > 0);
  const known = findGuests(leaving, guests);
  if (leaving.length > 0 && gone.length + known.length === 0) return null;
  const joining = toAttendees(named.filter(isReached));
  return {
    joining: joining.filter((attendee) => !invited.some((other) => isSame(attendee, other))),
    leaving: gone,
    isPartly: [...named, ...known].some((guest) => !isReached(guest)),
  };
}

/** How an attendee may have been named: as the guest of the series, by the address, or by the name in the calendar. */
const asGuests = ({ address, name }: Attendee, guests: readonly Guest[]): Guest[] => [
  ...guests.filter((guest) => isSame({ address: addressOf(guest) ?? '' }, { address })),
  { kind: 'email', email: address },
  ...(name === null ? [] : [{ kind: 'name' as const, name }]),
];

const isSame = (a: Pick<Attendee, 'address'>, b: Pick<Attendee, 'address'>): boolean =>
  a.address.toLowerCase() === b.address.toLowerCase();

/** What was asked for and belongs to all meetings of a series. */
function leftForAll({ options = {}, unknown = [] }: Change, { isPartly }: People) {
  const hasOptions = Object.keys(options).length + unknown.length > 0;
  return [
    ...(hasOptions ? (['optionsOfAll'] as const) : []),
    ...(isPartly ? (['guestsOfAll'] as const) : []),
  ];
}
