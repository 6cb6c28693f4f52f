// What the page's server tells the page; plain JSON.

/** Somebody whom one can be. */
export type PersonView = {
  oid: string;
  name: string;
  upn: string;
  zone: string;
  locale: string;
  /** What is special about this person, in a few words. */
  note: string;
};

/** A card that asks to sign in, and how far that is. */
export type SignInView = {
  state: 'silent' | 'button' | 'open' | 'done';
  text: string;
  title: string;
  /** Opened in a popup. */
  url: string;
};

/** A message as one person sees it. */
export type MessageView = {
  id: string;
  conversation: string;
  thread: string | null;
  /** Null: the bot. */
  author: { oid: string; name: string } | null;
  /** ISO, UTC. */
  sentAt: string;
  edited: boolean;
  deleted: boolean;
  /** Names of the people who like it. */
  likes: string[];
  text: string;
  /** Names that stand in the text as mentions. */
  mentions: string[];
  cards: Record<string, unknown>[];
  signIn: SignInView | null;
  /** The answer to this person's click. */
  notice: string | null;
  /** Changes with each edit by the bot; a card that wants refreshing is refreshed once for each. */
  revision: string;
};

/** A conversation as one person sees it. */
export type ConversationView = {
  id: string;
  type: 'personal' | 'groupChat' | 'channel';
  name: string;
  team: string | null;
  installed: boolean;
  members: { oid: string; name: string }[];
  messages: MessageView[];
};

/** Everything that the page needs to begin. */
export type Boot = { people: PersonView[]; conversations: ConversationView[] };

type MeetingView = {
  id: string;
  subject: string;
  organiser: string;
  start: string;
  end: string;
  joinUrl: string;
};

/** What Graph shall answer instead of what it would; no error: as usual. */
export type Failure = { error: string; step: string; once: boolean };

/** What Graph can be made to answer, at which step, and what it answers now. */
export type GraphTrouble = {
  errors: { id: string; title: string; group: string }[];
  steps: { id: string; title: string }[];
  current: Failure;
};

/** What the stand-ins hold besides messages. */
export type Holdings = {
  meetings: MeetingView[];
  deleted: number;
  consents: { oid: string; name: string; given: boolean }[];
  /** Requests that a stand-in refused because the real service would. */
  refusals: string[];
  switches: { name: string; label: string; on: boolean }[];
  graph: GraphTrouble;
};

/** What the drawer can set, by the last part of its address; each reads what it needs of the body. */
export type Controls = ReadonlyMap<string, (body: Record<string, unknown>) => void>;

/** Server-sent events. */
export type PageEvent =
  | { kind: 'message'; message: MessageView }
  | { kind: 'typing'; conversation: string; thread: string | null }
  | { kind: 'cleared' };
