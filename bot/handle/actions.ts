import { IANAZone } from 'luxon';
import type { SignInReply } from '../reply/problem.ts';
import type { Answer as CardAnswer } from '../store/store.ts';
import type { CardAction } from '../turn/action.ts';
import type { Turn } from '../turn.ts';
import { cancel, confirmCancel } from './cancel.ts';
import { takeReading } from './change.ts';
import { copy } from './copy.ts';
import { editForm, save } from './edit-form.ts';
import { invitation, readInvite } from './invitation.ts';
import { asOrganiser, type Effect, oncePerRevision, show } from './on-meeting.ts';
import { answers, type CardPlace, type Outcome, sends } from './outcome.ts';
import { park } from './park.ts';
import { problemOf, problemReply } from './problem.ts';
import { release } from './release.ts';
import { removeOld, renew } from './renew.ts';
import type { Setting } from './services.ts';
import { shownKey } from './shown.ts';
import { signInReply } from './sign-in.ts';
import { type Step, sayNotice, sayStep, says } from './step.ts';
import { askForMore } from './step-up.ts';
import { takeToken } from './take-token.ts';

/** A click on a card, or the message that older clients send instead. */
export async function onAction(turn: Extract<Turn, { kind: 'action' }>, setting: Setting): Promise<Outcome> {
  const { action } = turn;
  const signedIn = action.token === null ? 'taken' : await takeToken(action.token, setting);
  if (signedIn === 'notTheirs') return respond(action, says('notYours'), setting);
  if (signedIn === 'taken') return respond(action, await act(action, setting), setting);
  const more = signedIn.claims === null ? null : await askForMore(signedIn.claims, setting);
  if (more !== null) return answers('stepUp', { kind: 'login', reply: more });
  if (signedIn.failure === 'interaction') return answers('consent', { kind: 'consent' });
  const problem = problemOf(signedIn, setting.services.access.mode);
  const reply = problemReply(problem, setting, null);
  return respond(action, { kind: 'aside', name: problem, reply }, setting);
}

/** What a button does. The data is only an id and what was typed; everything else is looked up. */
async function act({ verb, data, via }: CardAction, setting: Setting): Promise<Step> {
  const id = typeof data.id === 'string' ? data.id : '';
  const revision = typeof data.revision === 'number' ? data.revision : 0;
  const once = (effect: Effect) => oncePerRevision(id, revision, setting, effect);
  switch (verb) {
    case 'view':
      return asOrganiser(id, setting, async (record, caller) => viewed(await show(record, caller, setting)));
    case 'regenerate':
      return once((record, caller) => (data.old === true ? removeOld : renew)(record, caller, setting));
    case 'change':
      if (typeof data.choice === 'number') {
        const choice = data.choice;
        return once((record, caller) => takeReading(record, choice, caller, setting));
      }
      return data.date === undefined
        ? asOrganiser(id, setting, (record, caller) => editForm(record, caller, setting))
        : once((record, caller) => save(record, data, caller, setting));
    case 'cancel':
      if (data.confirmed !== true) return asOrganiser(id, setting, async (record) => confirmCancel(record));
      return once((record, caller) => cancel(record, caller, setting));
    case 'invite': {
      const wish = readInvite(data);
      return asOrganiser(id, setting, (record, caller) => invitation(record, wish, caller, setting));
    }
    case 'create':
      if (typeof data.copyOf === 'string') return copy(data.copyOf, setting);
      return continueParked(id, { answer: null, via }, setting);
    case 'answer':
      return continueParked(id, { answer: readAnswer(data), via }, setting);
    default:
      return says('expired');
  }
}

/** Looking changes nothing for anybody else. */
const viewed = (step: Step): Step => (step.kind === 'say' ? { ...step, kind: 'form' } : step);

async function continueParked(
  id: string,
  { answer, via }: { answer: CardAnswer | null; via: CardAction['via'] },
  setting: Setting,
): Promise<Step> {
  const { services, owner } = setting;
  const pending = await services.store.parked(owner.tenant, id);
  if (pending === null) {
    // A meeting bears the id of its request: it was made, by another click or on another device.
    const isMade = (await services.store.meeting(owner.tenant, id)) !== null;
    return says(isMade ? 'alreadyDone' : 'expired');
  }
  if (pending.owner.user !== owner.user) return says('notYourRequest');
  const answered = answer === null ? pending : { ...pending, answers: [...pending.answers, answer] };
  const step = (await release(answered, setting)) ?? says('alreadyDone');
  // An invoke is repeated with a token; a message is not, so its answer waits for the sign-in here.
  if (step.kind === 'token' && via === 'message') await park(answered, 'signin', services);
  return step;
}

const MOST_CHOICES = 10;

function readAnswer(data: CardAction['data']): CardAnswer {
  const match = (name: string, pattern: RegExp) => {
    const value = data[name];
    return typeof value === 'string' && pattern.test(value) ? value : null;
  };
  const { choice } = data;
  const isChoice = typeof choice === 'number' && Number.isInteger(choice);
  const zone = match('zone', /^[A-Za-z][\w+/-]{1,60}$/);
  return {
    choice: isChoice && choice >= 0 && choice < MOST_CHOICES ? choice : null,
    date: match('date', /^\d{4}-\d\d-\d\d$/),
    time: match('time', /^\d\d:\d\d$/),
    zone: zone !== null && IANAZone.isValidZone(zone) ? zone : null,
    minutes: readMinutes(data.minutes),
    who: readWho(data),
    ...(data.confirmed === true && { isConfirmed: true as const }),
  };
}

const MOST_NAMES = 5;

/** The inputs `who0`, `who1`, … as far as they were there. */
function readWho(data: CardAction['data']): (string | null)[] {
  const values = Array.from({ length: MOST_NAMES }, (_, i) => data[`who${i}`]);
  const last = values.findLastIndex((value) => typeof value === 'string');
  return values
    .slice(0, last + 1)
    .map((value) => (typeof value === 'string' && value.length <= 200 ? value : null));
}

function readMinutes(value: unknown): number | null {
  const minutes = Number(value ?? Number.NaN);
  return Number.isInteger(minutes) && minutes > 0 && minutes <= 24 * 60 ? minutes : null;
}

/** The same step as a message, or as an answer to the click that also changes the card on every other screen. */
async function respond(action: CardAction, step: Step, setting: Setting): Promise<Outcome> {
  if (step.kind === 'token') {
    const card = await signInFor(action, step.claims, setting);
    if (card === null) return respond(action, signInFailed(setting), setting);
    if (action.via === 'invoke') return answers('login', { kind: 'login', reply: card });
    return setting.turn.place === 'personal' ? sends('signIn', card) : sayNotice('oneToOneOnly');
  }
  const { name, reply } = step;
  if (action.via === 'message') return sayStep(step);
  switch (step.kind) {
    case 'form':
      return answers(name, { kind: 'card', reply });
    case 'post':
      return {
        ...answers(name, { kind: 'sentence', reply: { kind: 'notice', notice: step.notice } }),
        send: [reply],
      };
    case 'aside':
      return answers(name, { kind: 'sentence', reply });
    case 'say': {
      if (reply.kind === 'notice') return answers(name, { kind: 'sentence', reply });
      const places = [await clickedCard(action, setting), ...(step.cards ?? [])];
      const update = distinct(places).map((place) => ({ ...place, reply }));
      return { ...answers(name, { kind: 'card', reply }), update, send: step.also ?? [] };
    }
    default:
      return step satisfies never;
  }
}

/** Null: a token that Graph refuses although it is new would send the person round in circles. */
async function signInFor(
  { token }: CardAction,
  claims: string | undefined,
  setting: Setting,
): Promise<SignInReply | null> {
  if (token === null) return signInReply(setting);
  return claims === undefined ? null : askForMore(claims, setting);
}

/**
 * The card that was clicked, if it may change for everybody. Where others see it too, it must be a card that was shown
 * for this very id: whoever sends a click can name any of the bot's messages.
 */
async function clickedCard(
  { cardId, data }: CardAction,
  { services, turn }: Setting,
): Promise<CardPlace | null> {
  if (cardId === null) return null;
  const { conversation, tenant } = turn;
  if (turn.place === 'personal') return { conversation, cardId };
  const key = shownKey({ conversation, cardId }, String(data.id));
  const isKnown = (await services.store.claimedUntil(tenant, key)) !== null;
  return isKnown ? { conversation, cardId } : null;
}

/** Each card once, as it is named first. */
function distinct(places: readonly (CardPlace | null)[]): CardPlace[] {
  const cards = places.filter((place) => place !== null);
  return cards.filter(({ cardId }, i) => cards.findIndex((other) => other.cardId === cardId) === i);
}

const signInFailed = (setting: Setting): Step => ({
  kind: 'aside',
  name: 'signInFailed',
  reply: problemReply('signInFailed', setting, null),
});
