import {
  type Activity,
  BotAdapter,
  type ConversationReference,
  type ResourceResponse,
  type TeamsChannelAccount,
  TurnContext,
} from 'botbuilder';
import { memo } from '../base/cache.ts';
import { readJson, readRetryAfter, send } from '../base/http-client.ts';
import { backoff, jitter, retry } from '../base/retry.ts';
import { toName } from '../base/safe-text.ts';
import { chatOrChannel } from '../meeting/record.ts';
import { readMember } from './activity.ts';
import type { Channel, Member } from './turn.ts';

/** The channel refused a request, or did not answer. Never carries a body, which may quote what somebody typed. */
export class ChannelError extends Error {
  /** HTTP status. 0: no answer came, from the channel or from Entra for a token. 401: also when Entra refused a token. */
  readonly status: number;
  /** Milliseconds that the channel asked to wait, if it did. */
  readonly wait: number | null;
  constructor(status: number, wait: number | null, cause?: unknown) {
    super(`the channel answered ${status}`, { cause });
    this.name = 'ChannelError';
    this.status = status;
    this.wait = wait;
  }
}

/** Whether the channel has answered with one of these statuses. */
export const isAnswered = (error: unknown, statuses: readonly number[]): error is ChannelError =>
  error instanceof ChannelError && statuses.includes(error.status);

/** The channel will never take this card. */
export const CARD_REFUSED: readonly number[] = [400, 413];
/** Teams does not do this there: not allowed, not known, or a client too old. */
export const UNABLE: readonly number[] = [400, 403, 404];

type ConversationsOptions = {
  serviceUrl: string;
  /** The value of the header; asked for before each attempt. */
  authorization(): Promise<string>;
};

/** For all attempts and pauses together: Teams delivers an activity again after 15 s. */
const BUDGET_MS = 10_000;
const MOST_RETRIES = 3;
/** A message whose answer was lost may have arrived. It is sent once more, because twice is better than never; Teams delivers the activity again, too. */
const MOST_REPEATS = 1;
/** What Teams asks to try again; 0 is a connection that broke. 403 means blocked or removed: nothing helps. */
const PASSING: ReadonlySet<number> = new Set([0, 412, 429, 502, 503, 504]);

const TARGETED = '?isTargetedActivity=true';

/** The channel's conversations, as one turn may use them. */
export type Conversations = ReturnType<typeof createConversations>;

/**
 * The Bot Connector's REST interface as far as Parley needs it, by botbuilder's names. The SDK's own client checks and
 * copies each request by a schema, which takes longer than everything else about a turn. All throw ChannelError.
 */
export function createConversations(options: ConversationsOptions) {
  const base = `${options.serviceUrl.replace(/\/+$/, '')}/v3/conversations`;
  const at = (...parts: string[]) => [base, ...parts.map(encodeURIComponent)].join('/');
  const call = (method: string, url: string, body?: object) =>
    persist({ method, url, body: body && JSON.stringify(body) }, options);
  return {
    sendToConversation: (conversation: string, activity: object) =>
      call('POST', at(conversation, 'activities'), activity),
    replyToActivity: (conversation: string, id: string, activity: object) =>
      call('POST', at(conversation, 'activities', id), activity),
    updateActivity: (conversation: string, id: string, activity: object) =>
      call('PUT', at(conversation, 'activities', id), activity),
    deleteActivity: (conversation: string, id: string) => call('DELETE', at(conversation, 'activities', id)),
    /** A message that only `activity.recipient` sees. Teams drops it after 24 hours. */
    sendTargeted: (conversation: string, activity: object) =>
      call('POST', `${at(conversation, 'activities')}${TARGETED}`, activity),
    /** Changes such a message, whose recipient stays. */
    updateTargeted: (conversation: string, id: string, activity: object) =>
      call('PUT', `${at(conversation, 'activities', id)}${TARGETED}`, activity),
    deleteTargeted: (conversation: string, id: string) =>
      call('DELETE', `${at(conversation, 'activities', id)}${TARGETED}`),
    addReaction: (conversation: string, id: string, name: string) =>
      call('PUT', at(conversation, 'activities', id, 'reactions', name)),
    removeReaction: (conversation: string, id: string, name: string) =>
      call('DELETE', at(conversation, 'activities', id, 'reactions', name)),
    /** Opens the chat of the bot with a person, or finds it. */
    createConversation: (parameters: object) => call('POST', base, parameters),
    getConversationMember: (conversation: string, member: string) =>
      call('GET', at(conversation, 'members', member)),
    getConversationPagedMembers: (conversation: string, { pageSize }: { pageSize: number }) =>
      call('GET', `${at(conversation, 'pagedmembers')}?pageSize=${pageSize}`),
  };
}

/** The id of a person's chat with the bot, which is opened if need be. Throws ChannelError. */
export async function openChat(
  { bot, teamsId, tenant }: { bot: { id: string; name?: string }; teamsId: string; tenant: string },
  { createConversation }: Pick<Conversations, 'createConversation'>,
): Promise<string> {
  const opened = await createConversation({
    ...{ bot, members: [{ id: teamsId }], tenantId: tenant },
    ...{ channelData: { tenant: { id: tenant } }, isGroup: false },
  });
  const { id } = opened as { id?: unknown };
  // An answer without an id is no use, like a refusal.
  if (typeof id !== 'string') throw new ChannelError(400, null);
  return id;
}

type Call = { method: string; url: string; body: string | undefined };

/** Sends a request, and again after a pause where the error may pass by itself and there is time. */
function persist(call: Call, { authorization }: ConversationsOptions): Promise<unknown> {
  const deadline = performance.now() + BUDGET_MS;
  return retry(
    () => attempt(call, authorization, deadline),
    (error, retries) => {
      if (!(error instanceof ChannelError) || !PASSING.has(error.status)) return null;
      if (retries >= (isPerhapsThere(call, error) ? MOST_REPEATS : MOST_RETRIES)) return null;
      const pause = error.wait === null ? backoff(retries) : error.wait * jitter();
      return performance.now() + pause < deadline ? pause : null;
    },
  );
}

/** Whether the channel may have taken a message although no answer came. A replacement of a message may be repeated freely. */
const isPerhapsThere = ({ method }: Call, { status, cause }: ChannelError): boolean =>
  method === 'POST' && status === 0 && cause instanceof Error && 'isUnheard' in cause && !cause.isUnheard;

async function attempt(call: Call, authorization: () => Promise<string>, deadline: number): Promise<unknown> {
  const headers = {
    Authorization: await authorization(),
    Accept: 'application/json',
    'User-Agent': 'parley',
    ...(call.body !== undefined && { 'Content-Type': 'application/json; charset=utf-8' }),
  };
  const patience = Math.max(0, deadline - performance.now());
  const answer = await send({ ...call, headers, patience }).catch((error: unknown) => {
    throw new ChannelError(0, null, error);
  });
  // A success counts, even where its body cannot be read.
  if (answer.status >= 200 && answer.status < 300) return readJson(answer.text);
  throw new ChannelError(answer.status, readRetryAfter(answer.headers['retry-after']));
}

const MOST_SERVICES = 100;

/**
 * botbuilder's adapter for activities that the guard has accepted: it authenticates nothing, and sends through our client
 * of the Bot Connector. The SDK's CloudAdapter would authenticate again, with checks that let too much through, and
 * loads a second MSAL and an HTTP client for it: 50 MB and half of the time of a start.
 */
export class ConnectorAdapter extends BotAdapter {
  /** The conversations at a service address. The guard has checked it against the cloud's allow-list. */
  readonly conversations: (serviceUrl: string) => Conversations;

  /** `token`: the bot's for the channel; asked for before each request. */
  constructor({ token }: { token(): Promise<string> }) {
    super();
    const authorization = async () => `Bearer ${await token()}`;
    this.conversations = memo(MOST_SERVICES, (serviceUrl) =>
      createConversations({ serviceUrl, authorization }),
    );
  }

  /** Takes an activity through the SDK's pipeline. */
  admit(activity: Activity, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    return this.runMiddleware(new TurnContext(this, activity), logic);
  }

  override async sendActivities(
    { activity: { serviceUrl } }: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const { replyToActivity, sendToConversation } = this.conversations(serviceUrl);
    const sent: ResourceResponse[] = [];
    for (const { id: _, ...activity } of activities) {
      const conversation = activity.conversation?.id ?? '';
      const { replyToId } = activity;
      const answer = await (replyToId
        ? replyToActivity(conversation, replyToId, activity)
        : sendToConversation(conversation, activity));
      // Sent, even where the channel says nothing that can be read; the context asks each answer for its id.
      sent.push((answer ?? { id: '' }) as ResourceResponse);
    }
    return sent;
  }

  override async updateActivity(
    { activity: { serviceUrl } }: TurnContext,
    activity: Partial<Activity>,
  ): Promise<void> {
    await this.conversations(serviceUrl).updateActivity(
      activity.conversation?.id ?? '',
      activity.id ?? '',
      activity,
    );
  }

  override async deleteActivity(
    { activity: { serviceUrl } }: TurnContext,
    { conversation, activityId }: Partial<ConversationReference>,
  ): Promise<void> {
    await this.conversations(serviceUrl).deleteActivity(conversation?.id ?? '', activityId ?? '');
  }

  /** Parley writes without being asked through its own writer. */
  override continueConversation(): Promise<void> {
    return Promise.reject(new Error('Parley continues no conversation through the adapter.'));
  }
}

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
      const account = await ifTold(conversations.getConversationMember(roster, teamsId));
      return account === null ? null : toMember(account as TeamsChannelAccount, tenant);
    },
    roster: async () => {
      const page = { pageSize: MOST_MEMBERS };
      const listed = await ifTold(conversations.getConversationPagedMembers(roster, page));
      if (listed === null) return { members: [], isCut: true };
      const { members, continuationToken } = listed as Listed;
      const known = members.map((member) => toMember(member, tenant)).filter((member) => member !== null);
      return { members: known, isCut: Boolean(continuationToken) };
    },
  };
}

/** Null for whom the channel does not know, or does not tell now: they are named on the card and not invited. */
const ifTold = (answer: Promise<unknown>): Promise<unknown> =>
  answer.catch((error: unknown) => {
    if (error instanceof ChannelError) return null;
    throw error;
  });

function toMember(account: TeamsChannelAccount, tenant: string): Member | null {
  const { id, aadObjectId, userPrincipalName, name, tenantId } = account;
  if (!aadObjectId || !userPrincipalName) return null;
  const isForeign = Boolean(tenantId) && tenantId?.toLowerCase() !== tenant;
  return {
    ...{ kind: 'member', id: aadObjectId, upn: userPrincipalName, name: toName(name ?? ''), teamsId: id },
    ...(isForeign && { isForeign }),
  };
}
