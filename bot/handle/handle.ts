import { createHash } from 'node:crypto';
import { cleanText, MAX_CHARACTERS } from '../command/clean.ts';
import type { Command } from '../command/command.ts';
import { parse } from '../command/parse.ts';
import type { Owner } from '../meeting/record.ts';
import type { Reply } from '../reply.ts';
import type { Pending, Settings } from '../store/store.ts';
import type { Turn } from '../turn.ts';
import { onAction } from './actions.ts';
import { catchUp } from './catch-up.ts';
import { proceed } from './create.ts';
import { forEverybody } from './meeting-card.ts';
import { oncePerActivity, welcomeKey } from './once.ts';
import { answers, type Outcome, sends, silent } from './outcome.ts';
import { PENDING_MS, park } from './park.ts';
import { problemReply } from './problem.ts';
import type { Channel, Services, Setting } from './services.ts';
import { settle } from './settings.ts';
import type { Outdated } from './shown.ts';
import { askToSignIn, onSignIn, onSignOut } from './sign-in.ts';
import { onSigningIn } from './signing-in.ts';
import { sayNotice, sayStep } from './step.ts';
import { answerTopic } from './topic.ts';

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
  const setting = settingOf(turn, services, channel, reference);
  return inPublic(await route(turn, setting), setting);
}

/** Draws cards of that turn once more, whose meetings have changed while they were on their way. Throws NotNow. */
export async function redraw(
  outdated: readonly Outdated[],
  turn: Living,
  { services, channel, reference }: Pick<Setting, 'services' | 'channel' | 'reference'>,
): Promise<Outcome> {
  const setting = settingOf(turn, services, channel, reference);
  return inPublic(await catchUp(outdated, setting), setting);
}

function settingOf(turn: Living, services: Services, channel: Channel, reference: string): Setting {
  const owner = { tenant: turn.tenant, user: turn.user ?? '' };
  return { turn, owner, services, channel, reference };
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
    case 'verifyState':
    case 'signInFailure':
      // From a card of the time when people signed in.
      if (services.access.mode === 'application') return answers('noSignIn', { kind: 'ok' });
      return onSigningIn(turn, setting);
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
  const reply: Reply = {
    kind: 'welcome',
    ...(turn.place !== 'personal' && { place: 'group' }),
    ...(services.access.mode === 'application' && { mode: 'application' }),
  };
  return sends('welcomed', reply);
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

async function onMessage(turn: Extract<Turn, { kind: 'message' }>, setting: Setting): Promise<Outcome> {
  const { services, owner } = setting;
  const text = cleanText(turn.utterance.text);
  if (text.length > MAX_CHARACTERS) return sayNotice('tooLong');
  const utterance = { ...turn.utterance, text };
  const settings = await services.store.settings(owner);
  const zone = settings.zone ?? turn.zone;
  const now = turn.at.setZone(zone ?? 'utc');
  const command = parse(utterance, { now, zone, locale: turn.locale });
  switch (command.kind) {
    case 'list':
      if (turn.place !== 'personal') return sayNotice('oneToOneOnly');
      return onRequest(parkable(turn, utterance, setting), setting, { command, settings });
    case 'create':
    case 'reschedule':
    case 'renew':
    case 'cancel':
    case 'invitation':
    case 'show':
      return onRequest(parkable(turn, utterance, setting), setting, { command, settings });
    case 'help':
      return sends('help', { kind: 'help', quoted: null });
    case 'topic':
      return sayStep(await answerTopic(command, zone ?? 'utc', setting));
    case 'none':
      return onNone(command.why, text);
    case 'signin':
      return onSignIn(setting);
    case 'signout':
      return onSignOut(setting);
    case 'settings':
      if (turn.place !== 'personal') return sayNotice('oneToOneOnly');
      return sayStep(await settle(command.change, setting));
    default:
      return command satisfies never;
  }
}

function onNone(why: 'greeting' | 'thanks' | 'statement' | 'unknown' | 'empty', text: string): Outcome {
  if (why === 'thanks') return sayNotice('thanks');
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

async function onRequest(
  request: Pending,
  setting: Setting,
  known: { command: Command; settings: Settings },
): Promise<Outcome> {
  const step = await proceed(request, setting, known);
  if (step.kind !== 'token') return sayStep(step);
  const pending = { ...request, ...(step.claims !== undefined && { claims: step.claims }) };
  if (setting.turn.place === 'personal') return askToSignIn(pending, setting);
  if (step.draft === undefined) return sayNotice('oneToOneOnly');
  // In a group nobody can be signed in silently: the asker's click on the draft is what signs them in.
  await park(pending, 'signin', setting.services);
  return sends('drafted', step.draft);
}
