import type { Person } from '../people.ts';
import type { Answer, Incoming } from '../serve.ts';
import { isRecord } from './cards.ts';
import { createMembers } from './members.ts';
import type { Activity, Conversation, Json, Message, Targeted } from './model.ts';
import { checkActivity, Refused, readBody, split } from './rules.ts';
import type { State } from './state.ts';

type ConnectorOptions = {
  state: State;
  people: readonly Person[];
  appId: string;
  /** The claims of a token that is good now; null for any other. */
  introspect(token: string): Promise<Json | null> | Json | null;
  /** Seconds to wait for a bot that sends too much into a conversation; null where it does not. */
  slowDown?(conversationId: string): number | null;
  /** The same for reactions. */
  slowReactions?(conversationId: string): number | null;
  /** Milliseconds since 1970. */
  now(): number;
  /** To whom the bot's tokens are made out. */
  audience: string;
  /** Told of each message that the bot posted or changed. */
  onMessage(message: Message): void;
};

const PREFIX = '/teams/v3/';

/** A request to the connector: the ids in its path, decoded, and its body. */
export type Call = { request: Incoming; ids: string[]; body: Json };
type Route = [method: string, pattern: RegExp, handle: (call: Call) => Answer];

/** The connector's REST interface, as strict as Teams where a bot could get it wrong. */
export function createConnector(options: ConnectorOptions) {
  const { state, people, appId } = options;
  const { findPerson, pagedMembers, member, createConversation } = createMembers({ state, people, find });
  const routes: Route[] = [
    ['POST', /^conversations\/([^/]+)\/activities$/, post],
    ['POST', /^conversations\/([^/]+)\/activities\/([^/]+)$/, post],
    ['PUT', /^conversations\/([^/]+)\/activities\/([^/]+)$/, update],
    ['DELETE', /^conversations\/([^/]+)\/activities\/([^/]+)$/, remove],
    ['PUT', /^conversations\/([^/]+)\/activities\/([^/]+)\/reactions\/([^/]+)$/, react],
    ['DELETE', /^conversations\/([^/]+)\/activities\/([^/]+)\/reactions\/([^/]+)$/, react],
    ['POST', /^conversations$/, createConversation],
    ['GET', /^conversations\/([^/]+)\/pagedmembers$/, pagedMembers],
    ['GET', /^conversations\/([^/]+)\/members\/([^/]+)$/, member],
  ];

  return async (request: Incoming): Promise<Answer> => {
    try {
      await authorise(request);
      return dispatch(request);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { status, code, message, retryAfter } = error;
      state.refusals.push({ method: request.method, path: request.path, status, reason: message });
      const headers: Record<string, string> =
        retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
      return { status, headers, body: { error: { code, message } } };
    }
  };

  async function authorise({ headers }: Incoming) {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    const claims = token ? await options.introspect(token) : null;
    const isOurs = claims?.aud === options.audience && (claims.appid ?? claims.azp) === appId;
    if (!isOurs) throw new Refused(401, 'Unauthorized', 'Authorization has been denied for this request.');
  }

  function dispatch(request: Incoming): Answer {
    const path = request.path.startsWith(PREFIX) ? request.path.slice(PREFIX.length) : null;
    for (const [method, pattern, handle] of path === null ? [] : routes) {
      const found = method === request.method ? pattern.exec(path ?? '') : null;
      const count = handle === react ? options.slowReactions : options.slowDown;
      const wait = found && method !== 'GET' ? count?.(decodeURIComponent(found[1] ?? '')) : null;
      if (wait) throw new Refused(429, 'TooManyRequests', 'Too many messages in this conversation.', wait);
      if (found)
        return handle({ request, ids: found.slice(1).map(decodeURIComponent), body: readBody(request) });
    }
    throw new Refused(404, 'NotFound', 'No such path.');
  }

  function post({ request, ids: [conversationId = ''], body }: Call): Answer {
    const conversation = find(conversationId);
    const activity = readActivity(body, conversationId, request);
    const thread = threadOf(conversation, conversationId);
    if (activity.type === 'typing') {
      state.typed(conversation, thread);
      return { status: 201, body: { id: state.nextId() } };
    }
    const onlyFor = isTargeted(request) ? readerOf(activity, conversation, findPerson) : null;
    const parts = split(activity);
    const sent = parts.map((part) => state.add(conversation, { kind: 'bot' }, part, { thread, onlyFor }));
    for (const message of sent) options.onMessage(message);
    return { status: 201, body: sent.length === 1 ? { id: sent[0]?.id } : {} };
  }

  function update({ request, ids: [conversationId = '', activityId = ''], body }: Call): Answer {
    const message = ownMessage(find(conversationId), activityId, request);
    if (message.onlyFor !== null && 'recipient' in body)
      throw new Refused(400, 'BadArgument', 'The recipient of a targeted message cannot be changed.');
    message.activity = readActivity(body, conversationId, request);
    message.editedAt = new Date().toISOString();
    message.views.clear();
    message.notices.clear();
    message.signIns.clear();
    state.changed(message);
    options.onMessage(message);
    return { status: 200, body: { id: message.id } };
  }

  function remove({ request, ids: [conversationId = '', activityId = ''] }: Call): Answer {
    const message = ownMessage(find(conversationId), activityId, request);
    message.deleted = true;
    state.changed(message);
    return { status: 200, body: {} };
  }

  function react({ request, ids: [conversationId = '', activityId = '', name = ''] }: Call): Answer {
    const message = find(conversationId).messages.find(({ id, deleted }) => id === activityId && !deleted);
    checkReaction(message, name, state);
    if (request.method === 'PUT') message.reactions.add(name);
    else message.reactions.delete(name);
    state.changed(message);
    return { status: 200, body: {} };
  }

  function isTargeted(request: Incoming): boolean {
    const isAsked = request.url.searchParams.get('isTargetedActivity') === 'true';
    if (isAsked) checkTargeted(state.targeted);
    return isAsked;
  }

  function find(id: string): Conversation {
    const conversation = state.conversation(id);
    if (!conversation) throw new Refused(404, 'ConversationNotFound', 'Conversation not found.');
    if (!conversation.installed)
      throw new Refused(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
    return conversation;
  }

  function threadOf(conversation: Conversation, id: string): string | null {
    const root = /;messageid=(.*)$/.exec(id)?.[1];
    if (root === undefined) return null;
    if (!conversation.messages.some((message) => message.id === root))
      throw new Refused(404, 'ConversationNotFound', 'No such thread.');
    return root;
  }

  function ownMessage(conversation: Conversation, id: string, request: Incoming): Message {
    const message = conversation.messages.find((candidate) => candidate.id === id && !candidate.deleted);
    if (!message) throw new Refused(404, 'ActivityNotFoundInConversation', 'The activity was not found.');
    if (message.author.kind !== 'bot')
      throw new Refused(403, 'Forbidden', 'A bot may change only what it has sent itself.');
    checkChange(message, isTargeted(request), options.now());
    return message;
  }

  function readActivity(body: Json, conversationId: string, { body: raw }: Incoming): Activity {
    const activity = body as Activity;
    const named = activity.conversation?.id ?? conversationId;
    const conversation = state.conversation(conversationId);
    if (!conversation || state.conversation(named) !== conversation)
      throw new Refused(400, 'BadArgument', 'conversation.id is not the conversation of the address.');
    const isMember = (id: string) => conversation.members.includes(findPerson(id)?.oid ?? '');
    checkActivity(activity, raw, isMember);
    if (state.refusesCards !== null && activity.attachments?.length)
      throw new Refused(state.refusesCards, 'BadArgument', 'No cards are taken here.');
    return activity;
  }
}

const LIFETIME_MS = 24 * 3_600_000;
const REACTIONS = [
  'like',
  'heart',
  'laugh',
  'surprised',
  'sad',
  'angry',
  '1f440_eyes',
  '2705_whiteheavycheckmark',
];

/** Throws Refused where no private messages are taken at all. */
function checkTargeted(targeted: Targeted): void {
  if (targeted === 'refused')
    throw new Refused(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
  if (targeted === 'old') throw new Refused(400, 'BadArgument', 'Targeted messages are not supported here.');
}

/** The Entra id of the one who is to see a private message. Throws Refused where it cannot be sent. */
function readerOf(
  { recipient }: Activity,
  { type, members }: Conversation,
  findPerson: (id: string) => Person | undefined,
): string {
  if (type === 'personal')
    throw new Refused(400, 'BadArgument', 'Targeted messages are for group chats and channels.');
  if (!isRecord(recipient) || typeof recipient.id !== 'string')
    throw new Refused(400, 'BadArgument', 'A targeted message needs a recipient.');
  const person = findPerson(recipient.id);
  if (!person || !members.includes(person.oid))
    throw new Refused(403, 'Forbidden', 'The recipient is not a member of this conversation.');
  return person.oid;
}

/** Throws Refused where a message of the bot cannot be changed, or not in this way. */
function checkChange({ onlyFor, sentAt }: Message, isTargeted: boolean, now: number): void {
  if (isTargeted !== (onlyFor !== null))
    throw new Refused(400, 'BadArgument', 'isTargetedActivity does not fit this message.');
  if (isTargeted && now - Date.parse(sentAt) > LIFETIME_MS)
    throw new Refused(404, 'ActivityNotFoundInConversation', 'The activity was not found.');
}

/** Throws Refused where the bot cannot react to a message, or not with this. */
function checkReaction(
  message: Message | undefined,
  name: string,
  { takesReactions }: State,
): asserts message is Message {
  if (!takesReactions) throw new Refused(403, 'Forbidden', 'Reactions are not allowed here.');
  if (!message) throw new Refused(404, 'ActivityNotFoundInConversation', 'The activity was not found.');
  if (!REACTIONS.includes(name)) throw new Refused(400, 'BadArgument', `Unknown reaction ${name}.`);
  if (message.onlyFor !== null)
    throw new Refused(400, 'BadArgument', 'There are no reactions to a targeted message.');
}
