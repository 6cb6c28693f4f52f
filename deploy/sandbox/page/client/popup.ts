import { hostTeamsJs } from './teams-host.ts';

/** How a sign-in popup ended, and what it, or its being closed, says to the bot. */
type PopupResult = { outcome: 'succeeded' | 'failed'; value: string };

const LOOK_MS = 400;

/** Opens the address as Teams does; resolves when the popup has reported, or was closed. */
export function openPopup(url: string): Promise<PopupResult> {
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
