import type { Person } from '../people.ts';
import type { StoredMeeting, World } from './world.ts';

/** Where somebody finds themselves who opens a link: inside, waiting for the organiser, or nowhere. */
export type Entrance = 'meeting' | 'lobby' | 'nowhere';

/**
 * Opens a join link as Teams does. The link of a deleted meeting still opens, and who is let in brings the meeting
 * back: several people have reported that, and nobody the opposite. Only a lobby that was closed before keeps them out.
 */
export function openLink(world: World, joinWebUrl: string, person: Person): Entrance {
  const meeting = world.meetings.find((candidate) => candidate.joinWebUrl === joinWebUrl);
  if (!meeting) return 'nowhere';
  if (!isLetIn(meeting, person)) return 'lobby';
  meeting.isDeleted = false;
  return 'meeting';
}

function isLetIn({ organizer, tenantId, attendees, options }: StoredMeeting, person: Person): boolean {
  if (person.oid === organizer) return true;
  const { scope } = options.lobbyBypassSettings as { scope: string };
  const isColleague = person.tenantId === tenantId;
  switch (scope) {
    case 'everyone':
      return true;
    case 'organization':
    case 'organizationAndFederated':
      return isColleague;
    case 'organizationExcludingGuests':
      return isColleague && !person.guest;
    case 'invited':
      return attendees.some(({ id }) => id === person.oid);
    default:
      return false;
  }
}
