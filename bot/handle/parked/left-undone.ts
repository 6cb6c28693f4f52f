import type { Outcome } from '../../teams/outcome.ts';
import { address, asMessages } from '../cards/present.ts';
import { type TurnScope, waitingFor } from '../services.ts';
import { tokenAtHand } from '../sign-in/caller.ts';
import { requestIdOf } from './conversation.ts';
import { asItIs, release, releaseInTurn } from './release.ts';

/** What waited for a sign-in and was carried out with a message. `isOwn`: it was what the message itself asks for. */
type Left = { outcomes: readonly Outcome[]; isOwn: boolean };

/**
 * Carries out with a message what still waits for a sign-in although the person's token is at hand: the process that was at work on
 * it was killed, or the channel would not take its outcome. What another turn is at work on is left to that turn. A message that is
 * delivered again, after its first delivery has asked for the sign-in, waits for that turn.
 */
export async function finishLeft(scope: TurnScope): Promise<Left> {
  const waiting = (await waitingFor('signin', scope)).filter(({ draft }) => draft === undefined);
  const { access } = scope.services;
  const isSignedIn = access.mode === 'application' || (await tokenAtHand(access.tokens, scope)) !== null;
  const outcomes: Outcome[] = [];
  let isOwn = false;
  for (const pending of isSignedIn ? waiting : []) {
    const isThis = pending.id === requestIdOf(scope);
    const progress = await (isThis ? releaseInTurn(pending, scope) : release(pending, scope, asItIs));
    // It needs more than this token, and its sign-in card is there.
    if (progress !== null && 'needs' in progress) continue;
    isOwn ||= isThis;
    if (progress !== null) outcomes.push(address(asMessages(progress, scope), scope));
  }
  return { outcomes, isOwn };
}
