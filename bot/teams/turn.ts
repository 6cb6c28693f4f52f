import type { DateTime } from 'luxon';
import type { Utterance } from '../language/command.ts';
import type { Origin } from '../meeting/record.ts';

/** Who is speaking, where, and when. Ids are the channel's (`29:…`, `19:…`) unless they say Entra. */
export type TurnBase = {
  activityId: string;
  /** Entra ids. `user` is null for somebody without a directory account. */
  tenant: string;
  user: string | null;
  /** The speaker as the channel knows them. */
  teamsId: string;
  name: string;
  /** The channel's address for this conversation, and the bot's own id there. */
  serviceUrl: string;
  bot: string;
  conversation: string;
  place: Origin['place'];
  /** Nobody else in the group or channel sees what the person did, as with a slash command. */
  isPrivate?: true;
  /** What the group or channel is called, where Teams says so. */
  placeName?: string;
  /** The instant at which the person acted, in UTC. */
  at: DateTime;
  /** IANA name as Teams knows it, or null. */
  zone: string | null;
  /** BCP 47 tag. */
  locale: string;
};

/** Somebody wrote to the bot. */
export type MessageTurn = TurnBase & { kind: 'message'; utterance: Utterance };

/** A click on a card, by whichever way it came. */
export type CardAction = {
  verb: string;
  /** Nothing in here is trusted: an id to look up, and what was typed. */
  data: Readonly<Record<string, unknown>>;
  /** The activity whose card was clicked. */
  cardId: string | null;
  /** An invoke wants its answer in the response, a message (the fallback of older clients) as a new message. */
  via: 'invoke' | 'message';
  /** Single sign-on token, on Teams' second try. */
  token: string | null;
};

/** Somebody clicked on a card of the bot. */
export type ActionTurn = TurnBase & { kind: 'action'; action: CardAction };

/** Teams hands over a single sign-on token. */
export type TokenExchangeTurn = TurnBase & {
  kind: 'tokenExchange';
  exchangeId: string;
  connectionName: string;
  token: string;
};

/** What somebody did in a conversation with the bot. */
export type Turn =
  | MessageTurn
  | ActionTurn
  | TokenExchangeTurn
  /** The sign-in popup is closed; `isCancelled`: by the person, before they agreed. */
  | (TurnBase & { kind: 'verifyState'; isCancelled: boolean })
  | (TurnBase & { kind: 'signInFailure'; code: string })
  | (TurnBase & { kind: 'joined' });

/** An activity that the bot does not act on. */
export type Ignored = { kind: 'ignored'; reason: string; isInvoke: boolean };
