import type { Command } from '../commands.ts';
import type { MessageView, PersonView } from '../view.ts';
import { send } from './api.ts';
import { byId } from './dom.ts';
import { hostTeamsJs } from './teams-host.ts';

type Without<T> = T extends { as: string } ? Omit<T, 'as'> : never;
/** What somebody does in Teams; who it is, is added. */
type Deed = Without<Command>;

const WENT_WRONG = 'The bot could not be reached, or it refused the message. Its log says why.';

/** What the person who is played does. What goes wrong then is told above the messages. */
export function createDeeds(me: () => PersonView) {
  async function act(deed: Deed): Promise<void> {
    try {
      const { status } = await send({ ...deed, as: me().oid } as Command);
      const isFault = status !== null && (status === 0 || status === 401 || status >= 500);
      complain(isFault && deed.kind !== 'signin' ? WENT_WRONG : '');
    } catch (error) {
      complain(error instanceof Error ? error.message : String(error));
    }
  }

  /** Opens Entra's page; it reads in a cookie who is signed in to Microsoft in this browser. */
  function openSignIn(url: string): ReturnType<typeof openPopup> {
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is asynchronous, and the popup must open in the click
    document.cookie = `login_hint=${encodeURIComponent(me().upn)}; path=/; SameSite=Lax`;
    return openPopup(url);
  }

  async function signIn({ id, signIn: asked }: MessageView): Promise<void> {
    if (!asked) return;
    const result = openSignIn(asked.url);
    await act({ kind: 'signin', message: id, outcome: 'opened', value: '' });
    await act({ kind: 'signin', message: id, ...(await result) });
  }

  async function signInToDialog(url: string): Promise<void> {
    const { value } = await openSignIn(url);
    await act({ kind: 'dialogSignedIn', value });
  }

  return { act, signIn, signInToDialog };
}

function complain(sentence: string): void {
  byId('problem').textContent = sentence;
  byId('problem').hidden = sentence === '';
}

/** How a sign-in popup ended, and what it, or its being closed, says to the bot. */
type PopupResult = { outcome: 'succeeded' | 'failed'; value: string };

const LOOK_MS = 400;

/** Opens the address as Teams does; resolves when the popup has reported, or was closed. */
function openPopup(url: string): Promise<PopupResult> {
  const popup = window.open(url, 'parley-signin', 'popup,width=600,height=640');
  if (!popup) return Promise.resolve({ outcome: 'failed', value: 'FailedToOpenWindow' });
  return new Promise((resolve) => {
    const finish = (result: PopupResult) => {
      stop();
      clearInterval(looking);
      resolve(result);
    };
    const stop = hostTeamsJs(popup, 'authentication', ({ func, args: [first] }) => {
      const value = String(first ?? '');
      if (func === 'authentication.authenticate.success') finish({ outcome: 'succeeded', value });
      else if (func === 'authentication.authenticate.failure') finish({ outcome: 'failed', value });
    });
    let wasClosed = false;
    const looking = setInterval(() => {
      // What it reported just before it closed may still be on its way.
      if (wasClosed) finish({ outcome: 'failed', value: 'CancelledByUser' });
      wasClosed = popup.closed;
    }, LOOK_MS);
  });
}
