import { type Delivery, type Dispatcher, isChannelError } from './dispatcher.ts';
import type { Message, Outcome } from './outcome.ts';
import type { Pace } from './pace.ts';
import type { Turn } from './turn.ts';

/** What a reaction says of the message under which it stands. */
export type Mood = 'working' | 'done' | 'failed';

/** Teams' names of reactions. */
const NAMES: Record<Mood, string> = {
  working: '1f440_eyes',
  done: '2705_whiteheavycheckmark',
  failed: 'sad',
};

/** A reaction may come a little late; one that stands must not stay for long. */
const PATIENCE_MS = { add: 1_000, remove: 10_000 };

/**
 * Reactions of the bot to what somebody wrote in a group or channel, where others see no answer that is private. They are an
 * addition: what Teams refuses or the rate limit forbids is left out. No function rejects for that.
 */
type Reactions = {
  /** Shows that the bot is at work. */
  begin(delivery: Delivery): Promise<void>;
  /** The messages that are left to be sent: a bare acknowledgement is a reaction, where that is possible. */
  insteadOf(messages: readonly Message[], delivery: Delivery): Promise<readonly Message[]>;
  /** Takes away that the bot is at work, and shows what has come of it. */
  settle(mood: Mood | null, delivery: Delivery): Promise<void>;
};

/** Reactions within their own rate limit. */
export function createReactions({ unlessRefused }: Dispatcher, pace: Pace): Reactions {
  const working = new WeakMap<Delivery, Promise<boolean>>();

  /** Whether it was done. */
  async function attempt(
    delivery: Delivery,
    patience: number,
    work: () => Promise<unknown>,
  ): Promise<boolean> {
    const { turn } = delivery;
    if (!isOpenToAll(turn)) return false;
    try {
      await pace.react(turn.tenant, patience);
      return (await unlessRefused('reactions', turn, work)) !== null;
    } catch (error) {
      if (isChannelError(error)) return false;
      throw error;
    }
  }

  const add = (mood: Mood, delivery: Delivery) => {
    const { conversation, activityId } = delivery.turn;
    const { addReaction } = delivery.conversations;
    return attempt(delivery, PATIENCE_MS.add, () => addReaction(conversation, activityId, NAMES[mood]));
  };

  return {
    begin: async (delivery) => {
      const shown = add('working', delivery);
      working.set(delivery, shown);
      await shown;
    },
    insteadOf: async (messages, delivery) => {
      if (!messages.every(isAcknowledgement) || messages.length === 0) return messages;
      return (await add('done', delivery)) ? [] : messages;
    },
    settle: async (mood, delivery) => {
      const { turn, conversations } = delivery;
      const { conversation, activityId } = turn;
      if (await working.get(delivery)) {
        const remove = () => conversations.removeReaction(conversation, activityId, NAMES.working);
        await attempt(delivery, PATIENCE_MS.remove, remove);
      }
      if (mood !== null) await add(mood, delivery);
    },
  };
}

/** Teams takes no reaction to a private message, and in a chat with the bot the answer itself is there. */
const isOpenToAll = ({ kind, place, isPrivate, activityId }: Turn): boolean =>
  kind === 'message' && place !== 'personal' && !isPrivate && activityId !== '';

const isAcknowledgement = ({ reply }: Message): boolean =>
  reply.kind === 'notice' && reply.notice === 'leftAsIs';

/** What a reaction says of an outcome; null where it is a question or a fact, which is no success and no failure. */
export function moodOf({ name, messages, update }: Outcome): Mood | null {
  if (messages.some(({ reply }) => reply.kind === 'problem')) return 'failed';
  const isSeen = messages.some(({ audience, reply }) => audience === 'everybody' && CHANGES.has(reply.kind));
  return isSeen || update.length > 0 || THANKED.has(name) ? 'done' : null;
}

const CHANGES: ReadonlySet<Message['reply']['kind']> = new Set(['meeting', 'ended', 'invitation']);
/** Outcomes to which nothing is said. */
const THANKED: ReadonlySet<string> = new Set(['thanks', 'nod']);
