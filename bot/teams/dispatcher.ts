import { pauses, retry } from '../base/retry.ts';
import type { Reply } from '../say/render.ts';
import type { Telemetry } from '../telemetry.ts';
import type { Capabilities } from './capabilities.ts';
import { createCardChanges } from './card-changes.ts';
import { ChannelError } from './connector-client.ts';
import { type Deliverable, type Delivered, type Delivery, type Dispatcher, isPassing } from './delivery.ts';
import type { Message } from './outcome.ts';
import type { Pace } from './pace.ts';
import { createPrivateWays, here, type Way } from './private-messages.ts';
import { toMessage } from './reply-activity.ts';
import type { Turn } from './turn.ts';
import type { TurnHandler } from './turn-handler.ts';

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

const laneOf = (turn: Turn, conversation: string) => ({
  tenant: turn.tenant,
  conversation,
});
