import type { Roster } from '../meeting/match-names.ts';
import type { Guest } from '../meeting/meeting.ts';
import type { EndedReply } from '../say/cards/ended.ts';
import type { MeetingReply } from '../say/cards/meeting.ts';
import type { Reply } from '../say/render.ts';
import type { CardPlace, Done, Outcome } from './outcome.ts';
import type { Turn, TurnBase } from './turn.ts';

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

/** A card that shows a meeting as it was, or that would not take what it is to show: then that is its `reply`. */
export type Outdated = CardPlace & { reply: MeetingReply | EndedReply };

/** What Teams may refuse to a person in a conversation: a private message, the chat with the bot, silent sign-in, a reaction. */
export type Capability = 'targeted' | 'chat' | 'silentSignIn' | 'reactions';

/** The core of the bot, as teams/ sees it: it turns turns into outcomes, which teams/ delivers. */
export type TurnHandler = {
  handle(turn: Turn, surroundings: Surroundings): Promise<Outcome>;
  /** Draws cards again whose meetings changed while the cards were being sent. */
  redraw(outdated: readonly Outdated[], turn: Turn, surroundings: Surroundings): Promise<Outcome>;
  /** Notes where a card stands. Returns the card if its meeting has changed since it was drawn. */
  remember(turn: Turn, reply: Reply, place: CardPlace): Promise<Outdated | null>;
  /** Notes what is done, because its outcome has reached the person. */
  finish(turn: Turn, done: readonly Done[]): Promise<void>;
  /** Releases the activity, because nothing has reached the person: when the channel delivers it again, it counts as new. */
  giveBack(turn: Turn): Promise<void>;
  /** Whether Teams has refused this lately, where the turn is or to its person. */
  isRefused(turn: TurnBase, capability: Capability): Promise<boolean>;
  /** Notes that it has. */
  noteRefusal(turn: TurnBase, capability: Capability): Promise<void>;
  /** What waits for this person here waits in that conversation from now on, because they are asked there. */
  moveRequests(turn: Turn, conversation: string): Promise<void>;
  /** Whether an error of these functions means that nothing was said and the same may be tried again. */
  isPassing(error: unknown): boolean;
};
