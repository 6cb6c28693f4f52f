import type { OutlookView } from '../../outlook.ts';
import type { Holdings } from '../../switches.ts';
import type { Command } from '../commands.ts';
import type { Boot, PageEvent } from '../view.ts';

/** Sends a command; resolves with the bot's HTTP status (null: the bot was not asked). Rejects with a sentence. */
export async function send(command: Command): Promise<{ status: number | null }> {
  const headers = { 'Content-Type': 'application/json' };
  const request = { method: 'POST', headers, body: JSON.stringify(command) };
  return read(await fetch('/api/command', request)) as Promise<{ status: number | null }>;
}

/** What the page begins with; `as` is the Entra id of who plays, null before somebody does. */
export const boot = (as: string | null): Promise<Boot> => get(`boot?as=${as ?? ''}`) as Promise<Boot>;

/** The person's single-sign-on token, as a page in Teams gets it. */
export const token = (as: string): Promise<string> => get(`token?as=${as}`) as Promise<string>;

/** What the drawer shows. */
export const holdings = (): Promise<Holdings> => get('holdings') as Promise<Holdings>;

/** What this person sees in Outlook. */
export const outlook = (as: string): Promise<OutlookView> => get(`outlook?as=${as}`) as Promise<OutlookView>;

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

async function read(response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`The sandbox answered ${response.status}: ${await response.text()}`);
  return response.json();
}
