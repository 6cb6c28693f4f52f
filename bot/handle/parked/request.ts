import type { Context, Reading } from '../../language/reading.ts';
import { ownedId } from '../../store/keys.ts';
import type { Pending } from '../../store/store.ts';
import type { Outcome } from '../../teams/outcome.ts';
import { newRequest } from '../park.ts';
import type { TurnScope } from '../services.ts';
import { askToSignIn } from '../sign-in/ask-sign-in.ts';
import { type Progress, stillNeeding } from '../sign-in/caller.ts';
import { signInSilently } from '../sign-in/silent-sign-in.ts';
import { toKept } from './conversation.ts';
import { proceed } from './proceed.ts';

/** What was written, as it would wait. */
export function requestOf(utterance: Pending['utterance'], context: Context, scope: TurnScope): Pending {
  const { turn, owner, services } = scope;
  const { activityId, conversation, place, isPrivate } = turn;
  // However often a message is delivered, it is one request and one meeting.
  const id = ownedId(owner, ...(activityId === '' ? [services.newId()] : [conversation, activityId]));
  const origin = { conversation, place, ...(isPrivate && { isPrivate }) };
  const known = {
    id,
    utterance,
    context: toKept(context, utterance.text),
    ...(place !== 'personal' && { origin }),
  };
  return newRequest({ ...known, waitsFor: 'signin' }, scope);
}

/** What was written is done, or waits for the person's sign-in. */
export async function onRequest(request: Pending, scope: TurnScope, reading: Reading): Promise<Outcome> {
  return toOutcome(await proceed(request, scope, reading), request, scope);
}

/** What a request has come to; it waits where the person must sign in first. */
export async function toOutcome(progress: Progress, request: Pending, scope: TurnScope): Promise<Outcome> {
  if (!('needs' in progress)) return progress;
  const { draft } = progress;
  const pending = stillNeeding(progress, request);
  if (scope.turn.place === 'personal' || draft === undefined) return askToSignIn(pending, scope);
  return signInSilently(pending, draft, scope);
}
