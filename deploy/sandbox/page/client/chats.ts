import type { ConversationView } from '../view.ts';
import { avatar, h, ICONS, icon } from './dom.ts';

type ChatsModel = {
  conversations: ConversationView[];
  current: ConversationView;
  unread: ReadonlySet<string>;
  open(conversation: ConversationView): void;
};

const GROUPS = [
  { title: null, type: 'personal' },
  { title: 'Group chats', type: 'groupChat' },
  { title: 'Teams and channels', type: 'channel' },
] as const;

/** The list on the left: chats, then channels under their team. */
export function drawChats(list: HTMLElement, model: ChatsModel): void {
  const focused = document.activeElement?.getAttribute('data-conversation');
  list.replaceChildren();
  for (const { title, type } of GROUPS) {
    const found = model.conversations.filter((conversation) => conversation.type === type);
    if (found.length === 0) continue;
    if (title) list.append(h('h3', {}, title));
    list.append(h('ul', {}, ...found.map((conversation) => h('li', {}, row(conversation, model)))));
  }
  if (focused) list.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(focused)}"]`)?.focus();
}

/** The picture that stands for a conversation. */
export function emblem({ type, name }: ConversationView): HTMLElement {
  if (type === 'personal') return avatar(name, true);
  return h('span', { class: 'avatar place' }, icon(ICONS[type === 'channel' ? 'hash' : 'group']));
}

function row(conversation: ConversationView, { current, unread, open }: ChatsModel): HTMLElement {
  const { id, name, team } = conversation;
  const isUnread = unread.has(id);
  const last = conversation.messages.at(-1);
  const preview = last ? `${last.author ? '' : 'Parley: '}${last.text || 'Sent a card'}` : 'No messages yet';
  return h(
    'button',
    {
      type: 'button',
      class: isUnread ? 'chat unread' : 'chat',
      'data-conversation': id,
      'aria-current': conversation === current ? 'true' : null,
      onclick: () => open(conversation),
    },
    emblem(conversation),
    h(
      'span',
      { class: 'lines' },
      h('span', { class: 'name' }, team ? `${name} · ${team}` : name),
      h('span', { class: 'preview' }, preview.replace(/<\/?at>/g, '')),
    ),
    isUnread && h('span', { class: 'hidden' }, 'unread'),
  );
}
