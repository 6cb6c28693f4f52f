import { createHash } from 'node:crypto';
import { IANAZone } from 'luxon';
import { cleanText, MAX_CHARACTERS } from '../command/clean.ts';
import type { Command } from '../command/command.ts';
import { parse } from '../command/parse.ts';
import type { Notice } from '../reply.ts';
import type { Answer as CardAnswer, Owner, Pending } from '../store/store.ts';
import type { CardAction, Turn } from '../turn.ts';
import { cancel, confirmCancel } from './cancel.ts';
import { change, editForm, readForm, takeReading } from './change.ts';
import { copy } from './copy.ts';
import { proceed } from './create.ts';
import { asOrganiser, type Effect, forEverybody, oncePerRevision, show } from './on-meeting.ts';
import { answers, type CardPlace, type Outcome, sends, silent } from './outcome.ts';
import { PENDING_MS, park } from './park.ts';
import { problemOf, problemReply } from './problem.ts';
import { removeOld, renew } from './renew.ts';
import { type Channel, type Services, type Setting, type Step, says } from './services.ts';
import { settle } from './settings.ts';
import {
  askToSignIn,
  onSignInFailure,
  onTokenExchange,
  onVerifyState,
  release,
  signInReply,
  takeToken,
} from './sign-in.ts';

/** Teams delivers again after 15 s, up to four times; a crash gives the message back before the second time. */
const LEASE_MS = 14_000;
const SLOW_MS = 12_000;
const REMEMBER_MS = 15 * 60_000;

/**
 * One turn in, everything it leads to out. The order of a conversation is written here.
 * Rejects only for bugs; what people and remotes do wrong is part of the outcome.
 */
export async function handle(
  turn: Turn,
  services: Services,
  channel: Channel,
  reference: string,
): Promise<Outcome> {
  if (turn.kind === 'ignored') {
    return turn.isInvoke ? answers('ignored', { kind: 'badRequest' }) : silent('ignored');
  }
  const owner = { tenant: turn.tenant, user: turn.user ?? '' };
  const setting: Setting = { turn, owner, services, channel, reference };
  return inPublic(await route(turn, setting), setting);
}

async function route(turn: Living, setting: Setting): Promise<Outcome> {
  const { services } = setting;
  if (!services.allowedTenants.includes(turn.tenant)) return refuse(turn, 'otherTenant', setting);
  if (turn.user === null) return refuse(turn, 'personalAccount', setting);
  switch (turn.kind) {
    case 'message':
      return oncePerActivity(setting, () => onMessage(turn, setting));
    case 'joined':
      return welcome(setting);
    case 'action':
      return turn.action.via === 'message'
        ? oncePerActivity(setting, () => onAction(turn, setting))
        : onAction(turn, setting);
    case 'tokenExchange':
      return onTokenExchange(turn, setting);
    case 'verifyState':
      return turn.isCancelled ? answers('declined', { kind: 'ok' }) : onVerifyState(setting);
    case 'signInFailure':
      return onSignInFailure(setting);
    default:
      return turn satisfies never;
  }
}

type Living = Exclude<Turn, { kind: 'ignored' }>;

/** In a group everybody sees what is sent, so nothing in it is the asker's alone; the answer to a click is. */
function inPublic(outcome: Outcome, setting: Setting): Outcome {
  const { afterwards } = outcome;
  return {
    ...outcome,
    send: outcome.send.map((reply) => forEverybody(reply, setting)),
    update: outcome.update.map((card) => ({
      ...card,
      reply: forEverybody(card.reply, setting, card.conversation),
    })),
    afterwards: afterwards && (async () => inPublic(await afterwards(), setting)),
  };
}

const WELCOME_MS = 30 * 24 * 3_600_000;

/** Once in each chat, group or team, however often Teams says that the bot has come. */
async function welcome({ services, owner, turn }: Setting): Promise<Outcome> {
  const until = services.now().toMillis() + WELCOME_MS;
  const isFirst = await services.store.claim(owner.tenant, welcomeKey(turn), until);
  if (!isFirst) return silent('again');
  return sends(
    'welcomed',
    turn.place === 'personal' ? { kind: 'welcome' } : { kind: 'welcome', place: 'group' },
  );
}

function refuse(turn: Living, problem: 'otherTenant' | 'personalAccount', setting: Setting): Outcome {
  const reply = problemReply(problem, setting, null);
  switch (turn.kind) {
    case 'message':
      return sends(problem, reply);
    case 'action':
      return turn.action.via === 'message'
        ? sends(problem, reply)
        : answers(problem, { kind: 'sentence', reply });
    case 'tokenExchange': {
      const { exchangeId, connectionName } = turn;
      return answers(problem, {
        kind: 'exchangeFailed',
        exchangeId,
        connectionName,
        detail: 'Not allowed here.',
      });
    }
    case 'joined':
      return silent(problem);
    default:
      return answers(problem, { kind: 'ok' });
  }
}

const welcomeKey = (turn: Living | Setting['turn']) => `welcome:${turn.conversation}`;
const activityKey = (turn: Living | Setting['turn']) => `activity:${turn.conversation}:${turn.activityId}`;

/** What was said did not reach the person: when the channel delivers the activity again, it counts as new. */
export async function giveBack(turn: Turn, { store }: Services): Promise<void> {
  if (turn.kind === 'ignored') return;
  await store.release(turn.tenant, turn.kind === 'joined' ? welcomeKey(turn) : activityKey(turn));
}

async function oncePerActivity(
  { services, owner, turn }: Setting,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  if (turn.activityId === '') return work();
  const key = activityKey(turn);
  const now = services.now().toMillis();
  if (!(await services.store.claim(owner.tenant, key, now + LEASE_MS))) return silent('again');
  const remember = () => services.store.settle(owner.tenant, key, services.now().toMillis() + REMEMBER_MS);
  // Work that is slower than the lease goes on; what is delivered again meanwhile is still the same.
  const slow = setTimeout(() => void remember().catch(() => undefined), SLOW_MS);
  try {
    const outcome = await work();
    await remember();
    return outcome;
  } catch (error) {
    await services.store.release(owner.tenant, key);
    throw error;
  } finally {
    clearTimeout(slow);
  }
}

/** What was reached, as new messages; a meeting's older card changes too. */
function say(step: Exclude<Step, { kind: 'token' }>): Outcome {
  const update = step.kind === 'say' && step.card ? [{ ...step.card, reply: step.reply }] : [];
  return { ...sends(step.name, step.reply), update };
}

const notice = (name: Notice): Outcome => sends(name, { kind: 'notice', notice: name });

async function onMessage(turn: Extract<Turn, { kind: 'message' }>, setting: Setting): Promise<Outcome> {
  const { services, owner } = setting;
  const text = cleanText(turn.utterance.text);
  if (text.length > MAX_CHARACTERS) return notice('tooLong');
  const utterance = { ...turn.utterance, text };
  const zone = (await services.store.settings(owner)).zone ?? turn.zone;
  const now = turn.at.setZone(zone ?? 'utc');
  const command = parse(utterance, { now, zone, locale: turn.locale });
  switch (command.kind) {
    case 'list':
      if (turn.place !== 'personal') return notice('oneToOneOnly');
      return onRequest(parkable(turn, utterance, setting), setting, command);
    case 'create':
    case 'reschedule':
    case 'renew':
    case 'cancel':
      return onRequest(parkable(turn, utterance, setting), setting, command);
    case 'help':
      return sends('help', { kind: 'help', quoted: null });
    case 'none':
      return onNone(command.why, text);
    case 'signin':
      if (turn.place !== 'personal') return notice('oneToOneOnly');
      return services.tokens.cached(owner) === null ? askToSignIn(null, setting) : notice('alreadySignedIn');
    case 'signout':
      services.tokens.drop(owner);
      await services.store.forget(owner);
      return notice('signedOut');
    case 'settings':
      if (turn.place !== 'personal') return notice('oneToOneOnly');
      return say(await settle(command.change, setting));
    default:
      return command satisfies never;
  }
}

function onNone(why: 'greeting' | 'thanks' | 'statement' | 'unknown' | 'empty', text: string): Outcome {
  if (why === 'thanks') return notice('thanks');
  const quoted = why === 'greeting' || why === 'empty' ? null : text;
  return sends(why, { kind: 'help', quoted });
}

function parkable(
  turn: Extract<Turn, { kind: 'message' }>,
  utterance: Pending['utterance'],
  { services, owner }: Setting,
): Pending {
  return {
    id: turn.activityId === '' ? services.newId() : idOf(turn, owner),
    owner,
    asker: turn.name,
    conversation: turn.conversation,
    waitsFor: 'signin',
    utterance,
    askedAt: turn.at.toMillis(),
    zone: turn.zone,
    locale: turn.locale,
    answers: [],
    expires: services.now().toMillis() + PENDING_MS,
  };
}

/** One message is one request, and one meeting, however often it is delivered: they all bear this id. */
function idOf({ conversation, activityId }: Living, { tenant, user }: Owner): string {
  return createHash('sha256')
    .update(JSON.stringify([tenant, user, conversation, activityId]))
    .digest('base64url');
}

async function onRequest(pending: Pending, setting: Setting, read: Command): Promise<Outcome> {
  const step = await proceed(pending, setting, read);
  if (step.kind !== 'token') return say(step);
  if (setting.turn.place === 'personal') return askToSignIn(pending, setting);
  if (step.draft === undefined) return notice('oneToOneOnly');
  // In a group nobody can be signed in silently: the asker's click on the draft is what signs them in.
  await park(pending, 'signin', setting.services);
  return sends('drafted', step.draft);
}

async function onAction(turn: Extract<Turn, { kind: 'action' }>, setting: Setting): Promise<Outcome> {
  const { action } = turn;
  const signedIn = action.token === null ? 'taken' : await takeToken(action.token, setting);
  if (signedIn === 'notTheirs') return respond(action, says('notYours'), setting);
  if (signedIn === 'taken') return respond(action, await act(action, setting), setting);
  if (signedIn.failure === 'interaction') return answers('consent', { kind: 'consent' });
  const problem = problemOf(signedIn);
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
      if (data.date === undefined) return asOrganiser(id, setting, async (record) => editForm(record));
      return once(async (record, caller) => {
        const form = readForm(record, data, setting.services.now());
        return 'wrong' in form ? editForm(record, form.wrong) : change(record, form, caller, setting);
      });
    case 'cancel':
      if (data.confirmed !== true) return asOrganiser(id, setting, async (record) => confirmCancel(record));
      return once((record, caller) => cancel(record, caller, setting));
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
function respond(action: CardAction, step: Step, setting: Setting): Outcome {
  if (step.kind === 'token') {
    // A token that Graph refuses although it is new would send the person round in circles.
    if (action.token !== null) return respond(action, signInFailed(setting), setting);
    const card = signInReply(setting);
    if (action.via === 'invoke') return answers('login', { kind: 'login', reply: card });
    return setting.turn.place === 'personal' ? sends('signIn', card) : notice('oneToOneOnly');
  }
  const { name, reply } = step;
  if (action.via === 'message') return say(step);
  switch (step.kind) {
    case 'form':
      return answers(name, { kind: 'card', reply });
    case 'post':
      return {
        ...answers(name, { kind: 'sentence', reply: { kind: 'notice', notice: 'copied' } }),
        send: [reply],
      };
    case 'aside':
      return answers(name, { kind: 'sentence', reply });
    case 'say': {
      if (reply.kind === 'notice') return answers(name, { kind: 'sentence', reply });
      const { conversation } = setting.turn;
      const places = [
        action.cardId === null ? null : { conversation, cardId: action.cardId },
        step.card ?? null,
      ];
      const update = distinct(places).map((place) => ({ ...place, reply }));
      return { ...answers(name, { kind: 'card', reply }), update };
    }
    default:
      return step satisfies never;
  }
}

function distinct(places: readonly (CardPlace | null)[]): CardPlace[] {
  return [...new Map(places.flatMap((place) => (place ? [[place.cardId, place]] : []))).values()];
}

const signInFailed = (setting: Setting): Step => ({
  kind: 'aside',
  name: 'signInFailed',
  reply: problemReply('signInFailed', setting, null),
});
