import { get } from './request.ts';

/** Where the bot sends people to sign in, as the beginning of its sign-in page says. */
export type SignIn = { loginHost: string; tenantId: string; appId: string; comesBackTo: string };

/** What `/auth/start` leads to, or the status of an answer that leads nowhere. */
export async function readSignIn(url: string): Promise<SignIn | { status: number }> {
  const response = await get(`${url}/auth/start`);
  const target = response.headers.get('location');
  if (response.status !== 302 || target === null) return { status: response.status };
  const { origin, pathname, searchParams } = new URL(target);
  return {
    loginHost: origin,
    tenantId: pathname.split('/')[1] ?? '',
    appId: searchParams.get('client_id') ?? '',
    comesBackTo: new URL(searchParams.get('redirect_uri') ?? 'about:blank').origin,
  };
}
