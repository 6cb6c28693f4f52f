import { MOST_OLDER_CARDS } from '../../meeting/record.ts';
import type { Reply } from '../../say/reply.ts';
import type { CardPlace, CardUpdate } from '../../teams/outcome.ts';
import { endedReply } from './meeting-card.ts';

/**
 * The same for every card of a meeting; `added`: how many new ones come with them. Where they get too many to be followed,
 * the oldest only say that there are newer ones, which stays true.
 */
export function updatesOf(reply: Reply, places: readonly CardPlace[], added: number): CardUpdate[] {
  const surplus = Math.max(0, places.length + added - MOST_OLDER_CARDS - 1);
  const left = places.filter(({ isOlder }) => isOlder).slice(0, surplus);
  return places.map((place) => ({ ...place, reply: left.includes(place) ? outlived(reply) : reply }));
}

function outlived(reply: Reply): Reply {
  if (reply.kind !== 'meeting') return reply;
  return endedReply('newer', reply);
}
