import { isInPersonsHands } from '../auth/token-error.ts';
import type { Answer, Begun } from '../store/store.ts';
import { answers, type Outcome, says, sends } from '../teams/outcome.ts';
import type { ActionTurn, CardAction } from '../teams/turn.ts';
import { invitation, readInvite } from './cards/invitation.ts';
import { show } from './cards/meeting-card.ts';
import { problemOf, sayProblem } from './cards/problem.ts';
import { cancel, confirmCancel } from './existing/cancel.ts';
import { takeReading } from './existing/change.ts';
import { editForm, save } from './existing/edit-form.ts';
import { finishBegun, withFinished } from './existing/finish.ts';
import { list } from './existing/list.ts';
import { asOrganiser, type Effect, oncePerRevision } from './existing/organiser.ts';
import { confirmRenew, removeOld, renew } from './existing/renew.ts';
import { copy } from './make/copy.ts';
import { park } from './park.ts';
import { proceed } from './parked/proceed.ts';
import { readAnswer } from './parked/question-answer.ts';
import { release } from './parked/release.ts';
import type { Setting } from './services.ts';
import { type NeedsToken, type Progress, takeToken } from './sign-in/caller.ts';
import { checkReply, isRoundLeft, signInReply } from './sign-in/sign-in.ts';

/** A click on a card, or the message that older clients send instead. */
export async function onAction(turn: ActionTurn, setting: Setting): Promise<Outcome> {
  const { action } = turn;
  const signedIn = action.token === null ? 'taken' : await takeToken(action.token, setting);
  if (signedIn === 'notTheirs') return says('notYours');
  if (signedIn === 'taken') {
    const finished = await finishBegun(setting);
    // The button belongs to a card that shows what was; now the card shows what came of it.
    const own = finished.find(({ stage }) => stage.id === action.data.id);
    const progress = own?.outcome ?? (await act(action, setting));
    const outcome = 'needs' in progress ? await askForToken(progress, action, setting) : progress;
    return withFinished(outcome, finished);
  }
  if (isInPersonsHands(signedIn) && (await isRoundLeft('click', setting))) {
    const { claims } = signedIn;
    if (claims === null) return answers('consent', { kind: 'consent' });
    return answers('stepUp', { kind: 'login', reply: checkReply(claims, setting) });
  }
  return sayProblem({ problem: problemOf(signedIn, setting.services.access.mode), wait: null }, setting);
}

/** Teams signs the person in and repeats a click; a click that came as a message is answered with the sign-in card. */
async function askForToken(
  { claims }: NeedsToken,
  { token, via }: CardAction,
  setting: Setting,
): Promise<Outcome> {
  // A token that Graph refuses although it is new would send the person round in circles.
  const demand = async () =>
    claims !== null && (await isRoundLeft('click', setting)) ? checkReply(claims, setting) : null;
  const card =
    token === null ? signInReply(setting, { reason: claims === null ? 'first' : 'stepUp' }) : await demand();
  if (card === null) return sayProblem({ problem: 'signInFailed', wait: null }, setting);
  if (via === 'invoke') return answers('login', { kind: 'login', reply: card });
  return setting.turn.place === 'personal' ? sends('signIn', card) : says('oneToOneOnly');
}

/** What a button does. The data is only an id and what was typed; everything else is looked up. */
async function act({ verb, data, via }: CardAction, setting: Setting): Promise<Progress> {
  const id = typeof data.id === 'string' ? data.id : '';
  const revision = typeof data.revision === 'number' ? data.revision : 0;
  if (data.confirmed === true && isTooSoon(data.asked, setting)) return says('tooSoon');
  const once = (verb: Begun['verb'], effect: Effect) =>
    oncePerRevision({ id, revision, verb }, setting, effect);
  // The question of the card that was clicked is answered, whether it was yes or no.
  if (verb !== 'answer' && typeof data.request === 'string' && data.request !== '')
    await setting.services.store.unpark(setting.owner, data.request);
  switch (verb) {
    case 'view':
      return asOrganiser(id, setting, async (record, caller) => asForm(await show(record, caller, setting)));
    case 'regenerate':
      if (data.old === true) return once('removeOld', (record, caller) => removeOld(record, caller, setting));
      return once('renew', async (record, caller) =>
        data.confirmed === true ? renew(record, caller, setting) : confirmRenew(record, setting),
      );
    case 'change':
      if (typeof data.choice === 'number') {
        const choice = data.choice;
        return once('change', (record, caller) => takeReading(record, choice, caller, setting));
      }
      return data.date === undefined
        ? asOrganiser(id, setting, (record, caller) => editForm(record, caller, setting))
        : once('change', (record, caller) => save(record, data, caller, setting));
    case 'cancel':
      if (data.confirmed !== true) return asOrganiser(id, setting, async (record) => confirmCancel(record));
      return once('cancel', (record, caller) => cancel(record, caller, setting));
    case 'invite': {
      const wish = readInvite(data);
      return asOrganiser(id, setting, (record, caller) => invitation(record, wish, caller, setting));
    }
    case 'create':
      if (typeof data.copyOf === 'string') return copy(data.copyOf, setting);
      return continueParked(id, { answer: null, via, revision: data.revision }, setting);
    case 'answer':
      return continueParked(id, { answer: readAnswer(data, answeredIn(setting)), via }, setting);
    case 'list':
      return turnPage(data.page, setting);
    default:
      return says('expired');
  }
}

/** Another page of `my meetings`, which are nobody else's business. */
async function turnPage(page: unknown, setting: Setting): Promise<Progress> {
  const { services, owner, turn } = setting;
  if (turn.place !== 'personal') return says('oneToOneOnly');
  const { zone } = await services.store.settings(owner);
  return list(zone ?? turn.zone ?? 'utc', Number.isSafeInteger(page) ? Number(page) : 0, setting);
}

const answeredIn = ({ turn, services }: Setting) => ({ locale: turn.locale, now: services.now() });

const TOO_SOON_MS = 1_000;

/** A second click that came where the first had been: nobody reads a question so fast. `asked`: when it was drawn. */
const isTooSoon = (asked: unknown, { services }: Setting): boolean =>
  typeof asked === 'number' && Math.abs(services.now().toMillis() - asked) < TOO_SOON_MS;

/** Looking changes nothing for anybody else. */
function asForm(outcome: Outcome): Outcome {
  const { name, answer } = outcome;
  return answer?.kind === 'card' ? answers(name, { kind: 'form', reply: answer.reply }) : outcome;
}

async function continueParked(
  id: string,
  { answer, via, revision }: { answer: Answer | null; via: CardAction['via']; revision?: unknown },
  setting: Setting,
): Promise<Progress> {
  const { services, owner } = setting;
  const pending = await services.store.parked(owner.tenant, id);
  if (pending === null) {
    // A meeting bears the id of its request: it was made, by another click or on another device.
    const isMade = (await services.store.meeting(owner.tenant, id)) !== null;
    return says(isMade ? 'alreadyDone' : 'expired');
  }
  if (pending.owner.user !== owner.user) return says('notYourRequest');
  // The draft was corrected since, and the card shows another.
  if (typeof revision === 'number' && revision < pending.answers.length) return proceed(pending, setting);
  // *Create it* and *Try again* agree to what was read.
  const answered =
    answer === null
      ? { ...pending, isAgreed: true as const }
      : { ...pending, answers: [...pending.answers, answer] };
  const progress = (await release(answered, setting)) ?? says('alreadyDone');
  // An invoke is repeated with a token; a message is not, so its answer waits for the sign-in here.
  if ('needs' in progress && via === 'message') await park(answered, 'signin', services);
  return progress;
}
