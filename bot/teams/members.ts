import type { Activity, TeamsChannelAccount } from 'botbuilder';
import { toName } from '../base/safe-text.ts';
import { chatOrChannel } from '../meeting/record.ts';
import { readMember } from './activity.ts';
import { ChannelError, type Conversations } from './connector-client.ts';
import type { Channel, Member } from './turn-handler.ts';

/** How many members are searched for a name; asking for more would take too long. */
const MOST_MEMBERS = 200;
/** A page of members. There is a token where there are more. */
type Listed = { members: TeamsChannelAccount[]; continuationToken?: string };

/** Where the members of an activity's conversation are listed: a channel has those of its team. */
export function rosterOf({
  channelData,
  conversation,
}: Pick<Activity, 'channelData' | 'conversation'>): string {
  const team = readMember(readMember(channelData, 'team'), 'id');
  return typeof team === 'string' && team !== '' ? team : conversation.id;
}

/** The people who are listed there, each of this tenant or a foreign one. */
export function channelOf(conversations: Conversations, roster: string, tenant: string): Channel {
  return {
    of: (conversation) => channelOf(conversations, chatOrChannel(conversation), tenant),
    member: async (teamsId) => {
      try {
        return toMember(
          (await conversations.getConversationMember(roster, teamsId)) as TeamsChannelAccount,
          tenant,
        );
      } catch (error) {
        if (isRefused(error)) return null;
        throw error;
      }
    },
    roster: async () => {
      try {
        const listed = await conversations.getConversationPagedMembers(roster, { pageSize: MOST_MEMBERS });
        const { members, continuationToken } = listed as Listed;
        const known = members.map((member) => toMember(member, tenant)).filter((member) => member !== null);
        return { members: known, isCut: Boolean(continuationToken) };
      } catch (error) {
        if (isRefused(error)) return { members: [], isCut: true };
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

/** Whether the channel does not know a person, or does not answer now. They are named on the card and not invited. */
const isRefused = (error: unknown) => error instanceof ChannelError;
