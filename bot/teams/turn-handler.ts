import type { Guest } from '../meeting/meeting.ts';
import type { MeetingRecord } from '../meeting/record.ts';
import type { EndedReply } from '../say/cards/ended.ts';
import type { MeetingReply } from '../say/cards/meeting-reply.ts';
import type { Reply } from '../say/reply.ts';
import type { CardPlace, Outcome } from './outcome.ts';
import type { Living, Turn } from './turn.ts';

/** Somebody whom the channel or Entra knows, with what Graph wants to hear of them. */
export type Member = Extract<Guest, { kind: 'member' }>;

/** What one turn may ask the place it came from. */
export type Channel = {
  /** Entra id, UPN and name of somebody in the conversation, by channel id; null when the channel does not know them. */
  member(teamsId: string): Promise<Member | null>;
  /** Everybody in the conversation, as far as the channel tells. */
  roster(): Promise<Member[]>;
};

/** `reference`: correlation id of the turn, in the log and at Graph. */
export type Surroundings = { channel: Channel; reference: string };

/** A card that shows a meeting as it was, or that would not take what it is to show: then that is its `reply`. */
export type Outdated = CardPlace & { reply: MeetingReply | EndedReply };

/** What decides about a turn. The edge brings it turns and delivers what comes of them. */
export type TurnHandler = {
  handle(turn: Turn, surroundings: Surroundings): Promise<Outcome>;
  /** Draws cards once more whose meetings have changed while they were on their way. */
  redraw(outdated: readonly Outdated[], turn: Living, surroundings: Surroundings): Promise<Outcome>;
  /** Remembers where a card stands. Answers the card where its meeting has changed since it was drawn. */
  remember(turn: Living, reply: Reply, place: CardPlace): Promise<Outdated | null>;
  /** What was begun with these meetings has reached the person. */
  finish(turn: Living, stages: readonly Pick<MeetingRecord, 'id' | 'revision'>[]): Promise<void>;
  /** Nothing reached the person: when the channel delivers the activity again, it counts as new. */
  giveBack(turn: Living): Promise<void>;
  /** True of an error of these functions after which nothing was done and the same may be tried again. */
  isPassing(error: unknown): boolean;
};
