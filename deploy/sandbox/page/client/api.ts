import type { Boot, Failure, Holdings, PageEvent } from '../shapes.ts';

/** What the person who plays has done; `as` is that person's Entra id. */
export type Deed =
  | { path: 'say'; conversation: string; text: string; thread: string | null }
  | { path: 'execute' | 'submit'; message: string; action: Record<string, unknown> }
  | { path: 'refresh'; message: string }
  | { path: 'install' | 'uninstall'; conversation: string }
  | { path: 'edit'; message: string; text: string }
  | { path: 'remove' | 'react'; message: string }
  | { path: 'signin'; message: string; outcome: 'opened' | 'succeeded' | 'failed'; value: string };

/** Sends a deed; resolves with the bot's HTTP status (null: the bot was not asked). Rejects with a sentence. */
export async function send(as: string, deed: Deed): Promise<{ status: number | null }> {
  const { path, ...fields } = deed;
  return post(path, { as, ...fields }) as Promise<{ status: number | null }>;
}

/** What the page begins with; `as` is the Entra id of who plays, null before somebody does. */
export const boot = (as: string | null): Promise<Boot> => get(`boot?as=${as ?? ''}`) as Promise<Boot>;

/** What the drawer shows. */
export const holdings = (): Promise<Holdings> => get('holdings') as Promise<Holdings>;

/** Sets one of the drawer's switches. */
export const flip = (name: string, on: boolean): Promise<unknown> => post('switch', { name, on });

/** Somebody agrees in Entra, or takes it back. */
export const setConsent = (oid: string, on: boolean): Promise<unknown> => post('consent', { oid, on });

/** Makes Graph fail from now on, or work again. */
export const fail = (failure: Failure): Promise<unknown> => post('fail', failure);

/** Follows what this person would see; answers how to stop. */
export function follow(as: string, listener: (event: PageEvent) => void, onBack: () => void): () => void {
  const source = new EventSource(`/api/events?as=${as}`);
  let wasLost = false;
  source.addEventListener('message', ({ data }) => listener(JSON.parse(data) as PageEvent));
  source.addEventListener('error', () => {
    wasLost = true;
  });
  source.addEventListener('open', () => {
    if (wasLost) onBack();
    wasLost = false;
  });
  return () => source.close();
}

async function get(path: string): Promise<unknown> {
  return read(await fetch(`/api/${path}`));
}

async function post(path: string, body: object): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json' };
  return read(await fetch(`/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function read(response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`The sandbox answered ${response.status}: ${await response.text()}`);
  return response.json();
}
