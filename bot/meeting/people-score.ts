import { isNear, wordsOf } from '../base/similarity.ts';
import type { Invitee } from '../language/command.ts';
import type { Guest } from './meeting.ts';
import type { MeetingRecord } from './record.ts';

/**
 * How well the named people fit a meeting: 3 if they are certainly its guests, 2 by a part of their names, 1 with misspellings
 * or if the subject names them, 0 if somebody is missing. If nobody was named, every meeting fits (1).
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

/** The guests whom these people are, by whole names or a part of them. */
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

/** The words before the @ of an address, which are mostly a name. */
function localWords(guest: Guest): string[] {
  return (addressOf(guest)?.split('@')[0] ?? '').split(/[._+-]/).flatMap(wordsOf);
}
