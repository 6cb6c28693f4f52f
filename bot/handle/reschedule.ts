import type { DateTime } from 'luxon';
import type { Change, Command } from '../command/command.ts';
import type { Caller } from '../graph/online-meetings.ts';
import { isUpdatable } from '../graph/option-table.ts';
import { applied, changed, type Wish } from '../meeting/change.ts';
import { crowdOf } from '../meeting/crowd.ts';
import { declined, possible, wished } from '../meeting/granted.ts';
import type { Choices, OptionName } from '../meeting/meeting.ts';
import { guestsNamed } from '../meeting/people-fit.ts';
import type { MeetingRecord } from '../meeting/record.ts';
import { askedOf } from '../meeting/roles.ts';
import type { Pending } from '../store/store.ts';
import { change } from './change.ts';
import { editForm, type Typed } from './edit-form.ts';
import { resolveGuests } from './guests.ts';
import { headOf } from './meeting-card.ts';
import { renew } from './renew.ts';
import type { Setting } from './services.ts';
import { type Step, says } from './step.ts';

type Request = {
  command: Extract<Command, { kind: 'reschedule' }>;
  pending: Pending;
  asked: DateTime;
};

/**
 * What is said of a meeting that is there: another time, name, option or role. What Graph cannot change afterwards needs
 * a new meeting with a new link; that is asked first, and done when the person has said yes.
 */
export async function reschedule(
  record: MeetingRecord,
  caller: Caller,
  { command, pending, asked }: Request,
  setting: Setting,
): Promise<Step> {
  if (command.needs.length > 0) {
    const typed = typedIn(command.change, record.zone);
    const isPast = command.needs.includes('past');
    return editForm(record, caller, setting, isPast ? { wrong: 'past', typed } : null);
  }
  const times = changed(record, command.change, { now: asked, zone: asked.zoneName ?? 'utc' });
  if (times.kind === 'ask') {
    const again = { wrong: times.wrong, typed: typedIn(command.change, record.zone) };
    return editForm(record, caller, setting, again);
  }
  const { leaving: named = [] } = command.change;
  const leaving = guestsNamed(named, record.guests);
  if (named.length > 0 && leaving.length === 0) return says('noSuchGuest');
  const wish = { ...(await withPeople(times, command.change, pending, setting)), leaving };
  if (crowdOf(applied(record, wish).guests) === 'tooMany') return says('tooMany');
  if (pending.answers.at(-1)?.isConfirmed) return renew(record, caller, setting, wish);
  const fixed = await fixedWishes(record, wish, caller, setting);
  return Object.keys(fixed).length > 0
    ? askNewLink(record, fixed, pending)
    : change(record, wish, caller, setting);
}

/** The options that were said, with the people who are named in them, and whoever is to come as well. */
export async function withPeople(
  wish: Wish,
  { options, invitees = [] }: Pick<Change, 'options' | 'invitees'>,
  pending: Pending,
  setting: Setting,
): Promise<Wish> {
  if (options === undefined && invitees.length === 0) return wish;
  const { guests } = await resolveGuests(askedOf(invitees, options ?? {}), pending.answers, setting);
  return { ...wish, named: guests, ...(options && { options }) };
}

/** What was said of the time, as far as a form can show it. */
function typedIn({ when, day, clock, minutes }: Change, zone: string): Typed {
  const start = when?.start.setZone(zone);
  const date = start?.toISODate() ?? day;
  const time = start?.toFormat('HH:mm') ?? clock;
  return { ...(date && { date }), ...(time && { time }), ...(minutes !== null && { minutes }) };
}

/** The wishes that Graph could only grant to a new meeting, and that this one does not have already. */
async function fixedWishes(
  { graphId, room }: MeetingRecord,
  { options = {} }: Wish,
  caller: Caller,
  { services }: Setting,
): Promise<Choices> {
  // No room can have them, with whatever link.
  if (room !== undefined) return {};
  const { options: sent } = possible(options, services.offer);
  const isFixed = (name: string) => !isUpdatable(name as OptionName);
  const fixed: Choices = Object.fromEntries(Object.entries(sent).filter(([name]) => isFixed(name)));
  if (Object.keys(fixed).length === 0) return {};
  const { granted } = await services.meetings.get(graphId, caller);
  const open = new Set<string>(declined(fixed, granted).map(({ option }) => option));
  return Object.fromEntries(Object.entries(fixed).filter(([name]) => open.has(name)));
}

function askNewLink(record: MeetingRecord, fixed: Choices, { id: request }: Pending): Step {
  const { id, revision } = record;
  const renew = { options: wished(fixed) };
  return {
    kind: 'form',
    name: 'askedNewLink',
    reply: { kind: 'confirm', id, revision, request, renew, ...headOf(record) },
  };
}
