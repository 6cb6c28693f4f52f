import type { Theme } from '../../../../cards/teams-look.ts';
import type { CardAction } from '../../channel/model.ts';
import type { MessageView, PersonView } from '../view.ts';
import { drawCard } from './cards.ts';
import { avatar, h } from './dom.ts';

/** What a person does with a message; whoever draws it says what happens then. */
export type MessageEvents = {
  act(message: MessageView, kind: 'execute' | 'submit', action: CardAction): void;
  signIn(message: MessageView): void;
  like(message: MessageView): void;
  edit(message: MessageView): void;
  remove(message: MessageView): void;
  meet(message: MessageView): void;
};

/** For whom a message is drawn. */
export type Viewer = { person: PersonView; theme: Theme };

/** A message as an element. Its cards are drawn again only when they changed, so that half-filled inputs survive. */
export function drawMessage(
  message: MessageView,
  viewer: Viewer,
  events: MessageEvents,
  before: HTMLElement | null,
): HTMLElement {
  const isOwn = message.author?.oid === viewer.person.oid && message.thread === null;
  const name = message.author?.name ?? 'Parley';
  const bubble = h('div', { class: 'bubble' });
  const element = h(
    'article',
    { class: isOwn ? 'message own' : 'message', 'data-id': message.id, 'aria-label': name, tabindex: '-1' },
    isOwn ? null : avatar(name, message.author === null),
    h(
      'div',
      { class: 'content' },
      h(
        'div',
        { class: 'meta' },
        isOwn ? null : h('span', { class: 'name' }, name),
        message.author === null ? h('span', { class: 'tag' }, 'App') : null,
        h('time', { datetime: message.sentAt, title: fullTime(message, viewer) }, shortTime(message, viewer)),
        message.isPrivate ? h('span', { class: 'private' }, 'Only you can see this') : null,
        message.edited && !message.deleted ? h('span', {}, 'Edited') : null,
        message.deleted ? null : drawMenu(message, viewer, events),
      ),
      bubble,
      drawReactions(message),
    ),
  );
  if (message.deleted) {
    bubble.append(h('em', { class: 'deleted' }, 'This message has been deleted.'));
    return element;
  }
  if (message.text) bubble.append(h('p', { class: 'text' }, ...marked(message)));
  bubble.append(...drawCards(message, viewer, events, before));
  const signIn = drawSignIn(message, events);
  if (signIn) bubble.append(signIn);
  if (message.notice) bubble.append(h('p', { class: 'notice', role: 'status' }, message.notice));
  if (!message.text && message.cards.length > 0) element.classList.add('with-card');
  if (bubble.childElementCount === 0) element.hidden = true;
  return element;
}

function drawCards(
  message: MessageView,
  { theme, person }: Viewer,
  events: MessageEvents,
  before: HTMLElement | null,
): HTMLElement[] {
  const key = JSON.stringify([theme, person.zone, person.locale, message.cards]);
  const kept = before
    ? [...before.querySelectorAll<HTMLElement>('.cards')].find((one) => KEYS.get(one) === key)
    : null;
  if (kept) return [kept];
  if (message.cards.length === 0) return [];
  const holder = h('div', { class: 'cards' });
  KEYS.set(holder, key);
  for (const card of message.cards)
    holder.append(
      drawCard(card, { ...person, theme }, { act: (kind, action) => events.act(message, kind, action) }),
    );
  return [holder];
}

/** Which card JSON an element was drawn from. */
const KEYS = new WeakMap<HTMLElement, string>();

/** What can be done with a message besides clicking on its card. */
function drawMenu(message: MessageView, { person }: Viewer, events: MessageEvents): HTMLElement {
  const item = (title: string, act: (message: MessageView) => void) =>
    h('button', { type: 'button', onclick: () => act(message) }, title);
  const isOwn = message.author?.oid === person.oid;
  // Teams offers it to everybody, also to those whose view it does not ask for by itself.
  const [refresh] = message.cards.flatMap((card) => (hasRefresh(card) ? [card.refresh.action] : []));
  const menu = h(
    'details',
    { class: 'menu' },
    h('summary', { 'aria-label': 'More' }, '…'),
    h(
      'div',
      {},
      message.likes.includes(person.name) ? null : item('Like', events.like),
      item('Meeting about this', events.meet),
      refresh ? item('Refresh card', () => events.act(message, 'execute', refresh)) : null,
      isOwn ? item('Edit', events.edit) : null,
      isOwn ? item('Delete', events.remove) : null,
    ),
  );
  // At the end of the log it would be cut off.
  menu.addEventListener('toggle', () => menu.lastElementChild?.scrollIntoView({ block: 'nearest' }));
  menu.addEventListener('focusout', ({ relatedTarget }) => {
    if (!menu.contains(relatedTarget as Node | null)) menu.open = false;
  });
  menu.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') menu.open = false;
  });
  return menu;
}

const hasRefresh = (card: object): card is { refresh: { action: CardAction } } =>
  'refresh' in card && typeof card.refresh === 'object' && card.refresh !== null && 'action' in card.refresh;

const LOOKS: Readonly<Record<string, string>> = {
  ...{ like: '👍', heart: '❤️', laugh: '😆', surprised: '😮', sad: '😢', angry: '😠' },
  ...{ '1f440_eyes': '👀', '2705_whiteheavycheckmark': '✅' },
};

/** What people and the bot have reacted with. */
function drawReactions({ likes, reactions, deleted }: MessageView): HTMLElement | null {
  if (deleted || likes.length + reactions.length === 0) return null;
  const ofPeople = likes.length > 0 ? [`👍 ${likes.length}`] : [];
  const ofBot = reactions.map((name) => `${LOOKS[name] ?? name} 1`);
  const names = [...likes, ...(reactions.length > 0 ? ['Parley'] : [])];
  return h('p', { class: 'likes', title: names.join(', ') }, [...ofPeople, ...ofBot].join('  '));
}

function drawSignIn(message: MessageView, events: MessageEvents): HTMLElement | null {
  const { signIn } = message;
  if (!signIn || signIn.state === 'done') return null;
  if (signIn.state === 'silent') return h('p', { class: 'notice', role: 'status' }, 'Signing you in…');
  const isOpen = signIn.state === 'open';
  return h(
    'div',
    { class: 'card signin' },
    h('p', {}, signIn.text),
    h(
      'button',
      { type: 'button', class: 'primary', disabled: isOpen, onclick: () => events.signIn(message) },
      isOpen ? 'Waiting for the sign-in window…' : signIn.title,
    ),
  );
}

function marked({ text, mentions }: MessageView): (Node | string)[] {
  const names = mentions
    .filter((name) => name !== '')
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (names.length === 0) return [text];
  return text
    .split(new RegExp(`<at>(${names.join('|')})</at>`))
    .map((part, index) => (index % 2 ? h('strong', { class: 'mention' }, part) : part));
}

const format = (message: MessageView, { person }: Viewer, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(person.locale, { timeZone: person.zone, ...options }).format(
    new Date(message.sentAt),
  );
const shortTime = (message: MessageView, viewer: Viewer) => format(message, viewer, { timeStyle: 'short' });
const fullTime = (message: MessageView, viewer: Viewer) =>
  format(message, viewer, { dateStyle: 'full', timeStyle: 'long' });
