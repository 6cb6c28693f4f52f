import type { Utterance } from '../command/command.ts';
import type { SignInReply } from '../reply/problem.ts';
import type { Pending } from '../store/store.ts';
import { type Outcome, sends } from './outcome.ts';
import { park } from './park.ts';
import type { Setting } from './services.ts';
import { signOutEverywhere, tokenAtHand } from './signed-out.ts';
import { sayNotice } from './step.ts';

/** The card that lets Teams sign the person in without a word, or shows a button. */
export function signInReply({ services, owner }: Setting): SignInReply {
  const { signIn, newId } = services;
  return {
    kind: 'signin',
    startUrl: signIn.startUrl(owner.tenant, null),
    exchange: { id: newId(), uri: signIn.resource },
  };
}

/** `sign in`, before anything needs it. */
export async function onSignIn(setting: Setting): Promise<Outcome> {
  const { access } = setting.services;
  if (access.mode === 'application') return sayNotice('noSignIn');
  if (setting.turn.place !== 'personal') return sayNotice('oneToOneOnly');
  return (await tokenAtHand(access.tokens, setting)) === null
    ? askToSignIn(null, setting)
    : sayNotice('alreadySignedIn');
}

/** `sign out`: everything that is held for the person goes. */
export async function onSignOut(setting: Setting): Promise<Outcome> {
  const { services, owner } = setting;
  await services.store.forget(owner);
  if (services.access.mode === 'application') return sayNotice('forgotten');
  await signOutEverywhere(services.access.tokens, setting);
  return sayNotice('signedOut');
}

/** Parks what was asked until Teams has signed the person in. Who says it again meanwhile means the same. */
export async function askToSignIn(pending: Pending | null, setting: Setting): Promise<Outcome> {
  if (pending !== null) {
    const { services, owner } = setting;
    const parked = await services.store.parkedForSignIn(owner, pending.conversation);
    const same = parked.filter(
      ({ id, utterance }) => id !== pending.id && isSame(utterance, pending.utterance),
    );
    for (const { id } of same) await services.store.unpark(owner, id);
    await park(pending, 'signin', services);
  }
  return sends('signIn', signInReply(setting));
}

const isSame = (a: Utterance, b: Utterance) => JSON.stringify(a) === JSON.stringify(b);
