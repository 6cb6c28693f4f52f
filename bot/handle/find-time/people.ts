import type { FindTimeCommand, Invitee } from '../../language/command.ts';
import { askedOf } from '../../meeting/guest-list.ts';
import type { Guest } from '../../meeting/meeting.ts';
import type { Pending } from '../../store/store.ts';
import { resolveGuests } from '../make/find-guests.ts';
import type { TurnScope } from '../services.ts';

/** Somebody whose time is looked at. Without an address their calendar cannot be asked for. */
export type Person = { name: string; address: string | null; isAsker: boolean };

/** Those whose time is looked at, the asker first, and those of them who are to be guests. */
export async function findPeople(
  { people, isGroup }: FindTimeCommand,
  { answers, asker }: Pending,
  scope: TurnScope,
): Promise<{ people: readonly Person[]; invitees: readonly Invitee[] }> {
  const { channel, turn } = scope;
  const own = await channel.member(turn.teamsId);
  const first = { name: own?.name ?? asker, address: own?.upn ?? null, isAsker: true };
  const isEverybody = turn.place !== 'personal' && (isGroup || people.length === 0);
  if (isEverybody) {
    const others = (await channel.roster()).filter(({ id }) => id !== scope.owner.user);
    const invitees = others.map(({ name, teamsId = null }) => ({
      kind: 'mention' as const,
      name,
      id: teamsId,
    }));
    return { people: [first, ...others.map(toPerson)], invitees };
  }
  const { guests } = await resolveGuests(askedOf(people, {}), answers, scope);
  return { people: [first, ...guests.map(toPerson)], invitees: people };
}

function toPerson(guest: Guest): Person {
  switch (guest.kind) {
    case 'member':
      return { name: guest.name, address: guest.upn, isAsker: false };
    case 'email':
      return { name: guest.email, address: guest.email, isAsker: false };
    case 'name':
      return { name: guest.name, address: null, isAsker: false };
    default:
      return guest satisfies never;
  }
}
