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
