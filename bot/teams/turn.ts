import type { DateTime } from 'luxon';
import type { Mentioned, Utterance } from '../language/command.ts';
import type { Roster } from '../meeting/match-names.ts';
import type { Guest } from '../meeting/meeting.ts';
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
  /** The activity whose card is answered. */
  cardId: string | null;
  exchangeId: string;
  connectionName: string;
  token: string;
};

/** A message in a chat, as the message action hands it over. The ids of its people are Entra's. */
export type QuotedMessage = {
  utterance: Utterance;
  /** When it was written, in UTC. */
  at: DateTime;
  /** Null where no person of a directory has written it. */
  author: Mentioned | null;
};

/** Somebody calls the message extension's command: on a message, or (null) where messages are written. */
export type OpenDialogTurn = TurnBase & { kind: 'openDialog'; message: QuotedMessage | null };

/** Somebody submits the command's dialog: its form, or the page that gets a token. */
export type SubmitDialogTurn = TurnBase & {
  kind: 'submitDialog';
  /** As little trusted as the data of a click. */
  data: Readonly<Record<string, unknown>>;
  /** Single sign-on token, where the page brought one. */
  token: string | null;
  /** Called in a conversation, and not from the command box above all of them. */
  isInChat: boolean;
  /** How the sign-in popup ended that the last answer asked for; null where it asked for none. */
  popup: 'agreed' | 'cancelled' | null;
};

/** Somebody puts an address of the bot into a message, which may be shown as a card. */
export type LinkTurn = TurnBase & { kind: 'link'; url: string };

/** What somebody did in a conversation with the bot. */
export type Turn =
  | MessageTurn
  | ActionTurn
  | OpenDialogTurn
  | SubmitDialogTurn
  | LinkTurn
  | TokenExchangeTurn
  /** The sign-in popup is closed; `isCancelled`: by the person, before they agreed. */
  | (TurnBase & { kind: 'verifyState'; isCancelled: boolean })
  | (TurnBase & { kind: 'signInFailure'; cardId: string | null; code: string })
  | (TurnBase & { kind: 'joined' });

/** An activity that the bot does not act on. */
export type Ignored = { kind: 'ignored'; reason: string; isInvoke: boolean };

/** Somebody whom the channel or Entra knows, with what Graph needs to invite them. */
export type Member = Extract<Guest, { kind: 'member' }>;

/** Who is in the conversation of a turn. */
export type Channel = {
  /** Entra id, UPN and name of somebody in the conversation, by channel id; null when the channel does not know them. */
  member(teamsId: string): Promise<Member | null>;
  /** The members of the conversation, as far as the channel lists them. */
  roster(): Promise<Roster<Member>>;
  /** The same in another conversation that the bot is in. */
  of(conversation: string): Channel;
};

/** `reference`: correlation id of the turn, in the log and at Graph. */
export type Surroundings = { channel: Channel; reference: string };

/** What Teams may refuse to a person in a conversation: a private message, the chat with the bot, silent sign-in, a reaction. */
export type Capability = 'targeted' | 'chat' | 'silentSignIn' | 'reactions';
