import { isNear, wordsOf } from '../base/similarity.ts';
import type { Invitee } from '../language/command.ts';
import type { Guest } from './meeting.ts';
import type { MeetingRecord } from './record.ts';

/**
 * How well the people who were named fit a meeting: 3 they are its guests beyond doubt, 2 by a part of their names,
 * 1 but for slips, or the subject names them; 0 somebody is missing. Nobody fits everything (1).
 */
export function scorePeople(
  people: readonly Invitee[],
  record: Pick<MeetingRecord, 'guests' | 'subject'>,
): number {
  if (people.length === 0) return 1;
  return Math.min(...people.map((person) => personFit(person, record)));
}

function personFit(person: Invitee, { guests, subject }: Pick<MeetingRecord, 'guests' | 'subject'>): number {
  const fits = guests.map((guest) => guestFit(person, guest));
  const words = person.kind === 'email' ? [] : wordsOf(person.name);
  const inSubject = wordsOf(subject ?? '');
  const isInSubject = words.length > 0 && words.every((word) => inSubject.includes(word));
  return Math.max(0, ...fits, isInSubject ? 1 : 0);
}

/** The guests whom the people who were named are, by their whole names or a part of them. */
export function findGuests(people: readonly Invitee[], guests: readonly Guest[]): readonly Guest[] {
  return guests.filter((guest) => people.some((person) => guestFit(person, guest) >= 2));
}

function guestFit(person: Invitee, guest: Guest): number {
  if (person.kind === 'email') return addressOf(guest) === person.email.toLowerCase() ? 3 : 0;
  if (person.kind === 'mention' && guest.kind === 'member' && guest.id === person.id) return 3;
  const said = wordsOf(person.name);
  const known = guest.kind === 'email' ? [] : wordsOf(guest.name);
  if (said.length === 0) return 0;
  if (known.join(' ') === said.join(' ')) return 3;
  const all = [...known, ...localWords(guest)];
  if (said.every((word) => all.includes(word))) return 2;
  return said.every((word) => all.some((other) => isNear(word, other))) ? 1 : 0;
}

function addressOf(guest: Guest): string | null {
  if (guest.kind === 'name') return null;
  return (guest.kind === 'email' ? guest.email : guest.upn).toLowerCase();
}

/** "sam.jones@contoso.com": what stands before the @ is mostly a name. */
function localWords(guest: Guest): string[] {
  return (addressOf(guest)?.split('@')[0] ?? '').split(/[._+-]/).flatMap(wordsOf);
}
