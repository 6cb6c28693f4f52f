import type { Invitee, Options } from '../language/command.ts';
import type { Attendee } from './event.ts';
import type { Guest, Role } from './meeting.ts';

/** Somebody who was named, and the role that was asked for them. */
export type Asked = { invitee: Invitee; role: Role | null };

/** Everybody who was named, as guest, co-organizer or presenter. A person who was named twice is in it twice. */
export function askedOf(
  invitees: readonly Invitee[],
  { coorganisers = [], namedPresenters = [] }: Options,
): Asked[] {
  const as = (all: readonly Invitee[], role: Role | null) => all.map((invitee) => ({ invitee, role }));
  return [...as(invitees, null), ...as(coorganisers, 'coorganizer'), ...as(namedPresenters, 'presenter')];
}

/** Each guest once, with the highest role that was asked for: a co-organizer may present anyway. Without the organizer. */
export function dedupeGuests(guests: readonly Guest[], organiser: string): Guest[] {
  const known = new Map<string, Guest>();
  for (const guest of guests) {
    if (guest.kind === 'member' && guest.id === organiser) continue;
    const key = guestKey(guest);
    const before = known.get(key);
    known.set(key, before === undefined ? guest : withRole(before, more(before.role, guest.role)));
  }
  return [...known.values()];
}

/**
 * The guests of a meeting with those who were named now. Presenters who are named replace the ones before; everybody
 * else keeps their role.
 */
export function addNamed(before: readonly Guest[], named: readonly Guest[], organiser: string): Guest[] {
  const isReplaced = named.some(({ role }) => role === 'presenter');
  const kept = before.map((guest) =>
    isReplaced && guest.role === 'presenter' ? withRole(guest, undefined) : guest,
  );
  return dedupeGuests([...kept, ...named], organiser);
}

/** The guests who are not among the others, whatever their roles. */
export function guestsWithout(guests: readonly Guest[], others: readonly Guest[]): Guest[] {
  const known = new Set(others.map(guestKey));
  return guests.filter((guest) => !known.has(guestKey(guest)));
}

function withRole(guest: Guest, role: Role | undefined): Guest {
  const { role: _, ...plain } = guest;
  return role === undefined ? plain : { ...plain, role };
}

const more = (a: Role | undefined, b: Role | undefined) =>
  a === 'coorganizer' || b === 'coorganizer' ? 'coorganizer' : (a ?? b);

/** A key that identifies a guest, whatever their role. */
function guestKey(guest: Guest): string {
  switch (guest.kind) {
    case 'member':
      return `member ${guest.id}`;
    case 'email':
      return `email ${guest.email.toLowerCase()}`;
    case 'name':
      return `name ${guest.name.toLowerCase()}`;
    default:
      return guest satisfies never;
  }
}

/** A person by the name or address that was written. */
export const writtenName = (person: Invitee | Guest): string =>
  person.kind === 'email' ? person.email : person.name;

/** The mail address of a guest. Null for a guest who is known only by name. */
export function addressOf(guest: Guest): string | null {
  if (guest.kind === 'name') return null;
  return guest.kind === 'email' ? guest.email : guest.upn;
}

/** Whether a guest can be mailed. A guest who is known only by name cannot. */
export const canBeMailed = ({ kind }: Guest): boolean => kind !== 'name';

/** The guests who can be mailed an invitation. */
export function toAttendees(guests: readonly Guest[]): Attendee[] {
  return guests.flatMap((guest) => {
    const address = addressOf(guest);
    return address === null ? [] : [{ address, name: guest.kind === 'member' ? guest.name : null }];
  });
}

/** With a longer list of guests the chat exists only during the meeting. */
const MOST_WITH_CHAT = 150;
/** Graph refuses longer lists, by its documentation. */
const MOST = 1_000;

/** Whether Teams accepts a list of guests. Only members count; other guests are not sent to Graph. */
export function measureGuestList(guests: readonly Guest[]): 'fits' | 'chatDuringMeeting' | 'tooMany' {
  const { length } = guests.filter(({ kind }) => kind === 'member');
  if (length > MOST) return 'tooMany';
  return length > MOST_WITH_CHAT ? 'chatDuringMeeting' : 'fits';
}
