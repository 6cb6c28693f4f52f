import { type Activity, TurnContext } from 'botbuilder';
import { pauses, retry } from '../base/retry.ts';
import type { Reply } from '../say/reply.ts';
import type { Telemetry } from '../telemetry.ts';
import { ChannelError } from './connector-client.ts';
import type { CardUpdate, Outcome } from './outcome.ts';
import { type Pace, PaceError } from './pace.ts';
import { type Renderer, toMessage } from './reply-activity.ts';
import type { Turn } from './turn.ts';
import type { Outdated } from './turn-handler.ts';

/** Where a turn came from, and how replies are rendered there. */
export type Delivery = {
  context: TurnContext;
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
  send(reply: Reply, delivery: Delivery): Promise<Delivered | null>;
  /** Yields each message and each card as soon as it is delivered. */
  deliver(
    outcome: Pick<Outcome, 'send' | 'update'>,
    delivery: Delivery,
  ): AsyncGenerator<Delivered, void, void>;
  /** Shows the typing indicator where the rate limit allows it. Never rejects. */
  type(delivery: Delivery): Promise<void>;
};

type DispatcherOptions = { telemetry: Telemetry; pace: Pace };

/** How long a message may wait for its place. While the channel waits for a response, less than the 15 s after which it delivers again. */
const PACE_MS = { awaited: 8_000, afterwards: 60_000 };
/** Pauses between tries after the response, when the channel does not deliver the activity again. */
const AGAIN_MS = [1_000, 3_000, 9_000, 27_000];

/** Sends messages and changes cards within the rate limits of Teams. */
export function createDispatcher({ telemetry, pace }: DispatcherOptions): Dispatcher {
  const changing = new Map<string, Promise<unknown>>();

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

  async function send(reply: Reply, delivery: Delivery): Promise<Delivered | null> {
    const { context, renderer, inWords } = delivery;
    const conversation = context.activity.conversation.id;
    const post = (message: Partial<Activity>) =>
      insist(conversation, delivery, () => context.sendActivity(message));
    const message = toMessage(reply, renderer);
    const sent = await post(message).catch((error: unknown) => {
      const words = toMessage(reply, inWords);
      const isOther = message.text === undefined && words.text !== undefined;
      if (!isRefusal(error) || !isOther) throw error;
      telemetry.fault('refused card', null, error);
      return post(words);
    });
    return sent?.id ? { kind: 'shown', card: { conversation, cardId: sent.id, reply } } : null;
  }

  async function* deliver({ send: replies, update }: Pick<Outcome, 'send' | 'update'>, delivery: Delivery) {
    for (const reply of replies) {
      const sent = await send(reply, delivery);
      if (sent !== null) yield sent;
    }
    // Of two cards in one conversation the newer one follows the meeting from now on.
    const isSent = replies.some(({ kind }) => kind === 'meeting');
    const here = delivery.context.activity.conversation.id;
    for (const card of update) {
      const isOlder = isSent && card.conversation === here;
      const changed = await inOrder(isOlder ? { ...card, isOlder } : card, delivery);
      if (changed !== null) yield changed;
    }
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
    const { reply, conversation, cardId, isOlder } = card;
    const { context, renderer } = delivery;
    const { conversation: here } = context.activity;
    const message = TurnContext.applyConversationReference(
      toMessage(reply, renderer),
      TurnContext.getConversationReference(context.activity),
    );
    const changed = { ...message, id: cardId, conversation: { ...here, id: conversation } };
    try {
      // By the adapter: the context would look for every card in the conversation of this turn.
      await insist(conversation, delivery, () => context.adapter.updateActivity(context, changed));
    } catch (error) {
      telemetry.fault('updateActivity', null, error);
      // The channel would not deliver a change again: it is made when the response is sent, and there is time.
      if (delivery.isAwaited() && isPassing(error) && (reply.kind === 'meeting' || reply.kind === 'ended'))
        return { kind: 'unchanged', card: { ...card, reply } };
      return conversation === here.id && !isOlder ? send(reply, delivery) : null;
    }
    return { kind: 'shown', card };
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
