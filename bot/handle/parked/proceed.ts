import { repeat } from '../../base/retry.ts';
import type { Reading } from '../../language/reading.ts';
import { NO_ONE } from '../../language/which.ts';
import type { Origin } from '../../meeting/record.ts';
import type { Answer, Pending } from '../../store/store.ts';
import { answerNotice, postAnswer, replyOf } from '../../teams/outcome.ts';
import type { CardAction } from '../../teams/turn.ts';
import { onNamedMeeting } from '../existing/by-message.ts';
import { list } from '../existing/list.ts';
import { tellAttendance } from '../existing/tell-attendance.ts';
import { findTime } from '../find-time/request-time.ts';
import { LEASE_MS, takeLease } from '../once/once.ts';
import { park, releaseKey, sayGone } from '../park.ts';
import { afresh } from '../person.ts';
import type { TurnScope } from '../services.ts';
import { type Progress, stillNeeding } from '../sign-in/caller.ts';
import { keepSignedIn, signOut } from '../sign-in/sign-out.ts';
import { circumstancesOf, readAgain } from './read-again.ts';
import { requestMeeting } from './request-meeting.ts';
import { requestSeveral } from './request-several.ts';

/**
 * Takes a parked request as far as it goes: to a question, to a sign-in, to a meeting. Reading is pure, so the words
 * are read again each time, at the instant they were written (`known`: as they just were).
 * The request stays parked until it is done.
 */
export async function proceed(
  given: Pending,
  scope: TurnScope,
  known: Reading | null = null,
): Promise<Progress> {
  const { origin } = given;
  if (origin === undefined) return proceedAt(given, scope, known);
  const progress = await proceedAt(given, atOrigin(origin, scope), known);
  return 'needs' in progress ? progress : { ...progress, origin };
}

/** The turn as if the person acted where they asked. */
function atOrigin(origin: Origin, scope: TurnScope): TurnScope {
  const { isPrivate: _, ...turn } = scope.turn;
  const isHere = origin.conversation === turn.conversation;
  const channel = isHere ? scope.channel : scope.channel.of(origin.conversation);
  return { ...scope, turn: { ...turn, ...origin }, channel };
}

async function proceedAt(given: Pending, scope: TurnScope, known: Reading | null): Promise<Progress> {
  const { services, owner } = scope;
  const circumstances = await circumstancesOf(given, scope);
  const { zone, asked } = circumstances;
  const reading = known ?? (await readAgain(given, scope));
  const { command } = reading;
  const answer = given.answers.at(-1)?.choice ?? null;
  if (given.asks === 'change' && answer !== 0) {
    await services.store.unpark(owner, given.id);
    return answerNotice('leftAsIs');
  }
  const pending = given.asks === 'change' ? { ...given, isAgreed: true as const } : given;
  switch (command.kind) {
    case 'create': {
      const request = reading.others === undefined ? requestMeeting : requestSeveral;
      const made = await request(pending, { ...reading, command }, circumstances, scope);
      const isAgain = pending.asks === 'again' && !('needs' in made) && replyOf(made)?.kind === 'meeting';
      return isAgain ? postAnswer(made, 'copied') : made;
    }
    case 'findtime': {
      const found = await findTime(pending, command, circumstances, scope);
      if (!('create' in found)) return found;
      const wish = { ...reading, command: found.create };
      return requestMeeting(found.pending, wish, circumstances, scope);
    }
    case 'signout':
      return answer === 0 ? signOut(scope) : keepSignedIn(pending, scope);
    case 'topic':
      return tellAttendance(pending, command.which ?? NO_ONE, asked, scope);
    case 'list':
      return list(zone ?? 'utc', 0, scope);
    case 'reschedule':
    case 'undo':
    case 'renew':
    case 'cancel':
    case 'invitation':
    case 'invite':
    case 'show':
      return onNamedMeeting({ ...reading, command }, pending, asked, scope);
    default:
      throw new Error(`a ${command.kind} was parked`);
  }
}

/** A request that another device's turn is at work on is looked after so often, and for no longer than its lease. */
const LOOK_MS = 500;

/** Lets a request go on as `release` does. A second caller waits, and takes over where the first dies at work; null when it is done. */
export async function releaseInTurn(pending: Pending, scope: TurnScope): Promise<Progress | null> {
  const { services } = scope;
  const deadline = services.now().toMillis() + LEASE_MS + LOOK_MS;
  const look = async (retries: number) => {
    if (retries > 0 && !(await isStillParked(pending, scope))) return 'done';
    return (await release(pending, scope)) ?? 'busy';
  };
  const found = await repeat(look, (progress) =>
    progress === 'busy' && services.now().toMillis() <= deadline ? LOOK_MS : null,
  );
  return typeof found === 'string' ? null : found;
}

async function isStillParked(pending: Pending, { services, owner }: TurnScope): Promise<boolean> {
  const still = await services.store.parked(owner.tenant, pending.id);
  return still !== null && releaseKey(still) === releaseKey(pending);
}

/** Lets a parked request go on, for the first who asks; null for the others. */
export async function release(pending: Pending, scope: TurnScope): Promise<Progress | null> {
  await using lease = await takeLease(releaseKey(pending), scope);
  if (lease === null) return null;
  // Another turn may have been at work on it until now.
  const progress = await proceed(pending, afresh(scope));
  const isToBeRepeated = 'needs' in progress || replyOf(progress)?.kind === 'problem';
  // The card of what was done is still to come: where this process dies on the way to it, the next takes over.
  if (!isToBeRepeated) await lease.keep(LEASE_MS);
  return progress;
}

/**
 * Takes a request on that a button names by its id: with an answer, or with a yes to what was read (`answer` is null).
 * `revision`: how many answers the request had when the button was drawn.
 */
export async function continueParked(
  id: string,
  { answer, via, revision }: { answer: Answer | null; via: CardAction['via']; revision?: unknown },
  scope: TurnScope,
): Promise<Progress> {
  const { services, owner } = scope;
  const pending = await services.store.parked(owner.tenant, id);
  if (pending === null) return sayGone(id, scope);
  if (pending.owner.user !== owner.user) return answerNotice('notYourRequest');
  // The draft was corrected since, and the card shows another.
  if (typeof revision === 'number' && revision < pending.answers.length) return proceed(pending, scope);
  // *Create it* and *Try again* agree to what was read.
  const answered =
    answer === null
      ? { ...pending, isAgreed: true as const }
      : { ...pending, answers: [...pending.answers, answer] };
  const progress = (await release(answered, scope)) ?? answerNotice('alreadyDone');
  // An invoke is repeated with a token; a message is not, so its answer waits for the sign-in here.
  if ('needs' in progress && via === 'message')
    await park(stillNeeding(progress, answered), 'signin', services);
  return progress;
}
