import { TurnContext } from 'botbuilder';
import { pauses, retry } from '../base/retry.ts';
import type { Reply } from '../say/reply.ts';
import type { Telemetry } from '../telemetry.ts';
import { audienceOf, type Message } from './audience.ts';
import type { Capabilities } from './capabilities.ts';
import { ChannelError, type Conversations } from './connector-client.ts';
import type { CardPlace, CardUpdate, Outcome } from './outcome.ts';
import { type Pace, PaceError } from './pace.ts';
import { type Renderer, toMessage } from './reply-activity.ts';
import type { Turn } from './turn.ts';
import type { Outdated, TurnHandler } from './turn-handler.ts';
import { createPrivateWays, here, type Way } from './ways.ts';

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

type Deliverable = Pick<Outcome, 'messages' | 'update' | 'remove'>;

/** Sends what the bot says. `send` and `deliver` reject when the channel accepts nothing. */
export type Dispatcher = {
  /** Null where the channel returns no id for the message; it cannot be changed then. */
  send(message: Message, delivery: Delivery): Promise<Delivered | null>;
  /** Yields each message and each card as soon as it is delivered. */
  deliver(outcome: Deliverable, delivery: Delivery): AsyncGenerator<Delivered, void, void>;
  /** Shows the typing indicator where the rate limit allows it. Never rejects. */
  type(delivery: Delivery): Promise<void>;
};

type DispatcherOptions = {
  telemetry: Telemetry;
  pace: Pace;
  capabilities: Capabilities;
  handler: Pick<TurnHandler, 'moveRequests'>;
  /** The host of Teams' own addresses. */
  teamsHost: string;
};

/** How long a message may wait for its place. While the channel waits for a response, less than the 15 s after which it delivers again. */
const PACE_MS = { awaited: 8_000, afterwards: 60_000 };
/** Pauses between tries after the response, when the channel does not deliver the activity again. */
const AGAIN_MS = [1_000, 3_000, 9_000, 27_000];

/** Sends messages and changes cards within the rate limits of Teams. */
export function createDispatcher({ telemetry, pace, ...options }: DispatcherOptions): Dispatcher {
  const changing = new Map<string, Promise<unknown>>();
  const privately = createPrivateWays({ ...options, post });

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
      if (!isRefusal(error) || !isOther) throw error;
      telemetry.fault('refused card', null, error);
      return insist(conversation, delivery, () => put(words));
    });
    return sent?.id ? { kind: 'shown', card: { conversation, cardId: sent.id, ...standing, reply } } : null;
  }

  async function send(message: Message, delivery: Delivery): Promise<Delivered | null> {
    const { reply, audience, conversation } = message;
    if (audience !== 'everybody') return privately.send(message, delivery);
    return post(reply, here(delivery, conversation), delivery);
  }

  async function* deliver({ messages, update, remove }: Deliverable, delivery: Delivery) {
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
      const changed = await inOrder(isOlder ? { ...card, isOlder } : card, delivery);
      if (changed !== null) yield changed;
    }
    for (const card of remove) await take(card, delivery);
  }

  /** Changes of one card are sent one after the other: a slow change would overwrite a later one. */
  async function inOrder(card: CardUpdate, delivery: Delivery): Promise<Delivered | null> {
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
    try {
      await insist(conversation, delivery, () => replace(card, delivery));
    } catch (error) {
      telemetry.fault('updateActivity', null, error);
      // The channel would not deliver a change again: it is made when the response is sent, and there is time.
      if (delivery.isAwaited() && isPassing(error) && (reply.kind === 'meeting' || reply.kind === 'ended'))
        return { kind: 'unchanged', card: { ...card, reply } };
      if (conversation !== delivery.turn.conversation || isOlder) return null;
      const { turn } = delivery;
      return send({ reply, audience: isPrivate ? 'person' : audienceOf(reply, turn) }, delivery);
    }
    return { kind: 'shown', card };
  }

  /** A card that cannot be taken away stays: its buttons say that they are no use any more. */
  async function take({ conversation, cardId, isPrivate }: CardPlace, delivery: Delivery): Promise<void> {
    const { conversations } = delivery;
    const work = () =>
      isPrivate
        ? conversations.deleteTargeted(conversation, cardId)
        : conversations.deleteActivity(conversation, cardId);
    await insist(conversation, delivery, work).catch((error) => {
      telemetry.fault('deleteActivity', null, error);
    });
  }

  async function type({ context, turn }: Delivery): Promise<void> {
    const lane = laneOf(turn, context.activity.conversation.id);
    if (!pace.isFree(lane)) return;
    const shown = Promise.resolve(pace.reserve(lane, 0)).then(() => context.sendActivity({ type: 'typing' }));
    // The typing indicator may fail: the answer itself arrives or reports the error.
    await shown.catch(() => undefined);
  }

  return { send, deliver, type };
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

/** Whether an error says that the channel will never accept this message. */
const isRefusal = (error: unknown) => error instanceof ChannelError && [400, 413].includes(error.status);

/** Whether the channel may accept the same message a little later. */
const isPassing = (error: unknown) =>
  error instanceof ChannelError
    ? error.status === 0 || error.status >= 500 || [408, 412, 429].includes(error.status)
    : error instanceof PaceError;

/** Whether an error comes from the channel and is no bug. */
export const isChannelError = (error: unknown): boolean =>
  error instanceof ChannelError || error instanceof PaceError;

const laneOf = (turn: Turn, conversation: string) => ({
  tenant: turn.tenant,
  conversation,
});
