import type { Reach } from '../auth/scopes.ts';
import { isInPersonsHands, type TokenError } from '../auth/token-error.ts';
import type { Begun } from '../store/store.ts';
import { readDateInput } from '../teams/card-inputs.ts';
import { answerNotice, answerWith, type Outcome, sendReplies } from '../teams/outcome.ts';
import type { ActionTurn, CardAction } from '../teams/turn.ts';
import { postInvitation, readInvite } from './cards/post-invitation.ts';
import { problemOf, sayProblem } from './cards/refusals.ts';
import { answerSettings, readSettings } from './change-settings.ts';
import {
  asOrganiser,
  type Effect,
  finishBegun,
  oncePerRevision,
  withFinished,
} from './existing/as-organiser.ts';
import { confirmCancel } from './existing/cancel.ts';
import { takeReading } from './existing/change-meeting.ts';
import { editForm, save } from './existing/edit-form.ts';
import { listMeetings } from './existing/list-meetings.ts';
import { confirmRenew, removeOld, renew } from './existing/renew.ts';
import { cancelPart, readComment, readPart } from './existing/series-part.ts';
import { view } from './existing/view-card.ts';
import { vote } from './find-time/vote.ts';
import { enterAsked } from './make/calendar-event.ts';
import { copyMeeting } from './make/copy-meeting.ts';
import { MOST_NAMES } from './make/resolve-guests.ts';
import { passBy } from './parked/open-question.ts';
import { continueById } from './parked/proceed.ts';
import { readCardAnswer } from './parked/question-answer.ts';
import { type TurnScope, zoneOf } from './services.ts';
import { checkReply, isRoundLeft, reasonFor, signInReply } from './sign-in/ask-sign-in.ts';
import { type NeedsToken, type Progress, takeToken } from './sign-in/caller.ts';

/** Handles a click on a card. Older clients send a message instead. */
export async function onAction(turn: ActionTurn, scope: TurnScope): Promise<Outcome> {
  const { action } = turn;
  const signedIn = action.token === null ? 'taken' : await takeToken(action.token, scope);
  if (signedIn !== 'taken') return sayNotSignedIn(signedIn, 'meetings', scope);
  const finished = await finishBegun(scope);
  // The clicked card showed the meeting before that work; the outcome shows it now, so the button does nothing more.
  const own = finished.find(({ record }) => record.id === action.data.id);
  return withFinished(own?.outcome ?? (await actSignedIn(action, scope)), finished);
}

/** Does what a button does. If it turns out to need the calendar, it is done again with a token that reaches the calendar. */
async function actSignedIn(action: CardAction, scope: TurnScope): Promise<Outcome> {
  const progress = await act(action, scope);
  if (!('needs' in progress)) return progress;
  const { claims, scope: reach } = progress;
  if (action.token === null || claims !== null || reach === undefined)
    return askForToken(progress, action, scope);
  const further = await takeToken(action.token, scope, { reach, claims });
  if (further !== 'taken') return sayNotSignedIn(further, reach, scope);
  const again = await act(action, scope);
  return 'needs' in again ? askForToken(again, action, scope) : again;
}

/** Answers a click whose token Entra does not exchange. */
async function sayNotSignedIn(
  why: 'notTheirs' | TokenError,
  reach: Reach,
  scope: TurnScope,
): Promise<Outcome> {
  if (why === 'notTheirs') return answerNotice('notYours');
  if (isInPersonsHands(why) && (await isRoundLeft('click', scope))) {
    const { claims } = why;
    if (claims === null) return answerWith('consent', { kind: 'consent' });
    return answerWith('stepUp', { kind: 'login', reply: checkReply(claims, scope, reach) });
  }
  return sayProblem({ problem: problemOf(why, scope.services.access.mode) }, scope);
}

/**
 * Asks for a sign-in. Teams signs the person in and repeats an invoke; a click that came as a message is answered with the
 * sign-in card.
 */
async function askForToken(
  { claims, scope: reach }: NeedsToken,
  { token, via }: CardAction,
  scope: TurnScope,
): Promise<Outcome> {
  // A token that Graph refuses although it is new would send the person round in circles.
  const demand = async () =>
    claims !== null && (await isRoundLeft('click', scope))
      ? checkReply(claims, scope, reach ?? 'meetings')
      : null;
  const card =
    token === null
      ? signInReply(scope, { reason: reasonFor({ claims, ...(reach && { scope: reach }) }) })
      : await demand();
  if (card === null) return sayProblem({ problem: 'signInFailed' }, scope);
  if (via === 'invoke') return answerWith('login', { kind: 'login', reply: card });
  return sendReplies('signIn', card);
}

/** The longest id that is looked up. The bot's own ids are shorter, so that no long text becomes a key. */
const LONGEST_ID = 200;

/** Does what a button does. Its data is trusted for an id and for what was typed; everything else is looked up. */
async function act({ verb, data, via }: CardAction, scope: TurnScope): Promise<Progress> {
  const id = typeof data.id === 'string' && data.id.length <= LONGEST_ID ? data.id : '';
  if (data.confirmed === true && isTooSoon(data.asked, scope)) return answerNotice('tooSoon');
  // The question of the card that was clicked is answered, whether it was yes or no.
  if (verb !== 'answer' && typeof data.request === 'string' && data.request !== '')
    await scope.services.store.unpark(scope.owner, data.request);
  switch (verb) {
    case 'regenerate':
    case 'change':
    case 'cancel':
    case 'enter':
    case 'invite':
      // A question of this card is newer than what was asked in words.
      await passBy(scope);
      return actOnMeeting(verb, id, data, scope);
    case 'view':
      return view(id, scope);
    case 'create':
      if (typeof data.copyOf === 'string') return copyMeeting(data.copyOf, scope);
      return continueById(id, { answer: null, via, revision: data.revision }, scope);
    case 'answer':
      return continueById(id, { answer: readCardAnswer(data, scope), via, revision: data.revision }, scope);
    case 'vote':
      return vote(id, data.choice, scope);
    case 'settings':
      // Settings and lists are shown to nobody else.
      if (scope.turn.place !== 'personal') return answerNotice('oneToOneOnly');
      return answerSettings(readSettings(data), scope);
    case 'list': {
      const page = Number.isSafeInteger(data.page) ? Number(data.page) : 0;
      const [first, last] = [data.first, data.last].map(readDateInput);
      const days = first && last ? ([first, last] as const) : null;
      const names = typeof data.who === 'string' ? data.who.split('\n', MOST_NAMES) : [];
      const who = names.filter((name) => name !== '');
      return listMeetings({ zone: (await zoneOf(scope)) ?? 'utc', page, days, who }, scope);
    }
    default:
      return answerNotice('expired');
  }
}

/** Does what a button of a meeting's card does, or asks or shows a form first. */
function actOnMeeting(
  verb: 'regenerate' | 'change' | 'cancel' | 'enter' | 'invite',
  id: string,
  data: CardAction['data'],
  scope: TurnScope,
): Promise<Progress> {
  const { choice } = data;
  const isAgreed = data.confirmed === true;
  const revision = typeof data.revision === 'number' ? data.revision : 0;
  const once = (verb: Begun['verb'], effect: Effect) =>
    oncePerRevision({ id, revision, verb }, scope, effect);
  switch (verb) {
    case 'regenerate':
      if (data.old === true) return once('removeOld', removeOld);
      return once('renew', async (record, scope) =>
        isAgreed ? renew(record, scope) : confirmRenew(record, scope),
      );
    case 'change':
      if (typeof choice === 'number')
        return once('change', (record, scope) => takeReading(record, choice, scope));
      if (data.date === undefined)
        return asOrganiser(id, scope, (record, scope) => editForm(record, scope, null));
      return once('change', (record, scope) => save(record, data, scope));
    case 'cancel':
      return isAgreed
        ? once('cancel', (record, scope) => cancelPart(record, readPart(data), readComment(data), scope))
        : asOrganiser(id, scope, async (record) => confirmCancel(record, scope.services.now()));
    case 'enter': {
      const wish = data.wish === 'mine' ? 'mine' : 'guests';
      return once('enter', (record, scope) => enterAsked(record, wish, { isAgreed, request: null }, scope));
    }
    case 'invite':
      return asOrganiser(id, scope, (record, scope) => postInvitation(record, readInvite(data), scope));
    default:
      return verb satisfies never;
  }
}

const TOO_SOON_MS = 1_000;

/** Whether a confirming click came too soon after its question was drawn (`asked`): it is the second half of a double-click. */
const isTooSoon = (asked: unknown, { services }: TurnScope): boolean =>
  typeof asked === 'number' && Math.abs(services.now().toMillis() - asked) < TOO_SOON_MS;
