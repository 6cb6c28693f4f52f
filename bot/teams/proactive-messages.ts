import type { DateTime } from 'luxon';
import type { ConversationReference } from '../meeting/record.ts';
import { type Reply, render, renderInWords } from '../say/render.ts';
import {
  CARD_REFUSED,
  type ConnectorAdapter,
  type Conversations,
  isAnswered,
  openChat,
  UNABLE,
} from './connector.ts';
import type { CardUpdate } from './outcome.ts';
import type { Pace } from './pace.ts';
import { type Renderer, toMessage } from './response.ts';

/** Where something is written that answers nobody. */
type Destination = {
  tenant: string;
  conversation: string;
  conversationReference: ConversationReference;
  /** Nobody else in the conversation is to see it: where Teams refuses that, it goes to the person's chat with the bot. */
  isPrivate?: true;
};

/** Writes where nobody has just written to the bot. Both reject with ChannelError or PaceError when it may be tried again. */
export type Writer = {
  /** False where the bot is no longer in the conversation, or the conversation is gone. `reference`: for a card that is refused. */
  send(reply: Reply, to: Destination, reference: string): Promise<boolean>;
  /** Shows a card anew. Does nothing where the card or the conversation is gone. */
  update(card: CardUpdate, to: Destination): Promise<void>;
};

type WriterOptions = {
  adapter: Pick<ConnectorAdapter, 'conversations'>;
  /** Whether tokens of the bot may be sent to this address. It comes from the store, and rules may have changed since. */
  isServiceUrl(url: string): boolean;
  pace: Pace;
  now(): DateTime;
};

/** How long a message may wait for its place within the rate limits. */
const PACE_MS = 8_000;
/** Blocked, removed, or not there any more: nothing helps. */
const GONE: readonly number[] = [403, 404];

/** A writer with the bot's own credentials. */
export function createWriter({ adapter, isServiceUrl, pace, now }: WriterOptions): Writer {
  /** The channel's conversations behind this address, once this message has its place. Null where the address is none of the cloud. */
  async function reserve({ tenant, conversation, conversationReference: { serviceUrl } }: Destination) {
    if (!isServiceUrl(serviceUrl)) return null;
    await pace.reserve({ tenant, conversation }, PACE_MS);
    return adapter.conversations(serviceUrl);
  }

  return {
    send: async (reply, to, reference) => {
      const conversations = await reserve(to);
      if (conversations === null) return false;
      const { locale, zone } = to.conversationReference;
      const reader = { locale, zone, now: now() };
      const post = (renderer: Renderer) => put(toMessage(reply, renderer), to, conversations);
      try {
        await post((one) => render(one, reader)).catch((error: unknown) => {
          if (!isAnswered(error, CARD_REFUSED)) throw error;
          return post((one) => renderInWords(one, reader, reference));
        });
        return true;
      } catch (error) {
        if (isAnswered(error, GONE)) return false;
        throw error;
      }
    },
    update: async ({ reply, cardId }, to) => {
      const conversations = await reserve(to);
      if (conversations === null) return;
      const { locale, zone } = to.conversationReference;
      const message = toMessage(reply, (one) => render(one, { locale, zone, now: now() }));
      const changed = { ...message, ...addressOf(to), id: cardId };
      await conversations.updateActivity(to.conversation, cardId, changed).catch((error: unknown) => {
        if (!isAnswered(error, [...GONE, ...CARD_REFUSED])) throw error;
      });
    },
  };
}

async function put(message: object, to: Destination, conversations: Conversations): Promise<unknown> {
  const { conversation, tenant, isPrivate, conversationReference } = to;
  const activity = { ...message, ...addressOf(to) };
  if (!isPrivate) return conversations.sendToConversation(conversation, activity);
  const { bot, teamsId } = conversationReference;
  const targeted = { ...activity, recipient: { id: teamsId } };
  return conversations.sendTargeted(conversation, targeted).catch(async (error: unknown) => {
    if (!isAnswered(error, UNABLE)) throw error;
    const chat = await openChat({ bot: { id: bot }, teamsId, tenant }, conversations);
    return conversations.sendToConversation(chat, { ...activity, conversation: { id: chat } });
  });
}

const addressOf = ({ conversation, conversationReference }: Destination) => ({
  channelId: 'msteams',
  serviceUrl: conversationReference.serviceUrl,
  from: { id: conversationReference.bot },
  conversation: { id: conversation },
});
