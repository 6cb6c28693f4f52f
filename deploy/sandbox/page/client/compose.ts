import type { ConversationView } from '../view.ts';
import { drawCard, type Reader } from './cards.ts';
import { byId, h } from './dom.ts';

const CHAT = ['meeting tomorrow 3pm about Q3', 'call in 20 minutes', 'my meetings', 'help'];
const GROUP = ['@Parley tomorrow 3-4:30 design review with @Ben', '/my meetings', '@Parley help'];

type ComposeOptions = {
  say(text: string, thread: string | null): Promise<void>;
  edit(message: string, text: string): Promise<void>;
  /** Whom `@` offers; nobody in a 1:1 chat. */
  members(): string[];
  /** *Meeting about this* where messages are written. */
  meet(thread: string | null): void;
};

/** The box at the bottom: Enter sends, Shift+Enter breaks the line, `@` offers people. */
export function createCompose({ say, edit, members, meet }: ComposeOptions) {
  const form = byId('compose') as HTMLFormElement;
  const box = byId('text') as HTMLTextAreaElement;
  const picker = byId('people');
  const replying = byId('replying');
  const drafts = new Map<string, string>();
  let shown = '';
  let thread: string | null = null;
  let editing: string | null = null;

  const grow = () => {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
  };
  const submit = () => {
    const text = box.value.trim();
    if (text === '') return;
    box.value = '';
    grow();
    if (editing === null) void say(text, thread);
    else void edit(editing, text);
    if (editing !== null) setMode({});
  };
  const setMode = (mode: { thread?: string; editing?: string }) => {
    thread = mode.thread ?? null;
    editing = mode.editing ?? null;
    replying.hidden = thread === null && editing === null;
    const [words, button] = replying.children;
    if (words) words.textContent = editing === null ? 'Replying in the thread.' : 'Editing your message.';
    if (button) button.textContent = editing === null ? 'New post instead' : 'Leave it as it is';
  };

  byId('meet').addEventListener('click', () => meet(thread));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  box.addEventListener('keydown', (event) => {
    const first = picker.querySelector<HTMLElement>('[aria-selected="true"]');
    if (!picker.hidden && first && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault();
      first.click();
    } else if (!picker.hidden && ['ArrowDown', 'ArrowUp'].includes(event.key)) {
      event.preventDefault();
      step(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Escape') picker.hidden = true;
    else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    }
  });
  box.addEventListener('input', () => {
    grow();
    offer();
  });
  replying.querySelector('button')?.addEventListener('click', () => {
    if (editing !== null) box.value = '';
    setMode({});
  });

  function offer(): void {
    const written = /@([\p{L}]*)$/u.exec(box.value.slice(0, box.selectionStart))?.[1];
    const isWhole = members().some((name) => name.split(' ')[0]?.toLowerCase() === written?.toLowerCase());
    const found = written === undefined || isWhole ? [] : members().filter((name) => starts(name, written));
    picker.replaceChildren(
      ...found.map((name, index) =>
        h(
          'div',
          { role: 'option', 'aria-selected': String(index === 0), onclick: () => mention(name) },
          name,
        ),
      ),
    );
    picker.hidden = found.length === 0;
  }

  function step(by: number): void {
    const options = [...picker.children];
    const at = options.findIndex((option) => option.getAttribute('aria-selected') === 'true');
    const next = (at + by + options.length) % options.length;
    for (const [index, option] of options.entries())
      option.setAttribute('aria-selected', String(index === next));
  }

  function mention(name: string): void {
    const end = box.selectionStart;
    const before = box.value.slice(0, end).replace(/@[\p{L}]*$/u, `@${name} `);
    box.value = before + box.value.slice(end);
    box.setSelectionRange(before.length, before.length);
    picker.hidden = true;
    box.focus();
  }

  return {
    replyTo(root: string): void {
      setMode({ thread: root });
      box.focus();
    },
    edit(message: string, text: string): void {
      setMode({ editing: message });
      box.value = text;
      grow();
      box.focus();
    },
    /** Nothing can be written until it turns to a conversation. */
    pause(): void {
      box.disabled = true;
    },
    focus: () => box.focus({ preventScroll: true }),
    /** Turns to a conversation; what was begun in another one is kept there. */
    turnTo(conversation: ConversationView): void {
      if (shown !== conversation.id) {
        drafts.set(shown, box.value);
        box.value = drafts.get(conversation.id) ?? '';
        shown = conversation.id;
        grow();
      }
      box.disabled = false;
      setMode({});
      picker.hidden = true;
      const isChat = conversation.type === 'personal';
      box.placeholder = isChat ? 'Type a message' : 'Mention @Parley, or ask it privately with /';
      const choices = (isChat ? CHAT : GROUP).map((text) =>
        h('button', { type: 'button', onclick: () => void say(text, thread) }, text),
      );
      byId('suggestions').replaceChildren(...choices);
    },
  };
}

const starts = (name: string, written: string) =>
  name.split(' ').some((part) => part.toLowerCase().startsWith(written.toLowerCase()));

type ComposedEvents = { send(): void; discard(): void };

/** The card that waits in the compose box, as it will be sent; null: there is none. */
export function drawComposedCard(
  holder: HTMLElement,
  card: Record<string, unknown> | null,
  reader: Reader,
  { send, discard }: ComposedEvents,
): void {
  holder.hidden = card === null;
  holder.replaceChildren();
  if (card === null) return;
  const button = (title: string, onclick: () => void) => h('button', { type: 'button', onclick }, title);
  holder.append(
    h('div', { class: 'cards' }, drawCard(card, reader, { act: () => undefined })),
    h('p', {}, button('Send the card', send), button('Discard it', discard)),
  );
}
