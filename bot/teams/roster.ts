import { type TeamsChannelAccount, TeamsInfo, type TurnContext } from 'botbuilder';
import { toName } from '../base/safe-text.ts';
import { ChannelError } from './conversations.ts';
import type { Channel, Member } from './turn-handler.ts';

/** Names are looked for among so many; more would be too slow to ask while somebody waits. */
const MOST_MEMBERS = 200;

/** What the channel tells of the people in this turn's conversation, who are of this tenant or foreign. */
export function channelOf(context: TurnContext, tenant: string): Channel {
  return {
    member: async (teamsId) => {
      try {
        return toMember(await TeamsInfo.getMember(context, teamsId), tenant);
      } catch (error) {
        if (isRefused(error)) return null;
        throw error;
      }
    },
    roster: async () => {
      try {
        const { members } = await TeamsInfo.getPagedMembers(context, MOST_MEMBERS);
        return members.map((member) => toMember(member, tenant)).filter((member) => member !== null);
      } catch (error) {
        if (isRefused(error)) return [];
        throw error;
      }
    },
  };
}

function toMember(account: TeamsChannelAccount, tenant: string): Member | null {
  const { id, aadObjectId, userPrincipalName, name, tenantId } = account;
  if (!aadObjectId || !userPrincipalName) return null;
  const isForeign = Boolean(tenantId) && tenantId?.toLowerCase() !== tenant;
  return {
    ...{ kind: 'member', id: aadObjectId, upn: userPrincipalName, name: toName(name ?? ''), teamsId: id },
    ...(isForeign && { isForeign }),
  };
}

/** Somebody whom the channel does not know, or does not tell about now: they stand on the card and are not invited. */
const isRefused = (error: unknown) => error instanceof ChannelError;
