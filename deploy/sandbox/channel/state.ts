import { createHash } from 'node:crypto';
import type { Person } from '../people.ts';
import type {
  Activity,
  Author,
  Change,
  Composed,
  Conversation,
  Dialog,
  Message,
  Refusal,
  Targeted,
} from './model.ts';

/** Everything the channel remembers; tests and the page read it, only the channel writes it. */
export type State = {
  readonly conversations: Conversation[];
  readonly refusals: Refusal[];
  /** The open dialogs and the cards that are to be sent, each by the person's Entra id. */
  readonly dialogs: Map<string, Dialog>;
  readonly composed: Map<string, Composed>;
  /** The status with which every card is refused, from now on; null where cards are taken. */
  refusesCards: 400 | 413 | null;
  /** How private messages are taken, from now on. */
  targeted: Targeted;
  /** Whether reactions of the bot are taken, from now on. */
  takesReactions: boolean;
  /** What Teams' client does in a group chat about a sign-in card that one person got, from now on. */
  groupSignIn: 'silent' | 'failure' | 'nothing';
  /** On how many devices each person is signed in to Teams, from now on; each answers a sign-in card. */
  devices: number;
  /** The languages to which people have set Teams, by their Entra ids; the others have the language that they began with. */
  readonly locales: Map<string, string>;
  /** A conversation by its id, with or without `;messageid=`. */
  conversation(id: string): Conversation | undefined;
  personal(oid: string): Conversation | undefined;
  message(id: string): Message | undefined;
  add(
    conversation: Conversation,
    author: Author,
    activity: Activity,
    options?: { id?: string; thread?: string | null; onlyFor?: string | null },
  ): Message;
  /** Tells the watchers that this message looks different now. */
  changed(message: Message): void;
  changedDialog(oid: string): void;
  typed(conversation: Conversation, thread: string | null): void;
  watch(listener: (change: Change) => void): () => void;
  /** Milliseconds since 1970 as text, never the same twice. */
  nextId(): string;
  /** Forgets all messages and refusals; everything is in order again, in a group chat and a channel that no bot has seen. */
  clear(): void;
};

/** A tenant as Teams shows it: a chat with the bot for everybody, one group chat, one channel of one team. */
export function createState(people: readonly Person[], tenantId: string, now: () => number): State {
  let clears = 0;
  const conversations = seed(people, tenantId, clears);
  const refusals: Refusal[] = [];
  const watchers = new Set<(change: Change) => void>();
  let last = 0;
  const tell = (change: Change) => {
    for (const watcher of watchers) watcher(change);
  };
  const nextId = () => {
    last = Math.max(last + 1, now());
    return String(last);
  };
  return {
    conversations,
    refusals,
    ...inOrder(),
    dialogs: new Map(),
    composed: new Map(),
    locales: new Map(),
    conversation: (id) => conversations.find((conversation) => conversation.id === id.split(';')[0]),
    personal: (oid) => conversations.find(({ type, members }) => type === 'personal' && members[0] === oid),
    message: (id) => {
      for (const { messages } of conversations) {
        const found = messages.find((message) => message.id === id);
        if (found) return found;
      }
      return undefined;
    },
    add(conversation, author, activity, options = {}) {
      const id = options.id ?? nextId();
      const thread = conversation.type === 'channel' ? (options.thread ?? id) : null;
      const message: Message = {
        id,
        conversationId: conversation.id,
        thread,
        author,
        activity,
        sentAt: new Date(now()).toISOString(),
        editedAt: null,
        deleted: false,
        onlyFor: options.onlyFor ?? null,
        reactions: new Set(),
        likes: new Set(),
        views: new Map(),
        notices: new Map(),
        signIns: new Map(),
      };
      conversation.messages.push(message);
      tell({ kind: 'message', message });
      return message;
    },
    changed: (message) => tell({ kind: 'message', message }),
    changedDialog: (oid) => tell({ kind: 'dialog', oid }),
    typed(conversation, thread) {
      conversation.typing += 1;
      tell({ kind: 'typing', conversationId: conversation.id, thread });
    },
    watch(listener) {
      watchers.add(listener);
      return () => void watchers.delete(listener);
    },
    nextId,
    clear() {
      Object.assign(this, inOrder());
      clears += 1;
      for (const [i, fresh] of seed(people, tenantId, clears).entries())
        Object.assign(conversations[i] ?? {}, fresh);
      refusals.length = 0;
      this.dialogs.clear();
      this.composed.clear();
      this.locales.clear();
      tell({ kind: 'cleared' });
    },
  };
}

const inOrder = (): Pick<
  State,
  'refusesCards' | 'targeted' | 'takesReactions' | 'groupSignIn' | 'devices'
> => ({
  ...{ refusesCards: null, targeted: 'on', takesReactions: true, groupSignIn: 'silent', devices: 1 },
});

function seed(people: readonly Person[], tenantId: string, nth: number): Conversation[] {
  const insiders = people.filter((person) => person.tenantId === tenantId);
  const fresh = () => ({ team: null, installed: false, messages: [], typing: 0 });
  const group = {
    id: `19:${hash(`group ${nth}`).slice(0, 32)}@thread.v2`,
    type: 'groupChat' as const,
    name: 'Q3 launch',
    tenantId,
    members: insiders.slice(0, 3).map(({ oid }) => oid),
  };
  const channelId = `19:${hash(`channel ${nth}`).slice(0, 32)}@thread.tacv2`;
  const channel = {
    id: channelId,
    type: 'channel' as const,
    name: 'Design',
    tenantId,
    members: insiders.map(({ oid }) => oid),
    team: { id: channelId, aadGroupId: '6f0d9c4e-1b2a-4c3d-8e5f-7a6b5c4d3e2f', name: 'Product' },
  };
  const chats = people.map((person) => ({
    ...fresh(),
    id: `a:1${hash(person.oid)}`,
    type: 'personal' as const,
    name: 'Parley',
    tenantId: person.tenantId,
    members: [person.oid],
  }));
  return [...chats, { ...fresh(), ...group }, { ...fresh(), ...channel }];
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
