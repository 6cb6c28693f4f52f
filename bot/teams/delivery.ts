import { TurnContext } from 'botbuilder';
import { pauses, retry } from '../base/retry.ts';
import { type Outdated, rememberShown } from '../handle/cards/shown.ts';
import type { Services } from '../handle/services.ts';
import type { Reply } from '../reply.ts';
import type { Telemetry } from '../telemetry.ts';
import { ChannelError } from './conversations.ts';
import type { CardPlace, CardUpdate, Outcome } from './outcome.ts';
import { type Pace, PaceError } from './pace.ts';
import { type Renderer, toMessage } from './reply-activity.ts';
import type { Turn } from './turn.ts';

/** Where a turn came from, and what goes back there. */
export type Delivery = {
  context: TurnContext;
  turn: Turn;
  renderer: Renderer;
  /** Whether the channel still waits for an answer: if so, what cannot be sent is left to it, and it delivers again. */
  isAwaited(): boolean;
};

/** The way out of the bot. Both reject where the channel takes nothing, and answer the cards that show what was. */
export type Out = {
  send(reply: Reply, delivery: Delivery): Promise<Outdated[]>;
  deliver(outcome: Pick<Outcome, 'send' | 'update'>, delivery: Delivery): Promise<Outdated[]>;
  /** Shows that somebody is typing, if there is room for it. Never rejects. */
  type(delivery: Delivery): Promise<void>;
};

type OutOptions = { services: Services; telemetry: Telemetry; pace: Pace };

/** Teams delivers again what was not answered within 15 s; what nobody waits for has longer to find its place. */
const PACE_MS = { awaited: 8_000, afterwards: 60_000 };
/** What nobody delivers again is tried again, as long as somebody may still be looking. */
const AGAIN_MS = [1_000, 3_000, 9_000, 27_000];

/** Sends messages and changes cards, in the pace that Teams wants, and remembers where they stand. */
export function createOut({ services, telemetry, pace }: OutOptions): Out {
  const changing = new Map<string, Promise<unknown>>();
  const out: Out = {
    send: async (reply, delivery) => {
      const { context } = delivery;
      const { conversation } = context.activity;
      const message = toMessage(reply, delivery.renderer);
      const sent = await insist(delivery, async () => {
        await ready(conversation.id, delivery);
        return context.sendActivity(message);
      });
      if (!sent?.id) return [];
      return remember(reply, { conversation: conversation.id, cardId: sent.id }, delivery);
    },
    deliver: async ({ send, update }, delivery) => {
      const outdated: Outdated[] = [];
      for (const reply of send) outdated.push(...(await out.send(reply, delivery)));
      // Of two cards in one conversation the newer one follows the meeting from now on.
      const isSent = send.some(({ kind }) => kind === 'meeting');
      const here = delivery.context.activity.conversation.id;
      for (const card of update) {
        const isOlder = isSent && card.conversation === here;
        const place = isOlder ? { ...card, isOlder } : card;
        outdated.push(...(await inOrder(place, () => change(place, delivery))));
      }
      return outdated;
    },
    type: async ({ context, turn }) => {
      const lane = laneOf(turn, context.activity.conversation.id);
      if (!pace.isFree(lane)) return;
      const shown = Promise.resolve(pace.turn(lane, 0)).then(() => context.sendActivity({ type: 'typing' }));
      // A courtesy: when it cannot be shown, the answer itself will say so or arrive.
      await shown.catch(() => undefined);
    },
  };

  const ready = (conversation: string, { turn, isAwaited }: Delivery) =>
    pace.turn(laneOf(turn, conversation), isAwaited() ? PACE_MS.awaited : PACE_MS.afterwards);

  /** What changes one card goes out in its order: a slow change would bring back what a later one has replaced. */
  async function inOrder<T>({ conversation, cardId }: CardPlace, work: () => Promise<T>): Promise<T> {
    const key = `${conversation} ${cardId}`;
    const done = (changing.get(key) ?? Promise.resolve()).then(work);
    const settled = done.catch(() => undefined);
    changing.set(key, settled);
    void settled.then(() => changing.get(key) === settled && changing.delete(key));
    return done;
  }

  /** A card that the bot may not change (any more) is followed by a new one, where the person who acts will see it. */
  async function change({ reply, ...place }: CardUpdate, delivery: Delivery): Promise<Outdated[]> {
    const { context, renderer } = delivery;
    const { conversation: here } = context.activity;
    const message = TurnContext.applyConversationReference(
      toMessage(reply, renderer),
      TurnContext.getConversationReference(context.activity),
    );
    const changed = { ...message, id: place.cardId, conversation: { ...here, id: place.conversation } };
    try {
      // By the adapter: the context would look for every card in the conversation of this turn.
      await insist(delivery, async () => {
        await ready(place.conversation, delivery);
        return context.adapter.updateActivity(context, changed);
      });
    } catch (error) {
      telemetry.fault('updateActivity', null, error);
      // Nobody delivers a change again: it is made when the channel has its answer, and there is time.
      if (delivery.isAwaited() && isPassing(error) && reply.kind === 'meeting') return [{ ...place, reply }];
      return place.conversation === here.id && !place.isOlder ? out.send(reply, delivery) : [];
    }
    return remember(reply, place, delivery);
  }

  /** The person has the card, whether or not the store can keep where it stands. */
  async function remember(reply: Reply, place: CardPlace, { turn }: Delivery): Promise<Outdated[]> {
    try {
      const outdated = await rememberShown(turn, reply, place, services);
      return outdated === null ? [] : [outdated];
    } catch (error) {
      telemetry.fault('remember card', null, error);
      return [];
    }
  }
  return out;
}

/** Once where the channel waits and would deliver again; with patience where nobody else would try again. */
const insist = <T>({ isAwaited }: Delivery, work: () => Promise<T>): Promise<T> =>
  retry(
    work,
    pauses(AGAIN_MS, (error) => !isAwaited() && isPassing(error)),
  );

/** What the channel may well take a little later. */
const isPassing = (error: unknown) =>
  error instanceof ChannelError
    ? error.status === 0 || error.status >= 500 || [408, 412, 429].includes(error.status)
    : error instanceof PaceError;

/** True where the channel is why something could not be said, and not a bug. */
export const isOfChannel = (error: unknown): boolean =>
  error instanceof ChannelError || error instanceof PaceError;

const laneOf = (turn: Turn, conversation: string) => ({
  tenant: turn.kind === 'ignored' ? '' : turn.tenant,
  conversation,
});
