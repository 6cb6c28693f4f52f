import { TurnContext } from 'botbuilder';
import type { Telemetry } from '../telemetry.ts';
import { audienceOf } from './audience.ts';
import { type Delivered, type Delivery, type Dispatcher, isPassing } from './delivery.ts';
import type { CardPlace, CardUpdate } from './outcome.ts';
import { toMessage } from './reply-activity.ts';

type CardChangesOptions = {
  telemetry: Telemetry;
  send: Dispatcher['send'];
  /** Sends within the rate limit, with as many tries as there is time for. */
  insist<T>(conversation: string, delivery: Delivery, work: () => Promise<T>): Promise<T>;
};

/** Changes cards that stand in conversations, and takes them away. */
export function createCardChanges({ telemetry, send, insist }: CardChangesOptions) {
  const changing = new Map<string, Promise<unknown>>();

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
      return send(
        isPrivate ? { reply, audience: 'person', isPrivate } : { reply, audience: audienceOf(reply, turn) },
        delivery,
      );
    }
    return { kind: 'shown', card };
  }

  /** A card that cannot be taken away stays: its buttons say that they are no use any more. */
  async function remove({ conversation, cardId, isPrivate }: CardPlace, delivery: Delivery): Promise<void> {
    const { conversations } = delivery;
    const work = () =>
      isPrivate
        ? conversations.deleteTargeted(conversation, cardId)
        : conversations.deleteActivity(conversation, cardId);
    await insist(conversation, delivery, work).catch((error) => {
      telemetry.fault('deleteActivity', null, error);
    });
  }

  return { change: inOrder, remove };
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
