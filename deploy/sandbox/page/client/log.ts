import type { MessageView } from '../view.ts';
import { h } from './dom.ts';
import { drawMessage, type MessageEvents, type Viewer } from './messages.ts';

type LogOptions = MessageEvents & {
  /** Until it is done, nothing more can be clicked on the message. */
  act(...clicked: Clicked): Promise<void>;
  viewer(): Viewer;
  reply(thread: string): void;
  /** The card of this message wants to be refreshed for this viewer. */
  refresh(message: MessageView): void;
};

type Clicked = Parameters<MessageEvents['act']>;

const NEAR_END = 120;

/** The messages of the open conversation: bubbles, or threads in a channel. */
export function createLog(log: HTMLElement, options: LogOptions) {
  const busy = new Set<string>();
  /** Revisions of cards for which a personal view was asked already. */
  const refreshed = new Set<string>();
  const find = (id: string) => log.querySelector<HTMLElement>(`article[data-id="${CSS.escape(id)}"]`);
  const toEnd = () => {
    log.scrollTop = log.scrollHeight;
  };
  const events: MessageEvents = { ...options, act: (...clicked) => void actOnce(...clicked) };

  async function actOnce(...[message, ...click]: Clicked): Promise<void> {
    const { id } = message;
    if (busy.has(id)) return;
    busy.add(id);
    find(id)?.setAttribute('aria-busy', 'true');
    await options.act(message, ...click);
    busy.delete(id);
    find(id)?.removeAttribute('aria-busy');
  }

  function put(message: MessageView): void {
    const before = find(message.id);
    const element = drawMessage(message, options.viewer(), events, before);
    if (busy.has(message.id)) element.setAttribute('aria-busy', 'true');
    const isInUse = before?.contains(document.activeElement) && !element.contains(document.activeElement);
    if (before) before.replaceWith(element);
    else threadOf(message).append(element);
    // What was clicked is gone: the keyboard goes on from what stands there now.
    if (isInUse)
      (element.querySelector<HTMLElement>('.card[tabindex]') ?? element).focus({ preventScroll: true });
    refreshOnce(message);
  }

  function threadOf({ thread }: MessageView): HTMLElement {
    if (thread === null) return log;
    const found = log.querySelector<HTMLElement>(`[data-thread="${CSS.escape(thread)}"] .replies`);
    if (found) return found;
    const replies = h('div', { class: 'replies' });
    const reply = { type: 'button', class: 'reply', onclick: () => options.reply(thread) };
    const section = { class: 'thread', 'data-thread': thread, 'aria-label': 'Thread' };
    log.append(h('section', section, replies, h('button', reply, 'Reply')));
    return replies;
  }

  function refreshOnce(message: MessageView): void {
    const key = `${options.viewer().person.oid} ${message.id} ${message.revision}`;
    if (!message.cards.some((card) => 'refresh' in card) || refreshed.has(key)) return;
    refreshed.add(key);
    options.refresh(message);
  }

  return {
    /** Shows these messages and no others, at their end. */
    draw(messages: readonly MessageView[]): void {
      log.replaceChildren();
      for (const message of messages) put(message);
      toEnd();
    },
    /** Adds a message, or draws it again where it stands; who reads further up is left there. */
    place(message: MessageView): void {
      const isNew = find(message.id) === null;
      const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
      put(message);
      if (isNew || isAtEnd) toEnd();
    },
  };
}
