import type { Theme } from '../../../../cards/teams-look.ts';
import type { Command } from '../commands.ts';
import type { Boot, ConversationView, MessageView, PageEvent, PersonView } from '../view.ts';
import { boot, follow, send, token } from './api.ts';
import { drawChats, emblem } from './chats.ts';
import { createCompose, drawComposedCard } from './compose.ts';
import { createDialog } from './dialog.ts';
import { avatar, byId, h, ICONS, icon } from './dom.ts';
import { createDrawer } from './drawer.ts';
import { showHint } from './hint.ts';
import { createLog } from './log.ts';
import { createOutlook } from './outlook.ts';
import { openPopup } from './popup.ts';

type Without<T> = T extends { as: string } ? Omit<T, 'as'> : never;
/** What somebody does; who it is, is added. */
type Deed = Without<Command>;

const TYPING_SHOWN_MS = 8_000;
const WENT_WRONG = 'The bot could not be reached, or it refused the message. Its log says why.';

let people: PersonView[] = [];
let conversations: ConversationView[] = [];
let me: PersonView;
let current: ConversationView;
let composed: Boot['composed'] = null;
let theme: Theme = 'light';
let unfollow: () => void = () => undefined;
let typingTimer: ReturnType<typeof setTimeout> | undefined;
const unread = new Set<string>();

const drawer = createDrawer(byId('drawer'), byId('panel'));
const mailbox = createOutlook(byId('outlook'), byId('mailbox'), () => me);
const compose = createCompose({
  say: (text, thread) => act({ kind: 'say', conversation: current.id, text, thread }),
  edit: (message, text) => act({ kind: 'edit', message, text }),
  members: () => (current.type === 'personal' ? [] : ['Parley', ...names()]),
  meet: (thread) => void meet(null, thread),
  paste: (url) => void act({ kind: 'pasteLink', conversation: current.id, url }),
});
const names = () => current.members.filter(({ oid }) => oid !== me.oid).map(({ name }) => name);

const dialog = createDialog({
  reader: () => ({ ...me, theme }),
  submit: (data) => act({ kind: 'submitDialog', data: data as Record<string, unknown> }),
  signIn: async (url) => {
    const { value } = await openSignIn(url);
    await act({ kind: 'dialogSignedIn', value });
  },
  token: () => token(me.oid),
  close: () => void act({ kind: 'closeDialog' }),
});

const log = createLog(byId('log'), {
  viewer: () => ({ person: me, theme }),
  act: (message, kind, action) => void clicked(message, { kind, message: message.id, action }),
  signIn: (message) => void signIn(message),
  like: ({ id }) => void act({ kind: 'react', message: id }),
  edit: ({ id, text }) => compose.edit(id, text.replace(/<at>(.*?)<\/at>/g, '@$1')),
  remove: ({ id }) => void act({ kind: 'remove', message: id }),
  meet: ({ id, thread }) => void meet(id, thread),
  reply: (thread) => compose.replyTo(thread),
  refresh: (message) => void act({ kind: 'refresh', message: message.id }),
});

await start();

async function start(): Promise<void> {
  const hash = new URLSearchParams(location.hash.slice(1));
  setTheme((localStorage.getItem('theme') as Theme | null) ?? preferredTheme());
  for (const [id, path] of [
    ['theme', ICONS.moon],
    ['mailbox', ICONS.calendar],
    ['panel', ICONS.panel],
    ['back', ICONS.back],
    ['send', ICONS.send],
    ['meet', ICONS.meet],
  ] as const)
    byId(id).append(icon(path));
  byId('theme').addEventListener('click', () => setTheme(theme === 'light' ? 'dark' : 'light'));
  byId('membership').addEventListener('click', () => void changeMembership());
  byId('back').addEventListener('click', leaveChat);
  const { people: all, locales } = await boot(null);
  people = all;
  const select = byId('me') as HTMLSelectElement;
  for (const { oid, name, note } of people) select.append(h('option', { value: oid }, `${name} – ${note}`));
  select.addEventListener('change', () => void become(select.value));
  const language = byId('language') as HTMLSelectElement;
  for (const locale of locales) language.append(h('option', { value: locale }, languageName(locale)));
  language.addEventListener('change', () => void speak(language.value));
  showHint(byId('hint'), { people: people.length, openDrawer: drawer.open });
  document.body.classList.add('reading');
  await become(hash.get('as') ?? people[0]?.oid ?? '');
}

/** On a phone: back to the list, where the focus was when the chat was opened. */
function leaveChat(): void {
  document.body.classList.remove('reading');
  byId('chat-list').querySelector<HTMLElement>('[aria-current]')?.focus();
}

function preferredTheme(): Theme {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function setTheme(next: Theme): void {
  theme = next;
  document.documentElement.dataset.theme = next;
  byId('theme').setAttribute('aria-pressed', String(next === 'dark'));
  localStorage.setItem('theme', next);
  if (me) drawConversation();
}

function languageName(locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale;
}

/** Sets Teams to another language for this person: what is drawn from now on is in it. */
async function speak(locale: string): Promise<void> {
  await act({ kind: 'language', locale });
  me.locale = locale;
  await reload();
}

async function become(oid: string): Promise<void> {
  me = people.find((person) => person.oid === oid) ?? (people[0] as PersonView);
  (byId('me') as HTMLSelectElement).value = me.oid;
  (byId('language') as HTMLSelectElement).value = me.locale;
  byId('me-avatar').replaceChildren(avatar(me.name, false));
  compose.pause();
  mailbox.refresh();
  unread.clear();
  unfollow();
  unfollow = follow(me.oid, heard, () => void reload());
  await reload();
}

async function reload(): Promise<void> {
  const { conversations: all, ...dialogs } = await boot(me.oid);
  conversations = all;
  showDialog(dialogs);
  const kept = conversations.find(({ id }) => id === current?.id);
  await open(kept ?? (conversations[0] as ConversationView), false);
}

async function open(conversation: ConversationView, isChosen = true): Promise<void> {
  current = conversation;
  unread.delete(conversation.id);
  if (isChosen) document.body.classList.add('reading');
  setTyping(false);
  // First what takes room: the log is scrolled to its end.
  compose.turnTo(conversation);
  drawConversation();
  if (isChosen) compose.focus();
  if (conversation.type === 'personal' && !conversation.installed) {
    conversation.installed = true;
    await act({ kind: 'install', conversation: conversation.id });
  }
}

function drawConversation(): void {
  drawChats(byId('chat-list'), { conversations, current, unread, open: (chosen) => void open(chosen) });
  byId('title').textContent = current.name;
  const others = current.members.map(({ name }) => name.split(' ')[0]).join(', ');
  byId('subtitle').textContent = current.type === 'personal' ? 'Bot' : (current.team ?? others);
  byId('title-avatar').replaceChildren(emblem(current));
  drawMembership();
  drawComposed();
  log.draw(current.messages);
}

function meet(message: string | null, thread: string | null): Promise<void> {
  return act({ kind: 'openDialog', conversation: current.id, message, thread });
}

function showDialog({ dialog: shown, composed: card }: Pick<Boot, 'dialog' | 'composed'>): void {
  dialog.show(shown);
  composed = card;
  if (current) drawComposed();
}

function drawComposed(): void {
  drawComposedCard(
    byId('composed'),
    composed?.conversation === current.id ? composed.card : null,
    { ...me, theme },
    {
      send: () => void act({ kind: 'sendComposed' }),
      discard: () => void act({ kind: 'discardComposed' }),
    },
  );
}

function drawMembership(): void {
  const button = byId('membership');
  button.hidden = current.type === 'personal';
  button.textContent = current.installed ? 'Remove Parley' : 'Add Parley';
}

async function changeMembership(): Promise<void> {
  const conversation = current;
  await act({
    kind: conversation.installed ? 'uninstall' : 'install',
    conversation: conversation.id,
  });
  conversation.installed = !conversation.installed;
  drawMembership();
}

function heard(event: PageEvent): void {
  drawer.refresh();
  mailbox.refresh();
  if (event.kind === 'cleared') return void reload();
  if (event.kind === 'dialog') return void showDialog(event);
  if (event.kind === 'typing') {
    if (event.conversation === current?.id) setTyping(true);
    return;
  }
  const { message } = event;
  const conversation = conversations.find(({ id }) => id === message.conversation);
  if (!conversation) return;
  // Whoever mentions the bot adds it to the conversation thereby.
  if (message.author === null && message.id > (conversation.messages.at(-1)?.id ?? '')) {
    conversation.installed = true;
    drawMembership();
  }
  const index = conversation.messages.findIndex(({ id }) => id === message.id);
  if (index === -1) conversation.messages.push(message);
  else conversation.messages[index] = message;
  if (conversation === current) {
    if (message.author === null) setTyping(false);
    log.place(message);
  } else if (index === -1) unread.add(conversation.id);
  drawChats(byId('chat-list'), { conversations, current, unread, open: (chosen) => void open(chosen) });
}

function setTyping(isTyping: boolean): void {
  clearTimeout(typingTimer);
  byId('typing').textContent = isTyping ? 'Parley is typing…' : '';
  if (isTyping) typingTimer = setTimeout(() => setTyping(false), TYPING_SHOWN_MS);
}

async function clicked(message: MessageView, deed: Deed): Promise<void> {
  if (log.isBusy(message.id)) return;
  log.setBusy(message.id, true);
  await act(deed);
  log.setBusy(message.id, false);
}

async function signIn(message: MessageView): Promise<void> {
  if (!message.signIn) return;
  const result = openSignIn(message.signIn.url);
  await act({ kind: 'signin', message: message.id, outcome: 'opened', value: '' });
  await act({ kind: 'signin', message: message.id, ...(await result) });
}

/** Opens Entra's page; it reads in a cookie who is signed in to Microsoft in this browser. */
function openSignIn(url: string): ReturnType<typeof openPopup> {
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is asynchronous, and the popup must open in the click
  document.cookie = `login_hint=${encodeURIComponent(me.upn)}; path=/; SameSite=Lax`;
  return openPopup(url);
}

/** The person does this in Teams. */
async function act(deed: Deed): Promise<void> {
  try {
    const { status } = await send({ ...deed, as: me.oid } as Command);
    const isFault = status !== null && (status === 0 || status === 401 || status >= 500);
    complain(isFault && deed.kind !== 'signin' ? WENT_WRONG : '');
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  }
}

function complain(sentence: string): void {
  byId('problem').textContent = sentence;
  byId('problem').hidden = sentence === '';
}
