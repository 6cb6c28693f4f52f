import type { MeetingRecord, Origin } from '../meeting/record.ts';
import type { EndedReply } from '../say/cards/ended.ts';
import type { LinkReply } from '../say/cards/link.ts';
import type { MeetingReply } from '../say/cards/meeting.ts';
import type { Reply } from '../say/render.ts';
import type { Notice, SignInReply } from '../say/texts.ts';
import type { Capability, Surroundings, Turn, TurnBase } from './turn.ts';

/**
 * Where a card stands. `isOlder`: its meeting has a newer card, by which the meeting is found. `isPrivate`: it stands in a
 * group or channel, and one person sees it.
 */
export type CardPlace = { conversation: string; cardId: string; isOlder?: true; isPrivate?: true };

/**
 * Who reads a message. `person`: in a group or channel only the person who acted, by a private message; the chat with the
 * bot where that is refused. `chat`: the same person, in the chat with the bot at once.
 */
type Recipients = 'everybody' | 'person' | 'chat';

/** A new message. */
export type Message = {
  reply: Reply;
  audience: Recipients;
  /** Where, if not where the person acted. */
  conversation?: string;
  /** It is left out where no private message can be had. */
  isOptional?: true;
  /** It was asked privately: where it cannot be had alone, it is not said. */
  isPrivate?: true;
  /** Called with the place where it stands. */
  onShown?(place: CardPlace): void;
};

/** A card that is changed, and its new content. */
export type CardUpdate = CardPlace & { reply: Reply };

/** The answer to the person who acted: the response to an invoke, and otherwise a message. */
export type Answer =
  /** Replaces the card that was clicked, for everybody; the meeting's other `cards` change with it. */
  | { kind: 'card'; reply: Reply; cards?: readonly CardPlace[] }
  /** Replaces the card for the person who clicked; everybody else keeps theirs. */
  | { kind: 'form'; reply: Reply }
  /** Stands beside the card. */
  | { kind: 'sentence'; reply: Reply }
  /** Tells the person who clicked where to look: what they asked for is a new message. */
  | { kind: 'posted'; notice: Notice }
  /**
   * The card that a dialog or an address leads to. `post` is sent in the conversation; where it is null, or the bot is no member there,
   * `reply` goes into the compose box of the person, who sends it.
   */
  | { kind: 'insert'; post: MeetingReply | null; reply: MeetingReply | LinkReply }
  /** The dialog shows a page of ours, which gets a token from Teams and submits the dialog with it. */
  | { kind: 'signInPage'; url: string; reply: SignInReply }
  /** What only an invoke can be answered. */
  | { kind: 'ok' }
  /** `signin/tokenExchange` did not work: Teams shows the sign-in button. */
  | { kind: 'exchangeFailed'; exchangeId: string; connectionName: string; detail: string }
  /** Teams signs the person in and repeats the action with a token. */
  | { kind: 'login'; reply: SignInReply }
  /** The token that Teams brought is no use until the person has agreed: Teams shows the sign-in button. */
  | { kind: 'consent' }
  /** Another process is still at work on it: the channel should deliver again. */
  | { kind: 'comeAgain' };

/** A request that waits no more, or work that was begun on a meeting. */
export type Done =
  | { kind: 'request'; id: string }
  | ({ kind: 'work' } & Pick<MeetingRecord, 'id' | 'revision'>);

/** Everything that one turn leads to. */
export type Outcome = {
  /** One word for the log. */
  name: string;
  /** Where it was asked, if the person acts elsewhere by now: what is for everybody is sent there. */
  origin?: Origin;
  /** New messages; handle/cards/present.ts decides who reads them. */
  send: readonly Reply[];
  /** New messages, and who reads them. */
  messages: readonly Message[];
  answer: Answer | null;
  /** Cards that change for everybody who sees them. */
  update: readonly CardUpdate[];
  /** Cards that are taken away. */
  remove: readonly CardPlace[];
  /** What is done once all of this has reached the person. */
  done: readonly Done[];
  /** Called once, when all of it has reached the person or could not; until then the activity is being worked on. */
  finish: ((isDelivered: boolean) => Promise<void>) | null;
  /** Goes on while Teams waits for the response, and after it where that takes long. */
  afterwards: (() => Promise<Outcome>) | null;
};

const NOTHING = {
  ...{ send: [], messages: [], answer: null, update: [], remove: [], done: [] },
  ...{ finish: null, afterwards: null },
} as const;

/** Nothing is said; the log has the name. */
export const sayNothing = (name: string): Outcome => ({ ...NOTHING, name });

/** New messages, and nothing else. */
export const sendReplies = (name: string, ...send: Reply[]): Outcome => ({ ...NOTHING, name, send });

/** An answer, and nothing else. */
export const answerWith = (name: string, answer: Answer): Outcome => ({ ...NOTHING, name, answer });

/** The answer to a token that is no use. */
export const refuseExchange = (
  { exchangeId, connectionName }: { exchangeId: string; connectionName: string },
  detail: string,
): Answer => ({ kind: 'exchangeFailed', exchangeId, connectionName, detail });

/** A sentence of ours as the answer. */
export const answerNotice = (notice: Notice): Outcome =>
  answerWith(notice, { kind: 'sentence', reply: { kind: 'notice', notice } });

/** The answer as a new message, to which a click only points. */
export function postAnswer(outcome: Outcome, notice: Notice): Outcome {
  const { name, answer } = outcome;
  if (answer?.kind !== 'card') return outcome;
  return { ...sendReplies(name, answer.reply), answer: { kind: 'posted', notice } };
}

/** What the person who acted reads; null where the answer is none that is read. */
export function replyOf({ answer }: Outcome): Reply | null {
  return answer !== null && 'reply' in answer ? answer.reply : null;
}

/** Several outcomes as one: all of their messages and changed cards, and everything else as in the first. */
export function joinOutcomes(first: Outcome, ...others: readonly Outcome[]): Outcome {
  const all = [first, ...others];
  return {
    ...first,
    send: all.flatMap(({ send }) => send),
    messages: all.flatMap(({ messages }) => messages),
    update: all.flatMap(({ update }) => update),
    remove: all.flatMap(({ remove }) => remove),
    done: all.flatMap(({ done }) => done),
  };
}

type Row = {
  groupChat: Recipients;
  channel: Recipients;
  /** Where neither a private message nor the chat with the bot can be had: everybody reads it, or it is not said. */
  otherwise: 'everybody' | 'unsaid';
};

const EVERYBODY: Row = { groupChat: 'everybody', channel: 'everybody', otherwise: 'everybody' };
const PERSON: Row = { groupChat: 'person', channel: 'person', otherwise: 'everybody' };
const OWN: Row = { ...PERSON, otherwise: 'unsaid' };

/** Everybody sees the meeting; what leads to it, and what is about one person, is between them and the bot. */
const READERS: Record<Reply['kind'], Row> = {
  meeting: EVERYBODY,
  link: EVERYBODY,
  ended: EVERYBODY,
  invitation: EVERYBODY,
  welcome: EVERYBODY,
  reminder: EVERYBODY,
  draft: PERSON,
  drafts: PERSON,
  edit: PERSON,
  newMeeting: PERSON,
  confirm: PERSON,
  which: PERSON,
  ask: PERSON,
  times: OWN,
  poll: EVERYBODY,
  help: PERSON,
  answer: PERSON,
  details: PERSON,
  problem: PERSON,
  notice: PERSON,
  elsewhere: PERSON,
  meetings: OWN,
  settings: OWN,
  attendance: OWN,
  // Teams signs nobody in silently in a channel.
  signin: { ...OWN, channel: 'chat' },
};

/** Who reads this reply, where it is given as an answer to what was asked there. */
export function audienceOf({ kind }: Reply, { place, isPrivate }: Omit<Origin, 'conversation'>): Recipients {
  if (place === 'personal') return 'everybody';
  const audience = READERS[kind][place];
  return isPrivate && audience === 'everybody' ? 'person' : audience;
}

/** What everybody reads in the place of a message that should have been private, and cannot be. */
export function lastResort({ reply, isPrivate }: Pick<Message, 'reply' | 'isPrivate'>): Reply {
  return READERS[reply.kind].otherwise === 'everybody' && !isPrivate
    ? reply
    : { kind: 'notice', notice: 'oneToOneOnly' };
}

/** A card that shows a meeting as it was, or that would not take what it is to show: then that is its `reply`. */
export type Outdated = CardPlace & { reply: MeetingReply | EndedReply };

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
