import type { CalendarWish, Command } from '../../language/command.ts';
import { addNamed, askedOf, canBeMailed, measureGuestList } from '../../meeting/guest-list.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { Pending } from '../../store/store.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import { headOf, showMeeting } from '../cards/meeting-card.ts';
import { askConfirm } from '../cards/questions.ts';
import { enter } from '../make/calendar-event.ts';
import { resolveGuests } from '../make/resolve-guests.ts';
import type { GraphScope } from '../services.ts';
import { change } from './change-meeting.ts';

type InviteCommand = Extract<Command, { kind: 'invite' }>;

/**
 * Invites people to an existing meeting, or puts it into the calendar ("invite Lee to Q3", "put it on my calendar"). People
 * who are named become guests and are mailed.
 */
export async function invite(
  record: MeetingRecord,
  { people, calendar: wish }: Pick<InviteCommand, 'people' | 'calendar'>,
  pending: Pending,
  scope: GraphScope,
): Promise<Outcome> {
  const { guests: named } = await resolveGuests(askedOf(people, {}), pending.answers, scope);
  const guests = addNamed(record.guests, named, record.owner.user);
  if (measureGuestList(guests) === 'tooMany') return answerNotice('tooMany');
  if (record.event?.isInviting && named.length > 0)
    return change(record, { ...headOf(record), named }, scope);
  const isAgreed = pending.answers.at(-1)?.isConfirmed === true;
  return enterAsked({ ...record, guests }, wish, { isAgreed, request: pending.id }, scope);
}

/** Puts a meeting into the calendar. The first time a person invites, they are told before who will be mailed. */
export async function enterAsked(
  record: MeetingRecord,
  wish: CalendarWish,
  { isAgreed, request }: { isAgreed: boolean; request: string | null },
  scope: GraphScope,
): Promise<Outcome> {
  const { event, guests } = record;
  if (event?.isInviting || (event && wish === 'mine')) return showMeeting(record, scope);
  if (wish === 'mine') return enter(record, wish, scope);
  const mails = guests.filter(canBeMailed);
  if (mails.length === 0) return answerNotice('nobodyToInvite');
  const { invites } = (await scope.person()).settings;
  if (isAgreed || invites !== undefined) return enter(record, wish, scope);
  return askConfirm('askedInvite', record, { what: 'invite', mails }, request);
}
