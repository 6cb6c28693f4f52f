import type { Invitee } from '../command/command.ts';
import type { Guest } from '../meeting/meeting.ts';
import type { Setting } from './services.ts';

/** Graph keeps what it is told, right or wrong, so only people whom the channel vouches for are sent to it as members. */
export async function resolveGuests(invitees: readonly Invitee[], { channel }: Setting): Promise<Guest[]> {
  return Promise.all(
    invitees.map(async (invitee): Promise<Guest> => {
      if (invitee.kind !== 'mention') return invitee;
      const member = invitee.id === null ? null : await channel.member(invitee.id);
      return member ?? { kind: 'name', name: invitee.name };
    }),
  );
}
