import { readJson, readRetryAfter, send } from '../base/http-client.ts';
import { backoff, jitter, retry } from '../base/retry.ts';

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
