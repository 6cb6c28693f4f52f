import { type Activity, TurnContext } from 'botbuilder';
import { createCache } from '../base/cache.ts';
import { pauses, retry } from '../base/retry.ts';
import type { Reply } from '../say/render.ts';
import type { Telemetry } from '../telemetry.ts';
import { CARD_REFUSED, ChannelError, type Conversations, isAnswered, openChat, UNABLE } from './connector.ts';
import { messageLink } from './message-link.ts';
import {
  audienceOf,
  type CardPlace,
  type CardUpdate,
  lastResort,
  type Message,
  type Outcome,
  type Outdated,
  type TurnHandler,
} from './outcome.ts';
import { type Pace, PaceError } from './pace.ts';
import { type Renderer, toMessage } from './response.ts';
import type { Capability, Turn } from './turn.ts';

/** Where a turn came from, and how replies are rendered there. */
export type Delivery = {
  context: TurnContext;
  conversations: Conversations;
  turn: Turn;
  renderer: Renderer;
  /** Renders a reply as text, for a channel that refuses the card. */
  inWords: Renderer;
  /** Whether the channel still waits for the response. Then a message that cannot be sent is an error, and the channel delivers the activity again. */
  isAwaited(): boolean;
};

/** A card that is shown now, or one that the channel refused to change and that shows an older revision. */
export type Delivered = { kind: 'shown'; card: CardUpdate } | { kind: 'unchanged'; card: Outdated };

/** Sends what the bot says. `send` and `deliver` reject when the channel accepts nothing. */
export type Dispatcher = {
  /** Null where the channel returns no id for the message; it cannot be changed then. */
  send(message: Message, delivery: Delivery): Promise<Delivered | null>;
  /** Yields each message and each card as soon as it is delivered. */
  deliver(
    outcome: Pick<Outcome, 'messages' | 'update' | 'remove'>,
    delivery: Delivery,
  ): AsyncGenerator<Delivered, void, void>;
  /** Shows the typing indicator where the rate limit allows it. Never rejects. */
  type(delivery: Delivery): Promise<void>;
  /** Does what Teams may refuse. Resolves with null where it refuses, and for a day afterwards without asking again. */
  unlessRefused<T>(capability: Capability, turn: Turn, work: () => Promise<T>): Promise<{ done: T } | null>;
};

type DispatcherOptions = {
  telemetry: Telemetry;
  pace: Pace;
  handler: Pick<TurnHandler, 'isRefused' | 'noteRefusal' | 'moveRequests'>;
  /** The host of Teams' own addresses. */
  teamsHost: string;
};

/** How long a message may wait for its place. While the channel waits for a response, less than the 15 s after which it delivers again. */
const PACE_MS = { awaited: 8_000, afterwards: 60_000 };
/** Pauses between tries after the response, when the channel does not deliver the activity again. */
const AGAIN_MS = [1_000, 3_000, 9_000, 27_000];
const MOST_CHATS = 5_000;

/** Sends messages and changes cards within the rate limits of Teams. */
export function createDispatcher({ telemetry, pace, handler, teamsHost }: DispatcherOptions): Dispatcher {
  const changing = new Map<string, Promise<unknown>>();
  const chats = createCache<string>(MOST_CHATS);
  /** Those whose person has been told in the chat with the bot what it is about. */
  const told = new WeakSet<Delivery>();

  /** Sends within the rate limit. While the channel waits for a response there is one try, because it would deliver the activity again; afterwards there are several. */
  function insist<T>(conversation: string, delivery: Delivery, work: () => Promise<T>): Promise<T> {
    const { turn, isAwaited } = delivery;
    const attempt = async () => {
      await pace.reserve(laneOf(turn, conversation), isAwaited() ? PACE_MS.awaited : PACE_MS.afterwards);
      return work();
    };
    return retry(
      attempt,
      pauses(AGAIN_MS, (error) => !isAwaited() && isPassing(error)),
    );
  }

  /** Sends a reply that way: as a card, or in words where the channel refuses the card. */
  async function post(reply: Reply, way: Way, delivery: Delivery): Promise<Delivered | null> {
    const { conversation, send: put, ...standing } = way;
    const message = toMessage(reply, delivery.renderer);
    const sent = await insist(conversation, delivery, () => put(message)).catch((error: unknown) => {
      const words = toMessage(reply, delivery.inWords);
      const isOther = message.text === undefined && words.text !== undefined;
      if (!isAnswered(error, CARD_REFUSED) || !isOther) throw error;
      telemetry.fault('refused card', null, error);
      return insist(conversation, delivery, () => put(words));
    });
    return sent?.id ? { kind: 'shown', card: { conversation, cardId: sent.id, ...standing, reply } } : null;
  }

  async function unlessRefused<T>(capability: Capability, turn: Turn, work: () => Promise<T>) {
    if (await handler.isRefused(turn, capability)) return null;
    try {
      return { done: await work() };
    } catch (error) {
      if (!isAnswered(error, UNABLE)) throw error;
      telemetry.refused({ capability, status: error.status, place: turn.place });
      await handler.noteRefusal(turn, capability);
      return null;
    }
  }

  /**
   * To one person in a group or channel. What Teams refuses there is not tried again for a day; then the chat with the bot
   * is the way, and where that cannot be had either, what may be read by everybody is said to everybody.
   */
  async function send(message: Message, delivery: Delivery): Promise<Delivered | null> {
    const { reply, audience, conversation, isOptional } = message;
    const { turn } = delivery;
    if (audience === 'everybody') return post(reply, here(delivery, conversation), delivery);
    const inPlace = () => post(reply, targeted(delivery), delivery);
    const first = audience === 'person' ? await unlessRefused('targeted', turn, inPlace) : null;
    if (first !== null) return first.done;
    if (isOptional) return null;
    const second = await unlessRefused('chat', turn, () => sendInChat(reply, delivery));
    return second === null ? post(lastResort(message), here(delivery), delivery) : second.done;
  }

  /** To the person in their chat with the bot, where what waits for their answer waits from now on. */
  async function sendInChat(reply: Reply, delivery: Delivery): Promise<Delivered | null> {
    const conversation = await chatOf(delivery);
    const way = here(delivery, conversation);
    if (!told.has(delivery)) await post(asked(delivery), way, delivery);
    told.add(delivery);
    const sent = await post(reply, way, delivery);
    await handler.moveRequests(delivery.turn, conversation);
    return sent;
  }

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

  function asked({ turn }: Delivery): Reply {
    const { placeName: name = null, activityId: messageId } = turn;
    const isWritten = turn.kind === 'message' && !turn.isPrivate;
    const url = messageLink({ ...turn, ...(isWritten && { messageId }) }, teamsHost);
    return { kind: 'elsewhere', why: 'asked', name, url };
  }

  /** Changes of one card are sent one after the other: a slow change would overwrite a later one. */
  async function changeInOrder(card: CardUpdate, delivery: Delivery): Promise<Delivered | null> {
    const key = `${card.conversation} ${card.cardId}`;
    const done = (changing.get(key) ?? Promise.resolve()).then(() => change(card, delivery));
    const settled = done.catch(() => undefined);
    changing.set(key, settled);
    void settled.then(() => changing.get(key) === settled && changing.delete(key));
    return done;
  }

  /** Changes a card. Where the channel refuses, a new card is sent, if that is where the person who acts sees it. */
  async function change(card: CardUpdate, delivery: Delivery): Promise<Delivered | null> {
    const { reply, conversation, isOlder, isPrivate } = card;
    const { turn } = delivery;
    try {
      await insist(conversation, delivery, () => replace(card, delivery));
    } catch (error) {
      telemetry.fault('updateActivity', null, error);
      // The channel would not deliver a change again: it is made when the response is sent, and there is time.
      if (delivery.isAwaited() && isPassing(error) && (reply.kind === 'meeting' || reply.kind === 'ended'))
        return { kind: 'unchanged', card: { ...card, reply } };
      if (conversation !== turn.conversation || isOlder) return null;
      return send(
        isPrivate ? { reply, audience: 'person', isPrivate } : { reply, audience: audienceOf(reply, turn) },
        delivery,
      );
    }
    return { kind: 'shown', card };
  }

  /** A card that cannot be taken away stays: its buttons say that they are no use any more. */
  async function takeAway({ conversation, cardId, isPrivate }: CardPlace, delivery: Delivery): Promise<void> {
    const { deleteTargeted, deleteActivity } = delivery.conversations;
    const work = () => (isPrivate ? deleteTargeted : deleteActivity)(conversation, cardId);
    await insist(conversation, delivery, work).catch((error) =>
      telemetry.fault('deleteActivity', null, error),
    );
  }

  async function* deliver(
    { messages, update, remove }: Parameters<Dispatcher['deliver']>[0],
    delivery: Delivery,
  ) {
    for (const message of messages) {
      const sent = await send(message, delivery);
      if (sent === null) continue;
      message.onShown?.(sent.card);
      yield sent;
    }
    const { conversation: own } = delivery.turn;
    // Of two cards in one conversation the newer one follows the meeting from now on.
    const followed = messages
      .filter(({ reply, audience }) => reply.kind === 'meeting' && audience === 'everybody')
      .map(({ conversation = own }) => conversation);
    for (const card of update) {
      const isOlder = followed.includes(card.conversation) && !card.isPrivate;
      const changed = await changeInOrder(isOlder ? { ...card, isOlder } : card, delivery);
      if (changed !== null) yield changed;
    }
    for (const card of remove) await takeAway(card, delivery);
  }

  async function type({ context, turn }: Delivery): Promise<void> {
    const lane = laneOf(turn, context.activity.conversation.id);
    if (!pace.isFree(lane)) return;
    const shown = Promise.resolve(pace.reserve(lane, 0)).then(() => context.sendActivity({ type: 'typing' }));
    // The typing indicator may fail: the answer itself arrives or reports the error.
    await shown.catch(() => undefined);
  }

  return { send, deliver, type, unlessRefused };
}

const laneOf = ({ tenant }: Turn, conversation: string) => ({ tenant, conversation });

/** Whether the channel may accept the same message a little later. */
const isPassing = (error: unknown): boolean =>
  error instanceof ChannelError
    ? error.status === 0 || error.status >= 500 || [408, 412, 429].includes(error.status)
    : error instanceof PaceError;

/** Whether an error comes from the channel and is no bug. */
export const isChannelError = (error: unknown): boolean =>
  error instanceof ChannelError || error instanceof PaceError;

/** A way on which a message reaches its readers. */
type Way = {
  conversation: string;
  isPrivate?: true;
  send(message: Partial<Activity>): Promise<{ id?: string } | undefined>;
};

type Sent = ReturnType<Way['send']>;

/** To everybody in the conversation of the turn, or in another one. */
function here(delivery: Delivery, conversation = delivery.turn.conversation): Way {
  const { context, turn, conversations } = delivery;
  if (conversation === turn.conversation)
    return { conversation, send: (message) => context.sendActivity(message) };
  return {
    conversation,
    send: (message) =>
      conversations.sendToConversation(conversation, addressed(message, conversation, delivery)) as Sent,
  };
}

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

function replace(
  { reply, conversation, cardId, isPrivate }: CardUpdate,
  { context, conversations, renderer }: Delivery,
): Promise<unknown> {
  const message = TurnContext.applyConversationReference(
    toMessage(reply, renderer),
    TurnContext.getConversationReference(context.activity),
  );
  const changed = {
    ...message,
    id: cardId,
    conversation: { ...context.activity.conversation, id: conversation },
  };
  // By the adapter: the context would look for every card in the conversation of this turn.
  if (!isPrivate) return context.adapter.updateActivity(context, changed);
  const { recipient: _, replyToId: __, ...kept } = changed;
  return conversations.updateTargeted(conversation, cardId, kept);
}
