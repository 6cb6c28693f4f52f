import type { CreateCommand, FindTimeCommand } from '../../language/command.ts';
import { NO_ONE } from '../../language/conversation/which-meeting.ts';
import type { Reading } from '../../language/reading.ts';
import type { Origin } from '../../meeting/record.ts';
import type { Pending } from '../../store/store.ts';
import { answerNotice, type Outcome, postAnswer, replyOf } from '../../teams/outcome.ts';
import { listMeetings, namesOf } from '../existing/list-meetings.ts';
import { onMeetingCommand } from '../existing/on-meeting-command.ts';
import { tellAttendance } from '../existing/tell-attendance.ts';
import { findTime } from '../find-time/offer-times.ts';
import { type OpenRequest, openRequest } from '../request.ts';
import type { TurnScope } from '../services.ts';
import { askToSignIn } from '../sign-in/ask-sign-in.ts';
import { type Progress, withNeeds } from '../sign-in/caller.ts';
import { keepSignedIn, signOut } from '../sign-in/sign-out.ts';
import { signInSilently } from '../sign-in/silent-sign-in.ts';
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
