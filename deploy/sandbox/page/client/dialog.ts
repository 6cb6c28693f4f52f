import type { Boot } from '../view.ts';
import { drawCard, type Reader } from './cards.ts';
import { byId, h } from './dom.ts';
import { hostTeamsJs } from './teams-host.ts';

type Shown = NonNullable<Boot['dialog']>;

type DialogOptions = {
  reader(): Reader;
  /** The button of the card, or the page, submits this. */
  submit(data: unknown): Promise<void>;
  /** Opens Entra's page in a popup. */
  signIn(url: string): Promise<void>;
  /** Single sign-on. Rejects where Teams gives no token. */
  token(): Promise<string>;
  close(): void;
};

/** The dialog of a message extension: a card, a page of the bot, a request to sign in or a sentence. */
export function createDialog({ reader, submit, signIn, token, close }: DialogOptions) {
  const dialog = byId('dialog') as HTMLDialogElement;
  let stop: () => void = () => undefined;
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    close();
  });

  const busily = async (work: () => Promise<void>) => {
    dialog.setAttribute('aria-busy', 'true');
    await work();
    dialog.removeAttribute('aria-busy');
  };

  function drawShown(shown: Shown): Node {
    switch (shown.kind) {
      case 'loading':
        return h('p', { role: 'status' }, 'One moment …');
      case 'message':
        return h('p', { role: 'status' }, shown.text);
      case 'card': {
        const act = (_kind: string, { data }: { data?: unknown }) => void busily(() => submit(data));
        return drawCard(shown.card, reader(), { act });
      }
      case 'signIn': {
        const onclick = () => void busily(() => signIn(shown.url));
        return h('button', { type: 'button', class: 'primary', onclick }, shown.title);
      }
      case 'page':
        return drawPage(shown.url, shown.title);
      default:
        return shown satisfies never;
    }
  }

  function drawPage(url: string, title: string): HTMLElement {
    const frame = h('iframe', { src: url, title });
    frame.addEventListener('load', () => frame.focus(), { once: true });
    queueMicrotask(() => {
      if (!frame.contentWindow) return;
      stop = hostTeamsJs(frame.contentWindow, 'task', ({ func, args: [result], answer }) => {
        if (func === 'authentication.getAuthToken')
          token().then(
            (given) => answer(true, given),
            (error: unknown) => answer(false, String(error)),
          );
        else if (func === 'tasks.completeTask') void busily(() => submit(result));
      });
    });
    return frame;
  }

  return {
    /** Null closes it. */
    show(shown: Shown | null): void {
      stop();
      stop = () => undefined;
      if (shown === null) {
        dialog.close();
        return;
      }
      const title = 'title' in shown ? shown.title : 'Parley';
      dialog.replaceChildren(
        h(
          'header',
          {},
          h('h2', { id: 'dialog-title' }, title),
          h('button', { type: 'button', class: 'tool', 'aria-label': 'Close', onclick: close }, '×'),
        ),
        h('div', { class: 'content' }, drawShown(shown)),
      );
      if (!dialog.open) dialog.showModal();
    },
  };
}
