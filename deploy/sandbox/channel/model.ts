/** A Bot Framework activity as it travels; only what the stand-in itself looks at is spelt out. */
export type Activity = {
  type: string;
  id?: string;
  name?: string;
  text?: string;
  textFormat?: string;
  replyToId?: string;
  conversation?: { id: string; [key: string]: unknown };
  from?: { id: string; [key: string]: unknown };
  attachments?: Attachment[];
  entities?: Record<string, unknown>[];
  value?: unknown;
  [key: string]: unknown;
};

/** One of a message's cards or files. */
export type Attachment = { contentType: string; content?: unknown; [key: string]: unknown };

/** An object of which nothing is known yet. */
export type Json = Record<string, unknown>;

/** Where a person stands with a card that asks to sign in. */
type SignIn = {
  state: 'silent' | 'button' | 'open' | 'done';
  /** The OAuthCard's content. */
  card: Json;
  /** The action that waits for the sign-in, where a card action asked for it. */
  waiting: { action: CardAction; inputs: Json } | null;
};

/** An action of an Adaptive Card, as it stands in the card. */
export type CardAction = { type: string; id?: string; verb?: string; data?: unknown; [key: string]: unknown };

/** Who wrote a message; `oid` is their Entra id. */
export type Author = { kind: 'bot' } | { kind: 'person'; oid: string };

/** A message as Teams keeps it, with what each person sees of it. */
export type Message = {
  /** Milliseconds since 1970, as Teams numbers messages; unique. */
  id: string;
  conversationId: string;
  /** Id of the message that began the thread (its own id for that message); null outside channels. */
  thread: string | null;
  author: Author;
  /** As it was sent, or as the last edit left it. */
  activity: Activity;
  /** ISO, UTC. */
  sentAt: string;
  editedAt: string | null;
  deleted: boolean;
  /** The Entra id of the one person who sees it, besides the bot; null where everybody there does. */
  onlyFor: string | null;
  /** What the bot has reacted with. */
  reactions: Set<string>;
  /** Entra ids of the people who like it. */
  likes: Set<string>;
  /** Cards that only one viewer sees in place of the message's own, by Entra id. */
  views: Map<string, Json>;
  /** Sentences that answered a viewer's click, by Entra id. */
  notices: Map<string, string>;
  signIns: Map<string, SignIn>;
};

/** A chat with the bot, a group chat, or a channel of a team. `installed`: the bot is in it. */
export type Conversation = {
  id: string;
  type: 'personal' | 'groupChat' | 'channel';
  name: string;
  tenantId: string;
  /** Entra ids. */
  members: string[];
  team: { id: string; aadGroupId: string; name: string } | null;
  installed: boolean;
  messages: Message[];
  /** Typing indicators that the bot has sent so far. */
  typing: number;
};

/** How Teams takes private messages: as documented, not from this bot (403), or as a client too old for them (400). */
export type Targeted = 'on' | 'refused' | 'old';

/** The dialog that a person has open, with the invoke whose answer it shows: after a sign-in it is sent again. */
export type Dialog = {
  conversationId: string;
  thread: string | null;
  on: 'message' | 'compose' | 'commandBox';
  invoke: { name: string; value: Json };
  shown:
    | { kind: 'loading' }
    | { kind: 'card'; title: string; card: Json }
    | { kind: 'page'; title: string; url: string }
    | { kind: 'signIn'; title: string; url: string }
    | { kind: 'message'; text: string };
};

/** A card that waits in a person's compose box. */
export type Composed = { conversationId: string; thread: string | null; attachment: Attachment };

/** A request to the connector that Teams would have refused. */
export type Refusal = { method: string; path: string; status: number; reason: string };

/** What changed; sent to those who watch. */
export type Change =
  | { kind: 'message'; message: Message }
  | { kind: 'typing'; conversationId: string; thread: string | null }
  /** The dialog of this person (Entra id), or what waits in their compose box. */
  | { kind: 'dialog'; oid: string }
  | { kind: 'cleared' };
