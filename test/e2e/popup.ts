import type { Person } from '../../deploy/sandbox/people.ts';
import type { World } from './world.ts';

/** The page on which the popup closes itself. */
export type EndPage = {
  status: number;
  /** `ok`, `declined`, `admin` or `failed`, as the page's script will tell Teams. */
  result: string;
  html: string;
  /** What the person agreed to, or was told, on Entra's page; empty where none was shown. */
  consentPage: string;
  headers: Headers;
};

/**
 * What happens in the popup that Teams opens: our start page, Entra's pages as this person, our end page. The browser
 * is played by fetch; addresses of PUBLIC_URL are asked of the bot, where nobody listens at PUBLIC_URL.
 */
export async function throughPopup(
  world: World,
  startUrl: string,
  person: Person,
  decision: 'accept' | 'decline' = 'accept',
): Promise<EndPage> {
  const begun = await toBot(world, startUrl);
  const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
  const authorize = new URL(begun.headers.get('location') ?? '');
  authorize.searchParams.set('login_hint', person.upn);
  let shown = await look(`${world.entra.webUrl}${authorize.pathname}${authorize.search}`);
  const consentPage = shown.status === 200 ? await shown.text() : '';
  if (shown.status === 200) shown = await decide(world, consentPage, decision);
  const ended = await toBot(world, shown.headers.get('location') ?? '', { Cookie: cookie });
  const html = await ended.text();
  const result = /data-result="(\w+)"/.exec(html)?.[1] ?? '';
  return { status: ended.status, result, html, consentPage, headers: ended.headers };
}

const look = (url: string, init: RequestInit = {}) => fetch(url, { ...init, redirect: 'manual' });

function toBot(world: World, url: string, headers: Record<string, string> = {}) {
  const { pathname, search } = new URL(url);
  return look(`${world.bot.url}${pathname}${search}`, { headers });
}

function decide(world: World, page: string, decision: string): Promise<Response> {
  const action = /action="([^"]+)"/.exec(page)?.[1] ?? '';
  const id = /name="id" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const body = new URLSearchParams({ id, decision });
  return look(`${world.entra.webUrl}${action.replaceAll('&amp;', '&')}`, { method: 'POST', body });
}
