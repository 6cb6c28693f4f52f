import { readJson, send, waitIn } from '../base/http-client.ts';
import { backoff, retry, spread } from '../base/retry.ts';

/** The channel took nothing, or gave nothing. Never carries a body, which may quote what somebody typed. */
export class ChannelError extends Error {
  /** HTTP status; 0 when no answer came, neither from Entra for a token; 401 also when Entra refused us one. */
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

/** Stock clients wait a minute; Teams asks again after 15 s. Attempts and pauses together. */
const BUDGET_MS = 10_000;
const MOST_RETRIES = 3;
/** A message whose answer was lost may be there already. Twice is better than never, once more has to do: Teams delivers again, too. */
const MOST_REPEATS = 1;
/** What Teams asks to try again; 0 is a connection that broke. 403 means blocked or removed: nothing helps. */
const PASSING: ReadonlySet<number> = new Set([0, 412, 429, 502, 503, 504]);

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
    getConversationMember: (conversation: string, member: string) =>
      call('GET', at(conversation, 'members', member)),
    getConversationPagedMembers: (conversation: string, { pageSize }: { pageSize: number }) =>
      call('GET', `${at(conversation, 'pagedmembers')}?pageSize=${pageSize}`),
  };
}

type Call = { method: string; url: string; body: string | undefined };

/** Tries again, after a pause, what may pass by itself, as long as there is time for it. */
function persist(call: Call, { authorization }: ConversationsOptions): Promise<unknown> {
  const deadline = performance.now() + BUDGET_MS;
  return retry(
    () => attempt(call, authorization, deadline),
    (error, retries) => {
      if (!(error instanceof ChannelError) || !PASSING.has(error.status)) return null;
      if (retries >= (isPerhapsThere(call, error) ? MOST_REPEATS : MOST_RETRIES)) return null;
      const pause = error.wait === null ? backoff(retries) : error.wait * spread();
      return performance.now() + pause < deadline ? pause : null;
    },
  );
}

/** What was not heard to its end is not there, and what replaces something may be said as often as one likes. */
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
  // What was taken was taken, whatever the answer says of it.
  if (answer.status >= 200 && answer.status < 300) return readJson(answer.text);
  throw new ChannelError(answer.status, waitIn(answer.headers['retry-after']));
}
