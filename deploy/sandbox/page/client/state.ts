import type { Boot, ConversationView, MessageView, PersonView } from '../view.ts';

/** What the page knows of the person who is played; all their chats are drawn from it. */
export type State = {
  me: PersonView;
  conversations: ConversationView[];
  /** The conversation that is open. */
  current: ConversationView;
  /** The card that waits in a compose box. */
  composed: Boot['composed'];
  /** Conversations in which messages came while another one was open. */
  unread: Set<string>;
};

/** Somebody is played: their first conversation is open. */
export function beginAs(me: PersonView, { conversations, composed }: Boot): State {
  const [current] = conversations;
  if (!current) throw new Error(`${me.name} is in no conversation.`);
  return { me, conversations, current, composed, unread: new Set() };
}

/** Whom one can mention in the conversation that is open. */
export function mentionable({ me, current }: State): string[] {
  if (current.type === 'personal') return [];
  return ['Parley', ...current.members.filter(({ oid }) => oid !== me.oid).map(({ name }) => name)];
}

/** The card that waits in the compose box of the conversation that is open. */
export function composedHere({ composed, current }: State): NonNullable<Boot['composed']>['card'] | null {
  return composed?.conversation === current.id ? composed.card : null;
}

/** The conversation that is open stays open where this person is in it. */
export function takeBoot(state: State, { conversations, composed }: Boot): void {
  state.conversations = conversations;
  state.composed = composed;
  state.current =
    conversations.find(({ id }) => id === state.current.id) ?? (conversations[0] as ConversationView);
}

/** A message came or changed. Answers the conversation in which it stands now; null: this person has no such. */
export function takeMessage(state: State, message: MessageView): ConversationView | null {
  const conversation = state.conversations.find(({ id }) => id === message.conversation);
  if (!conversation) return null;
  const { messages } = conversation;
  // Whoever mentions the bot adds it to the conversation thereby.
  if (message.author === null && message.id > (messages.at(-1)?.id ?? '')) conversation.installed = true;
  const index = messages.findIndex(({ id }) => id === message.id);
  if (index !== -1) messages[index] = message;
  else {
    messages.push(message);
    if (conversation !== state.current) state.unread.add(conversation.id);
  }
  return conversation;
}
