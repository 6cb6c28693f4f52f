import type { MeetingRecord } from '../meeting/record.ts';
import type { SignInReply } from '../say/cards/sign-in.ts';
import type { Reply } from '../say/reply.ts';

/** What the response to an invoke says; the bot's edge knows the wire shapes. */
export type Answer =
  | { kind: 'ok' }
  /** `signin/tokenExchange` did not work: Teams shows the sign-in button. */
  | { kind: 'exchangeFailed'; exchangeId: string; connectionName: string; detail: string }
  | { kind: 'card'; reply: Reply }
  /** A sentence beside the card. */
  | { kind: 'sentence'; reply: Reply }
  /** Teams signs the person in and repeats the action with a token. */
  | { kind: 'login'; reply: SignInReply }
  /** The token that Teams brought is no use until the person has agreed: Teams shows the sign-in button. */
  | { kind: 'consent' }
  | { kind: 'badRequest' }
  /** Not done yet, by whoever is at work on it: the channel should deliver again. */
  | { kind: 'comeAgain' };

/** Where a card stands. `isOlder`: its meeting has a newer one, by which it is found. */
export type CardPlace = { conversation: string; cardId: string; isOlder?: true };

/** What that card is to show from now on. */
export type CardUpdate = CardPlace & { reply: Reply };

/** Everything that one turn leads to. */
export type Outcome = {
  /** One word for the log. */
  name: string;
  /** New messages in the conversation. */
  send: readonly Reply[];
  /** The response, where the turn was an invoke. */
  answer: Answer | null;
  /** Cards that change for everybody who sees them. */
  update: readonly CardUpdate[];
  /** What was begun with these meetings is finished once all of this has reached the person. */
  done: readonly Pick<MeetingRecord, 'id' | 'revision'>[];
  /** Called once, when all of it has reached the person or could not; until then the activity is being worked on. */
  finish: ((isDelivered: boolean) => Promise<void>) | null;
  /** Goes on while Teams waits for the response, and after it where that takes long. */
  afterwards: (() => Promise<Outcome>) | null;
};

const NOTHING = { send: [], answer: null, update: [], done: [], finish: null, afterwards: null } as const;

/** Nothing is said; the log has the name. */
export const silent = (name: string): Outcome => ({ ...NOTHING, name });

/** New messages, and nothing else. */
export const sends = (name: string, ...send: Reply[]): Outcome => ({ ...NOTHING, name, send });

/** The response to an invoke, and nothing else. */
export const answers = (name: string, answer: Answer): Outcome => ({ ...NOTHING, name, answer });
