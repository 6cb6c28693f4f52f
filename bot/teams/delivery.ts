import type { TurnContext } from 'botbuilder';
import { pauses, retry } from '../base/retry.ts';
import type { Reply } from '../say/render.ts';
import type { Telemetry } from '../telemetry.ts';
import type { Message } from './audience.ts';
import type { Capabilities } from './capabilities.ts';
import { createCardChanges } from './card-changes.ts';
import { ChannelError, type Conversations } from './connector-client.ts';
import type { CardUpdate, Outcome } from './outcome.ts';
import { type Pace, PaceError } from './pace.ts';
import { createPrivateWays, here, type Way } from './private-messages.ts';
import { type Renderer, toMessage } from './reply-activity.ts';
import type { Turn } from './turn.ts';
import type { Outdated, TurnHandler } from './turn-handler.ts';

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
  const privately = createPrivateWays({ ...options, post });
  const { change, remove: takeAway } = createCardChanges({ telemetry, insist, send });

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
      const changed = await change(isOlder ? { ...card, isOlder } : card, delivery);
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

  return { send, deliver, type };
}

/** Whether an error says that the channel will never accept this message. */
const isRefusal = (error: unknown) => error instanceof ChannelError && [400, 413].includes(error.status);

/** Whether the channel may accept the same message a little later. */
export const isPassing = (error: unknown): boolean =>
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
