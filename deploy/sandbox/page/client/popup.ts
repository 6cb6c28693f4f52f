/**
 * The host side of TeamsJS for a sign-in popup. The library in the popup speaks to `window.opener`: it sends
 * `{ id, uuidAsString, func, args }` and waits for `{ id, uuidAsString, args }`. It believes its own origin, so page
 * and popup must end up on the same one.
 */
type PopupResult = { outcome: 'succeeded' | 'failed'; value: string };

type Request = { id: number; uuidAsString?: string; func: string; args?: unknown[] };

const RUNTIME = JSON.stringify({ apiVersion: 4, hostVersionsInfo: {}, isLegacyTeams: false, supports: {} });
const LOOK_MS = 400;

/** Opens the address as Teams does; resolves when the popup has reported, or was closed. */
export function openPopup(url: string): Promise<PopupResult> {
  const popup = window.open(url, 'parley-signin', 'popup,width=600,height=640');
  if (!popup) return Promise.resolve({ outcome: 'failed', value: 'FailedToOpenWindow' });
  return new Promise((resolve) => {
    const finish = (result: PopupResult) => {
      window.removeEventListener('message', listen);
      clearInterval(looking);
      resolve(result);
    };
    const listen = (event: MessageEvent) => {
      if (event.source !== popup || event.origin !== location.origin || !isRequest(event.data)) return;
      const { func, args = [] } = event.data;
      const [first] = args;
      if (func === 'initialize') answer(event.data, ['authentication', 'web', RUNTIME, '2.0.0']);
      else if (func === 'authentication.authenticate.success')
        finish({ outcome: 'succeeded', value: String(first ?? '') });
      else if (func === 'authentication.authenticate.failure')
        finish({ outcome: 'failed', value: String(first ?? '') });
    };
    const answer = ({ id, uuidAsString }: Request, args: unknown[]) =>
      popup.postMessage({ id, uuidAsString, args }, location.origin);
    let wasClosed = false;
    const looking = setInterval(() => {
      // What it reported just before it closed may still be on its way.
      if (wasClosed) finish({ outcome: 'failed', value: 'CancelledByUser' });
      wasClosed = popup.closed;
    }, LOOK_MS);
    window.addEventListener('message', listen);
  });
}

function isRequest(data: unknown): data is Request {
  return typeof data === 'object' && data !== null && 'func' in data && 'id' in data;
}
