import type { Pending } from '../../store/store.ts';
import { joinOutcomes, type Outcome, sayNothing } from '../../teams/outcome.ts';
import { address, asMessages } from '../cards/present.ts';
import { afresh, type TurnScope, waitingFor } from '../services.ts';
import { tokenAtHand } from '../sign-in/caller.ts';
import { requestIdOf } from './conversation.ts';
import { asItIs, release, releaseInTurn } from './release.ts';

/**
 * The outcome of a message that is delivered again after its first delivery has asked for the sign-in: it waits for the turn that
 * carries the request out. Null where the message is new, or its request needs more than the token at hand.
 */
export async function finishOwn(scope: TurnScope): Promise<Outcome | null> {
  const own = (await leftUndone(scope)).find(({ id }) => id === requestIdOf(scope));
  if (own === undefined || !(await isSignedIn(scope))) return null;
  const progress = await releaseInTurn(own, scope);
  if (progress === null) return sayNothing('again');
  return 'needs' in progress ? null : address(asMessages(progress, scope), scope);
}

/**
 * Answers a message by `answer`, and carries out what waited before it for a sign-in although the person's token is at hand: the
 * process that was at work on it was killed, or the channel would not take its outcome. A meeting that is made already is told
 * first, so that the message can be about it; of the rest the message comes first, because it may drop or correct what waits.
 */
export async function finishLeft(
  scope: TurnScope,
  answer: (scope: TurnScope) => Promise<Outcome>,
): Promise<Outcome> {
  const waiting = await leftUndone(scope);
  if (waiting.length === 0 || !(await isSignedIn(scope))) return answer(scope);
  const { meetings } = await scope.person();
  const isMade = ({ id }: Pending) => meetings.some((meeting) => meeting.id === id);
  const told = await releaseAll(waiting.filter(isMade), scope);
  const outcome = await answer(told.length === 0 ? scope : afresh(scope));
  return joinOutcomes(
    outcome,
    ...told,
    ...(await releaseAll(
      waiting.filter((one) => !isMade(one)),
      afresh(scope),
    )),
  );
}

/** Carries out those of these requests that still wait. What another turn is at work on is left to that turn. */
async function releaseAll(requests: readonly Pending[], scope: TurnScope): Promise<Outcome[]> {
  if (requests.length === 0) return [];
  const ids = new Set(requests.map(({ id }) => id));
  const outcomes: Outcome[] = [];
  for (const pending of (await leftUndone(scope)).filter(({ id }) => ids.has(id))) {
    const progress = await release(pending, scope, asItIs);
    // What needs more than this token has its sign-in card.
    if (progress !== null && !('needs' in progress))
      outcomes.push(address(asMessages(progress, scope), scope));
  }
  return outcomes;
}

const leftUndone = async (scope: TurnScope): Promise<Pending[]> =>
  (await waitingFor('signin', scope)).filter(({ draft }) => draft === undefined);

async function isSignedIn(scope: TurnScope): Promise<boolean> {
  const { access } = scope.services;
  return access.mode === 'application' || (await tokenAtHand(access.tokens, scope)) !== null;
}
