import type { CreateCommand, FindTimeCommand } from '../../language/command.ts';
import { NO_ONE } from '../../language/conversation/which-meeting.ts';
import type { Reading } from '../../language/reading.ts';
import type { Origin } from '../../meeting/record.ts';
import type { Answer, Pending } from '../../store/store.ts';
import { answerNotice, type Outcome, postAnswer, replyOf } from '../../teams/outcome.ts';
import type { CardAction } from '../../teams/turn.ts';
import { listMeetings, namesOf } from '../existing/list-meetings.ts';
import { onMeetingCommand } from '../existing/on-meeting-command.ts';
import { tellAttendance } from '../existing/tell-attendance.ts';
import { findTime } from '../find-time/find-time.ts';
import { LEASE_MS, type Lease, takeLease, waitForLease } from '../once/once.ts';
import { type OpenRequest, openRequest, park, requestLease, sayGone, withAnswer } from '../request.ts';
import { reopenScope, type TurnScope } from '../services.ts';
import { askToSignIn, signInSilently } from '../sign-in/ask-sign-in.ts';
import { type Progress, withNeeds } from '../sign-in/caller.ts';
import { keepSignedIn, signOut } from '../sign-in/sign-out.ts';
import { readAgain } from './read-again.ts';
import { requestMeeting } from './request-meeting.ts';
import { requestSeveral } from './request-several.ts';

/**
 * Takes a request as far as it goes: to a question, a sign-in or a meeting. Reading is pure, so the words are read again each
 * time, at the instant they were written (`known`: they were read just now). The request stays parked until it is done.
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
  const opened = await openRequest(given, scope);
  const reading = known ?? (await readAgain(given, scope));
  const { command } = reading;
  const answer = given.answers.at(-1)?.choice ?? null;
  if (given.asks === 'change' && answer !== 0) {
    await services.store.unpark(owner, given.id);
    return answerNotice('leftAsIs');
  }
  const pending = given.asks === 'change' ? { ...given, isAgreed: true as const } : given;
  const request = { ...opened, pending };
  switch (command.kind) {
    case 'create':
      return proceedToMake({ ...reading, command }, request, scope);
    case 'findtime':
      return proceedToFind({ ...reading, command }, request, scope);
    case 'signout':
      return answer === 0 ? signOut(scope) : keepSignedIn(pending, scope);
    case 'topic':
      return tellAttendance(command.which ?? NO_ONE, request, scope);
    case 'list':
      return listMeetings(
        { zone: opened.zone, page: 0, days: command.days ?? null, who: namesOf(command.people) },
        scope,
      );
    case 'reschedule':
    case 'undo':
    case 'renew':
    case 'cancel':
    case 'invitation':
    case 'invite':
    case 'show':
      return onMeetingCommand({ ...reading, command }, request, scope);
    default:
      throw new Error(`a ${command.kind} was parked`);
  }
}

/** Makes one meeting or several. A meeting that is made again has a card of its own. */
async function proceedToMake(
  reading: Reading & { command: CreateCommand },
  request: OpenRequest,
  scope: TurnScope,
): Promise<Progress> {
  const make = reading.others === undefined ? requestMeeting : requestSeveral;
  const made = await make(reading, request, scope);
  const isAgain = request.pending.asks === 'again';
  const isMade = !('needs' in made) && replyOf(made)?.kind === 'meeting';
  return isAgain && isMade ? postAnswer(made, 'copied') : made;
}

/** Offers times, or makes the meeting at the one that was chosen. */
async function proceedToFind(
  reading: Reading & { command: FindTimeCommand },
  request: OpenRequest,
  scope: TurnScope,
): Promise<Progress> {
  const found = await findTime(reading.command, request, scope);
  if (!('create' in found)) return found;
  const wish = { ...reading, command: found.create };
  return requestMeeting(wish, { ...request, pending: found.pending }, scope);
}

/** Carries out what was written, or parks it until the person has signed in. */
export async function onRequest(request: Pending, scope: TurnScope, reading: Reading): Promise<Outcome> {
  return toOutcome(await proceed(request, scope, reading), request, scope);
}

/** The outcome of a request. If the person must sign in first, the request is parked, and the outcome asks for the sign-in. */
export async function toOutcome(progress: Progress, request: Pending, scope: TurnScope): Promise<Outcome> {
  if (!('needs' in progress)) return progress;
  const { draft } = progress;
  const pending = withNeeds(progress, request);
  if (scope.turn.place === 'personal' || draft === undefined)
    return askToSignIn(pending, scope, draft?.kind === 'draft' && !draft.isRoom ? draft : undefined);
  return signInSilently(pending, draft, scope);
}

/** How often a request is checked while another device's turn works on it. */
const LOOK_MS = 500;

/**
 * Continues a parked request as `continueRequest` does, but waits if another turn is working on it, and takes over if that turn dies.
 * Null if the request is done.
 */
export async function continueInTurn<T>(
  pending: Pending,
  scope: TurnScope,
  then: Then<T>,
): Promise<T | null> {
  let hasWaited = false;
  const look = async () => {
    hasWaited = true;
    return (await isStillParked(pending, scope)) ? null : 'done';
  };
  const patience = { everyMs: LOOK_MS, forMs: LEASE_MS + LOOK_MS };
  const lease = await waitForLease(requestLease(pending), scope, patience, look);
  if (lease === null || lease === 'done') return null;
  // The turn that gave the lease back may have changed the request.
  const isDone = hasWaited && !(await isStillParked(pending, scope));
  if (!isDone) return underLease(lease, pending, scope, then);
  await lease.giveBack();
  return null;
}

async function isStillParked(pending: Pending, { services, owner }: TurnScope): Promise<boolean> {
  const still = await services.store.parked(owner.tenant, pending.id);
  return still !== null && requestLease(still) === requestLease(pending);
}

/**
 * Continues a parked request under its lease, and does with what came of it what `then` says while the lease is held. Null if
 * another turn holds the lease.
 */
export async function continueRequest<T>(
  pending: Pending,
  scope: TurnScope,
  then: Then<T>,
): Promise<T | null> {
  const lease = await takeLease(requestLease(pending), scope);
  return lease && underLease(lease, pending, scope, then);
}

/** What is said where `continueRequest` found another turn at work on the request: nothing is there yet, or that turn has just ended. */
export const sayTaken = async (pending: Pending, scope: TurnScope): Promise<Outcome> =>
  answerNotice((await isStillParked(pending, scope)) ? 'working' : 'alreadyDone');

export type Then<T> = (progress: Progress, lease: Lease) => Promise<T>;

/** Returns the outcome as it is. */
export const asItIs: Then<Progress> = async (progress) => progress;

async function underLease<T>(taken: Lease, pending: Pending, scope: TurnScope, then: Then<T>): Promise<T> {
  await using lease = taken;
  // Another turn may have been at work on it until now.
  const anew = reopenScope(scope);
  const progress = await proceed(await findCorrected(pending, anew), anew);
  const isToBeRepeated = 'needs' in progress || replyOf(progress)?.kind === 'problem';
  // The outcome's card is still to be sent: if this process dies before that, the next delivery takes over.
  if (!isToBeRepeated) await lease.keep(LEASE_MS);
  return await then(progress, lease);
}

/** What waits for a sign-in, with what the person has said of it until now. */
export async function findCorrected(pending: Pending, { person }: TurnScope): Promise<Pending> {
  if (pending.waitsFor !== 'signin') return pending;
  const parked = (await person()).requests.find(({ id }) => id === pending.id);
  return parked !== undefined && parked.answers.length > pending.answers.length ? parked : pending;
}

/**
 * Takes a request on that a button names by its id: with an answer, or with a yes to what was read (`answer` is null).
 * `revision`: how many answers the request had when the button was drawn.
 */
export async function continueById(
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
  const answered = answer === null ? { ...pending, isAgreed: true as const } : withAnswer(pending, answer);
  const progress = (await continueRequest(answered, scope, asItIs)) ?? (await sayTaken(pending, scope));
  // An invoke is repeated with a token; a message is not, so its answer waits for the sign-in here.
  if ('needs' in progress && via === 'message') await park(withNeeds(progress, answered), 'signin', services);
  return progress;
}
