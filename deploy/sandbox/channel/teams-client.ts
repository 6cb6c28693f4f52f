import type { Person } from '../people.ts';
import { type Envelope, envelope, type Mention, messageActivity } from './activities.ts';
import { isRecord } from './cards.ts';
import type { Delivered, Delivery } from './delivery.ts';
import type { Activity, CardAction, Conversation, Json, Message } from './model.ts';
import type { State } from './state.ts';

/** How a message differs from a plain one. */
export type SayOptions = {
  /** `@name` in the text becomes a mention; a name that is not in the text is put before it. */
  mentions?: readonly Mention[];
  /** The id of the message; by default a new one. */
  id?: string;
  /** Id of the message that began the thread (channels only); without it a new thread begins. */
  thread?: string;
  /** By a slash command: nobody else sees it, and the bot need not be mentioned. */
  slash?: boolean;
  /** Members of the activity to replace. */
  overrides?: Partial<Activity>;
};

/** `status` is null where Teams does not tell the bot: a group's message that does not mention it. */
export type Said = { status: number | null; body: unknown; message: Message; activity: Activity };

/**
 * What people do in Teams; each resolves with what the bot answered. Throws for a conversation or message that is not
 * there.
 */
export type TeamsClient = {
  /** A person writes; resolves when the bot has answered the request. In a chat with the bot it is installed thereby. */
  say(person: Person, conversationId: string, text: string, options?: SayOptions): Promise<Said>;
  /**
   * A person clicks an Action.Submit: its data and the card's inputs arrive as a message without text. Of an `imBack`
   * only its value arrives, as if the person had written it.
   */
  submit(
    person: Person,
    messageId: string,
    action: CardAction,
    inputs?: Json,
  ): Promise<Pick<Said, 'status' | 'body'>>;
  edit(person: Person, messageId: string, text: string): Promise<Delivered>;
  remove(person: Person, messageId: string): Promise<Delivered>;
  react(person: Person, messageId: string, reaction?: string): Promise<Delivered>;
  /** Adds the app where it is not yet: conversationUpdate, then installationUpdate. By default to the chat with the bot. */
  install(person: Person, conversationId?: string): Promise<Delivered>;
  uninstall(person: Person, conversationId?: string): Promise<Delivered>;
};

type TeamsClientOptions = { state: State; delivery: Delivery; envelope: Envelope; now(): number };

/** What a person does in Teams besides clicking Action.Execute. */
export function createTeamsClient({
  state,
  delivery,
  envelope: common,
  now,
}: TeamsClientOptions): TeamsClient {
  const { appId, botName } = common;
  const bot = { id: `28:${appId}`, name: botName };
  const base = (person: Person, conversation: Conversation, thread: string | null) =>
    envelope(common, person, { conversation, thread, at: now() });

  const event = (person: Person, message: Message, fields: Partial<Activity>) => {
    const conversation = need(state.conversation(message.conversationId), message.conversationId);
    return delivery.deliver({ ...base(person, conversation, message.thread), ...fields });
  };

  const setInstalled = async (person: Person, id: string | undefined, isInstalled: boolean) => {
    const conversation = need(id ? state.conversation(id) : state.personal(person.oid), id ?? person.name);
    conversation.installed = isInstalled;
    const common = base(person, conversation, null);
    const who = conversation.type === 'personal' ? [bot, common.from] : [bot];
    const update = { type: 'conversationUpdate', [isInstalled ? 'membersAdded' : 'membersRemoved']: who };
    if (isInstalled || conversation.type !== 'personal') await delivery.deliver({ ...common, ...update });
    const action = isInstalled ? 'add' : 'remove';
    return delivery.deliver({ ...base(person, conversation, null), type: 'installationUpdate', action });
  };

  const client: TeamsClient = {
    async say(person, conversationId, text, options = {}) {
      const conversation = need(state.conversation(conversationId), conversationId);
      const thread = options.thread ?? /;messageid=(\d+)$/.exec(conversationId)?.[1] ?? null;
      const id = options.id ?? state.nextId();
      const mentions = (options.mentions ?? []).map((mention) =>
        mention === 'bot' ? bot : { id: mention.teamsId, name: mention.name },
      );
      const written = messageActivity(base(person, conversation, thread ?? id), text, mentions);
      const { slash = false } = options;
      const slashed = slash ? { recipient: { ...bot, isTargeted: true } } : {};
      const activity: Activity = { ...written, id, ...slashed, ...options.overrides };
      const author = { kind: 'person' as const, oid: person.oid };
      const onlyFor = slash ? person.oid : null;
      const message = state.add(conversation, author, activity, { id, thread, onlyFor });
      const isMentioned = mentions.some((mention) => mention === bot);
      const isHeard = conversation.type === 'personal' || slash || isMentioned;
      if (!isHeard) return { status: null, body: null, message, activity };
      conversation.installed = true;
      return { ...(await delivery.deliver(activity)), message, activity };
    },
    async submit(person, messageId, action, inputs = {}) {
      const message = seenBy(state, person, messageId);
      const data = isRecord(action.data) ? action.data : {};
      const { msteams } = data;
      if (isRecord(msteams) && msteams.type === 'imBack')
        return client.say(person, message.conversationId, String(msteams.value), threadOf(message));
      const value = { ...data, ...inputs };
      return event(person, message, { id: state.nextId(), value, replyToId: message.id });
    },
    edit(person, messageId, text) {
      const message = seenBy(state, person, messageId);
      message.activity = { ...message.activity, text };
      message.editedAt = new Date(now()).toISOString();
      state.changed(message);
      const channelData = { ...(message.activity.channelData as Json), eventType: 'editMessage' };
      return event(person, message, { ...message.activity, type: 'messageUpdate', channelData });
    },
    remove(person, messageId) {
      const message = seenBy(state, person, messageId);
      message.deleted = true;
      state.changed(message);
      const channelData = { ...(message.activity.channelData as Json), eventType: 'softDeleteMessage' };
      return event(person, message, { type: 'messageDelete', id: message.id, channelData });
    },
    react(person, messageId, reaction = 'like') {
      const message = seenBy(state, person, messageId);
      if (reaction === 'like') message.likes.add(person.oid);
      state.changed(message);
      const reactionsAdded = [{ type: reaction }];
      return event(person, message, { type: 'messageReaction', reactionsAdded, replyToId: message.id });
    },
    install: (person, conversationId) => setInstalled(person, conversationId, true),
    uninstall: (person, conversationId) => setInstalled(person, conversationId, false),
  };
  return client;
}

const threadOf = ({ thread }: Message): SayOptions => (thread === null ? {} : { thread });

/** A message that this person sees; throws where there is none. */
export function seenBy(state: State, person: Person, id: string): Message {
  const message = need(state.message(id), id);
  if (!isSeenBy(message, person)) throw new Error(`${person.name} does not see ${id}.`);
  return message;
}

/** Whether a message is for this person, too. */
export const isSeenBy = ({ onlyFor }: Message, { oid }: Person): boolean =>
  onlyFor === null || onlyFor === oid;

/** What a caller must have got right; throws where it did not. */
export function need<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`The channel knows nothing of ${name}.`);
  return value;
}
