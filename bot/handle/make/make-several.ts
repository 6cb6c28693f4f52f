import type { DraftsReply } from '../../say/cards/draft.ts';
import { joinOutcomes, type Outcome, replyOf } from '../../teams/outcome.ts';
import { asMessages } from '../cards/present.ts';
import type { OpenRequest } from '../request.ts';
import type { TurnScope } from '../services.ts';
import type { Progress } from '../sign-in/caller.ts';
import type { Wish } from './create-meeting.ts';
import { carryOut, planMeeting } from './plan.ts';

/** One of the meetings of a message. `nth`: its place in the message, from 0. */
export type NthWish = Wish & { nth: number };

/** The request as that of one of its meetings. Each has an id of its own; the first has that of the request. */
export function requestOfNth(request: OpenRequest, nth: number): OpenRequest {
  const { pending } = request;
  return nth === 0 ? request : { ...request, pending: { ...pending, id: `${pending.id}.${nth}` } };
}

/**
 * Makes the meetings one after the other, each once. After the first that cannot be made, no more are tried; what was made
 * before it is shown all the same. `draft`: all of them, for a person who must sign in first.
 */
export async function makeSeveral(
  wishes: readonly NthWish[],
  draft: DraftsReply,
  request: OpenRequest,
  scope: TurnScope,
): Promise<Progress> {
  const plans = wishes.map((wish) => {
    const one = requestOfNth(request, wish.nth);
    return { id: one.pending.id, ...planMeeting(wish, one, scope), draft };
  });
  const reach = plans.some((plan) => plan.reach === 'calendar') ? 'calendar' : 'meetings';
  const { meetings, requests } = await scope.person();
  const isShown = (id: string) => meetings.some((record) => record.id === id && record.cardId !== null);
  // After another try only what was not shown yet.
  const unseen = plans.filter(({ id }) => !isShown(id));
  const outcomes: Outcome[] = [];
  for (const plan of unseen.length > 0 ? unseen : plans) {
    const progress = await carryOut({ ...plan, reach }, request.pending, scope);
    if ('needs' in progress) return progress;
    outcomes.push(afterOthers(progress, plans.indexOf(plan)));
    if (replyOf(progress)?.kind !== 'meeting') break;
  }
  const isParked = requests.some(({ id }) => id === request.pending.id);
  return joinAll(outcomes, isParked ? [request.pending.id] : [], scope);
}

/** A problem says how many meetings were made before it. */
function afterOthers(outcome: Outcome, made: number): Outcome {
  const { answer } = outcome;
  if (made === 0 || answer?.kind !== 'card' || answer.reply.kind !== 'problem') return outcome;
  return { ...outcome, answer: { ...answer, reply: { ...answer.reply, made } } };
}

/** All of them as one outcome, named by how it ended. `parked`: the request, which is done unless it waits for another try. */
function joinAll(outcomes: readonly Outcome[], parked: readonly string[], scope: TurnScope): Outcome {
  const [first, ...others] = outcomes;
  const last = outcomes.at(-1);
  if (first === undefined || last === undefined) throw new Error('nothing was to be made');
  const ended = replyOf(last);
  const isWaiting = ended?.kind === 'problem' && ended.retryId !== null;
  const joined = joinOutcomes(first, ...others.map((outcome) => asMessages(outcome, scope)));
  const done = isWaiting ? [] : parked.map((id) => ({ kind: 'request' as const, id }));
  return { ...joined, name: last.name, done };
}
