import type { Theme } from '../../../../cards/teams-look.ts';
import type { ConversationView, MessageView, PageEvent, PersonView } from '../view.ts';
import { boot, follow, token } from './api.ts';
import { drawChats } from './chats.ts';
import { createCompose, drawComposedCard } from './compose.ts';
import { createDeeds } from './deeds.ts';
import { createDialog } from './dialog.ts';
import { byId, ICONS, icon } from './dom.ts';
import { createDrawer } from './drawer.ts';
import { createChoosers, drawHead } from './head.ts';
import { showHint } from './hint.ts';
import { createLog } from './log.ts';
import { createOutlook } from './outlook.ts';
import { beginAs, composedHere, mentionable, takeBoot, takeMessage } from './state.ts';

/** The bot is said to be typing for no longer than this. */
const TYPING_MS = 8_000;
const BUTTONS = {
  theme: ICONS.moon,
  mailbox: ICONS.calendar,
  panel: ICONS.panel,
  back: ICONS.back,
  send: ICONS.send,
  meet: ICONS.meet,
};
for (const [id, path] of Object.entries(BUTTONS)) byId(id).append(icon(path));
const theme = createTheme(byId('theme'));

const first = await boot(null);
const player = personOf(new URLSearchParams(location.hash.slice(1)).get('as'));
const state = beginAs(player, await boot(player.oid));
let unfollow: () => void = () => undefined;

const { act, signIn, signInToDialog } = createDeeds(() => state.me);
const reader = () => ({ ...state.me, theme: theme() });
const drawer = createDrawer(byId('drawer'), byId('panel'));
const mailbox = createOutlook(byId('outlook'), byId('mailbox'), () => state.me);
const typing = createTyping(byId('typing'));
const showMe = createChoosers(first, { become: (oid) => become(personOf(oid)), speak });
const compose = createCompose({
  say: (text, thread) => act({ kind: 'say', conversation: state.current.id, text, thread }),
  edit: (message, text) => act({ kind: 'edit', message, text }),
  members: () => mentionable(state),
  meet: (thread) => void meet(null, thread),
  paste: (url) => void act({ kind: 'pasteLink', conversation: state.current.id, url }),
});
const dialog = createDialog({
  reader,
  submit: (data) => act({ kind: 'submitDialog', data: data as Record<string, unknown> }),
  signIn: signInToDialog,
  token: () => token(state.me.oid),
  close: () => void act({ kind: 'closeDialog' }),
});
const log = createLog(byId('log'), {
  viewer: () => ({ person: state.me, theme: theme() }),
  act: ({ id }, kind, action) => act({ kind, message: id, action }),
  signIn: (message) => void signIn(message),
  like: ({ id }) => void act({ kind: 'react', message: id }),
  edit: ({ id, text }) => compose.edit(id, text.replace(/<at>(.*?)<\/at>/g, '@$1')),
  remove: ({ id }) => void act({ kind: 'remove', message: id }),
  meet: ({ id, thread }) => void meet(id, thread),
  reply: (thread) => compose.replyTo(thread),
  refresh: (message) => void act({ kind: 'refresh', message: message.id }),
});

byId('theme').addEventListener('click', drawConversation);
byId('membership').addEventListener('click', () => void changeMembership());
byId('back').addEventListener('click', leaveChat);
showHint(byId('hint'), { people: first.people.length, openDrawer: drawer.open });
document.body.classList.add('reading');
// Until here a click would have been lost.
for (const id of ['mailbox', 'panel', 'back']) byId(id).removeAttribute('disabled');
await become(player);

function personOf(oid: string | null): PersonView {
  return first.people.find((person) => person.oid === oid) ?? (first.people[0] as PersonView);
}

async function become(person: PersonView): Promise<void> {
  state.me = person;
  showMe(person);
  compose.pause();
  mailbox.refresh();
  state.unread.clear();
  unfollow();
  unfollow = follow(person.oid, heard, () => void reload());
  await reload();
}

/** What is drawn from now on is in this language. */
async function speak(locale: string): Promise<void> {
  await act({ kind: 'language', locale });
  state.me.locale = locale;
  await reload();
}

async function reload(): Promise<void> {
  const { me } = state;
  const found = await boot(me.oid);
  // Somebody else is played by now: these are not their chats.
  if (state.me !== me) return;
  takeBoot(state, found);
  dialog.show(found.dialog);
  await open(state.current);
}

function choose(conversation: ConversationView): void {
  document.body.classList.add('reading');
  void open(conversation);
  compose.focus();
}

/** On a phone: back to the list, where the focus was when the chat was opened. */
function leaveChat(): void {
  document.body.classList.remove('reading');
  byId('chat-list').querySelector<HTMLElement>('[aria-current]')?.focus();
}

async function open(conversation: ConversationView): Promise<void> {
  state.current = conversation;
  state.unread.delete(conversation.id);
  typing.show(false);
  // First what takes room: the log is scrolled to its end.
  compose.turnTo(conversation);
  drawConversation();
  if (conversation.type === 'personal' && !conversation.installed) {
    conversation.installed = true;
    await act({ kind: 'install', conversation: conversation.id });
  }
}

function drawConversation(): void {
  drawAround();
  drawComposed();
  log.draw(state.current.messages);
}

/** What stands around the messages: they and what is being read or filled in stay as they are. */
function drawAround(): void {
  drawChats(byId('chat-list'), { ...state, open: choose });
  drawHead(state.current);
}

function drawComposed(): void {
  drawComposedCard(byId('composed'), composedHere(state), reader(), {
    send: () => void act({ kind: 'sendComposed' }),
    discard: () => void act({ kind: 'discardComposed' }),
  });
}

function heard(event: PageEvent): void {
  drawer.refresh();
  mailbox.refresh();
  if (event.kind === 'cleared') void reload();
  else if (event.kind === 'dialog') {
    state.composed = event.composed;
    dialog.show(event.dialog);
    drawComposed();
  } else if (event.kind === 'typing') {
    if (event.conversation === state.current.id) typing.show(true);
  } else if (event.kind === 'message') heardOf(event.message);
}

function heardOf(message: MessageView): void {
  const conversation = takeMessage(state, message);
  if (conversation === state.current) {
    if (message.author === null) typing.show(false);
    log.place(message);
  }
  drawAround();
}

function meet(message: string | null, thread: string | null): Promise<void> {
  return act({ kind: 'openDialog', conversation: state.current.id, message, thread });
}

async function changeMembership(): Promise<void> {
  const { current } = state;
  await act({ kind: current.installed ? 'uninstall' : 'install', conversation: current.id });
  current.installed = !current.installed;
  drawAround();
}

/** The line that says that the bot is typing; by itself it is gone after a while. */
function createTyping(line: HTMLElement) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (isTyping: boolean): void => {
    clearTimeout(timer);
    line.textContent = isTyping ? 'Parley is typing…' : '';
    if (isTyping) timer = setTimeout(() => show(false), TYPING_MS);
  };
  return { show };
}

/** Light or dark, as the system has it until somebody chooses by this button. */
function createTheme(button: HTMLElement): () => Theme {
  let theme: Theme = (localStorage.getItem('theme') as Theme | null) ?? preferred();
  const show = () => {
    document.documentElement.dataset.theme = theme;
    button.setAttribute('aria-pressed', String(theme === 'dark'));
  };
  button.addEventListener('click', () => {
    theme = theme === 'light' ? 'dark' : 'light';
    localStorage.setItem('theme', theme);
    show();
  });
  show();
  return () => theme;
}

function preferred(): Theme {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
