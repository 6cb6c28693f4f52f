import type { SignInReply } from '../../say/cards/sign-in.ts';
import type { Setting } from '../services.ts';

const MOST = 3;
const WHILE_MS = 10 * 60_000;

/**
 * Entra wants to see more of the person: a second factor, a device that is looked after. Nothing of that can be had
 * silently, so there is only the button, and its address carries the demand. Null where they were sent there several
 * times lately: it does not help.
 */
export async function askForMore(claims: string, { services, owner }: Setting): Promise<SignInReply | null> {
  const until = services.now().toMillis() + WHILE_MS;
  const { count } = await services.store.count(owner.tenant, `stepUp:${owner.user}`, until);
  if (count > MOST) return null;
  return { kind: 'signin', startUrl: services.signIn.startUrl(owner.tenant, claims), exchange: null };
}
