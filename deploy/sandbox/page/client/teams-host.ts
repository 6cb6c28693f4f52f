type Request = { id: number; uuidAsString?: string; func: string; args?: unknown[] };

/** What a page may ask of Teams: its function's name, its arguments, and the way to answer. */
type Ask = { func: string; args: readonly unknown[]; answer(...args: unknown[]): void };

const RUNTIME = JSON.stringify({
  apiVersion: 4,
  hostVersionsInfo: {},
  isLegacyTeams: false,
  supports: { dialog: { url: {} } },
});

/**
 * The host side of TeamsJS, for a page of the bot in a popup or a frame. The library there sends
 * `{ id, uuidAsString, func, args }` and waits for `{ id, uuidAsString, args }`. It believes its own origin, so both pages
 * must be on the same one. Answers how to stop.
 */
export function hostTeamsJs(
  source: Window,
  frameContext: 'authentication' | 'task',
  onAsk: (ask: Ask) => void,
): () => void {
  const listen = ({ source: from, origin, data }: MessageEvent) => {
    if (from !== source || origin !== location.origin || !isRequest(data)) return;
    const { id, uuidAsString, func, args = [] } = data;
    const answer = (...given: unknown[]) =>
      source.postMessage({ id, uuidAsString, args: given }, location.origin);
    if (func === 'initialize') answer(frameContext, 'web', RUNTIME, '2.0.0');
    else onAsk({ func, args, answer });
  };
  window.addEventListener('message', listen);
  return () => window.removeEventListener('message', listen);
}

function isRequest(data: unknown): data is Request {
  return typeof data === 'object' && data !== null && 'func' in data && 'id' in data;
}
