import type { Utterance } from '../../command/command.ts';
import type { SignInReply } from '../../say/cards/sign-in.ts';
import type { Pending } from '../../store/store.ts';
import { type Outcome, sends } from '../../teams/outcome.ts';
import { sayNotice } from '../cards/step.ts';
import { park } from '../parked/park.ts';
import type { Setting } from '../services.ts';
import { tokenAtHand } from './signed-out.ts';

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

/** One sign-in makes all of them at once. */
const MOST_WAITING = 5;

/**
 * Parks what was asked until Teams has signed the person in. Who says it again meanwhile means the same; of more than
 * `MOST_WAITING` the oldest give way, and the person is told.
 */
export async function askToSignIn(pending: Pending | null, setting: Setting): Promise<Outcome> {
  const older = pending === null ? [] : await parkAmong(pending, setting);
  const told = older.map(() => ({ kind: 'notice', notice: 'gaveWay' }) as const);
  return sends('signIn', ...told, signInReply(setting));
}

/**
 * Answers those that gave way. Looks only when its own waits, and all that come at once decide alike: the last to look
 * sees every one of them, and none is dropped for another that is dropped for it.
 */
async function parkAmong(pending: Pending, { services, owner }: Setting): Promise<readonly Pending[]> {
  const { store } = services;
  await park(pending, 'signin', services);
  const waiting = await store.parkedIn(owner, pending.conversation, 'signin');
  const newest = (one: Pending) => waiting.findLast(({ utterance }) => isSame(utterance, one.utterance));
  const distinct = waiting.filter((one) => newest(one) === one);
  const older = distinct.slice(0, -MOST_WAITING);
  const repeated = waiting.filter((one) => !distinct.includes(one));
  for (const { id } of [...repeated, ...older]) await store.unpark(owner, id);
  return older;
}

const isSame = (a: Utterance, b: Utterance) => JSON.stringify(a) === JSON.stringify(b);
