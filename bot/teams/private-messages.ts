import { type Activity, TurnContext } from 'botbuilder';
import { createCache } from '../base/cache.ts';
import type { Reply } from '../say/render.ts';
import { lastResort } from './audience.ts';
import type { Capabilities } from './capabilities.ts';
import { openChat } from './connector-client.ts';
import type { Delivered, Delivery } from './delivery.ts';
import { messageLink } from './message-link.ts';
import type { Message } from './outcome.ts';
import type { TurnHandler } from './turn-handler.ts';

/** A way on which a message reaches its readers. */
export type Way = {
  conversation: string;
  isPrivate?: true;
  send(message: Partial<Activity>): Promise<{ id?: string } | undefined>;
};

/** To everybody in the conversation of the turn, or in another one. */
export function here(delivery: Delivery, conversation = delivery.turn.conversation): Way {
  const { context, turn, conversations } = delivery;
  if (conversation === turn.conversation)
    return { conversation, send: (message) => context.sendActivity(message) };
  return {
    conversation,
    send: (message) =>
      conversations.sendToConversation(conversation, addressed(message, conversation, delivery)) as Sent,
  };
}

type Sent = ReturnType<Way['send']>;

/** To the person who acted, where they acted: nobody else there sees it. Teams takes no reply to a message for it. */
function targeted(delivery: Delivery): Way {
  const { turn, conversations } = delivery;
  const { conversation, isPrivate, activityId } = turn;
  const answers = { type: 'targetedMessageInfo', messageId: activityId };
  return {
    conversation,
    isPrivate: true,
    send: (message) => {
      const addressee = addressed(message, conversation, delivery);
      const entities = [...(addressee.entities ?? []), ...(isPrivate ? [answers] : [])];
      return conversations.sendTargeted(conversation, { ...addressee, entities }) as Sent;
    },
  };
}

function addressed(message: Partial<Activity>, conversation: string, { context }: Delivery) {
  const reference = TurnContext.getConversationReference(context.activity);
  const { replyToId: _, ...activity } = TurnContext.applyConversationReference({ ...message }, reference);
  return { ...activity, conversation: { ...reference.conversation, id: conversation } };
}

type WaysOptions = {
  capabilities: Capabilities;
  handler: Pick<TurnHandler, 'moveRequests'>;
  teamsHost: string;
  post(reply: Reply, way: Way, delivery: Delivery): Promise<Delivered | null>;
};

const MOST_CHATS = 5_000;

/**
 * Ways to one person in a group or channel. What Teams refuses there is not tried again for a day; then the chat with the
 * bot is the way, and where that cannot be had either, what may be read by everybody is said to everybody.
 */
export function createPrivateWays({ capabilities, handler, teamsHost, post }: WaysOptions) {
  const chats = createCache<string>(MOST_CHATS);
  const told = new WeakSet<Delivery>();

  /** The id of the person's chat with the bot. */
  async function chatOf({ context, turn, conversations }: Delivery): Promise<string> {
    const key = `${turn.tenant} ${turn.teamsId}`;
    const known = chats.get(key);
    if (known !== undefined) return known;
    const { id: bot, name } = context.activity.recipient;
    const id = await openChat({ ...turn, bot: { id: bot, name } }, conversations);
    chats.set(key, id);
    return id;
  }

  /** To the person in their chat with the bot, where what waits for their answer waits from now on. */
  async function sendInChat(reply: Reply, delivery: Delivery): Promise<Delivered | null> {
    const { turn } = delivery;
    const conversation = await chatOf(delivery);
    const way = here(delivery, conversation);
    if (!told.has(delivery)) await post(asked(delivery), way, delivery);
    told.add(delivery);
    const sent = await post(reply, way, delivery);
    await handler.moveRequests(turn, conversation);
    return sent;
  }

  function asked({ turn }: Delivery): Reply {
    const { placeName: name = null, activityId: messageId } = turn;
    const isWritten = turn.kind === 'message' && !turn.isPrivate;
    const url = messageLink({ ...turn, ...(isWritten && { messageId }) }, teamsHost);
    return { kind: 'elsewhere', why: 'asked', name, url };
  }

  /** Resolves with the card that the person sees. Rejects when the channel accepts nothing. */
  async function send(message: Message, delivery: Delivery): Promise<Delivered | null> {
    const { reply, audience, isOptional } = message;
    const { turn } = delivery;
    const { unlessRefused } = capabilities;
    const inPlace = () => post(reply, targeted(delivery), delivery);
    const first = audience === 'person' ? await unlessRefused('targeted', turn, inPlace) : null;
    if (first !== null) return first.done;
    if (isOptional) return null;
    const second = await unlessRefused('chat', turn, () => sendInChat(reply, delivery));
    return second === null ? post(lastResort(message), here(delivery), delivery) : second.done;
  }

  return { send };
}
