import type { TurnContext } from 'botbuilder';
import { ChannelError, type Conversations } from './connector-client.ts';
import type { CardUpdate, Message, Outcome } from './outcome.ts';
import { PaceError } from './pace.ts';
import type { Renderer } from './reply-activity.ts';
import type { Turn } from './turn.ts';
import type { Outdated } from './turn-handler.ts';

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

/** What of an outcome is sent. */
export type Deliverable = Pick<Outcome, 'messages' | 'update' | 'remove'>;

/** Sends what the bot says. `send` and `deliver` reject when the channel accepts nothing. */
export type Dispatcher = {
  /** Null where the channel returns no id for the message; it cannot be changed then. */
  send(message: Message, delivery: Delivery): Promise<Delivered | null>;
  /** Yields each message and each card as soon as it is delivered. */
  deliver(outcome: Deliverable, delivery: Delivery): AsyncGenerator<Delivered, void, void>;
  /** Shows the typing indicator where the rate limit allows it. Never rejects. */
  type(delivery: Delivery): Promise<void>;
};

/** Whether the channel may accept the same message a little later. */
export const isPassing = (error: unknown): boolean =>
  error instanceof ChannelError
    ? error.status === 0 || error.status >= 500 || [408, 412, 429].includes(error.status)
    : error instanceof PaceError;

/** Whether an error comes from the channel and is no bug. */
export const isChannelError = (error: unknown): boolean =>
  error instanceof ChannelError || error instanceof PaceError;
