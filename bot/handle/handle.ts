import type { Reply } from '../say/render.ts';
import { phrasePlace } from '../say/words/phrases.ts';
import {
  answerWith,
  type Outcome,
  type Outdated,
  refuseExchange,
  sayNothing,
  sendReplies,
} from '../teams/outcome.ts';
import type { Channel, MessageTurn, Turn } from '../teams/turn.ts';
import { present } from './cards/present.ts';
import { problemReply } from './cards/refusals.ts';
import { openDialog, showLink, submitDialog } from './dialog.ts';
import { finishBegun, withFinished } from './existing/as-organiser.ts';
import { redrawCards } from './existing/view-card.ts';
import { onAction } from './on-action.ts';
import { onMessage } from './on-message.ts';
import { onSignInInvoke } from './on-sign-in-invoke.ts';
import { onceOnly, oncePerActivity, removedKey, welcomeKey } from './once/once.ts';
import { answerAndFinish, finishOwnRequest } from './parked/after-sign-in.ts';
import { openScope, reopenScope, type Services, type TurnScope } from './services.ts';

/**
 * One turn in, everything it leads to out.
 * Rejects only for bugs; what people and remotes do wrong is part of the outcome.
 */
export async function handle(
  turn: Turn,
  services: Services,
  channel: Channel,
  reference: string,
): Promise<Outcome> {
  const scope = scopeOf(turn, services, channel, reference);
  return present(await route(turn, scope), turn, scope);
}

/** Draws cards of that turn once more, whose meetings have changed while they were on their way. Throws NotNow. */
export async function redraw(
  outdated: readonly Outdated[],
  turn: Turn,
  { services, channel, reference }: Pick<TurnScope, 'services' | 'channel' | 'reference'>,
): Promise<Outcome> {
  const scope = scopeOf(turn, services, channel, reference);
  return present(await redrawCards(outdated, scope), turn, scope);
}

function scopeOf(turn: Turn, services: Services, channel: Channel, reference: string): TurnScope {
  const owner = { tenant: turn.tenant, user: turn.user ?? '' };
  return openScope({ turn, owner, services, channel, reference });
}

async function route(turn: Turn, scope: TurnScope): Promise<Outcome> {
  const { services } = scope;
  if (!services.allowedTenants.includes(turn.tenant)) return turnAway(turn, 'otherTenant', scope);
  if (turn.user === null) return turnAway(turn, 'personalAccount', scope);
  switch (turn.kind) {
    case 'message':
      return oncePerActivity(scope, () => onNewMessage(turn, scope));
    case 'joined':
      return welcome(scope);
    case 'action':
      return turn.action.via === 'message'
        ? oncePerActivity(scope, () => onAction(turn, scope))
        : onceOnly(() => onAction(turn, scope));
    case 'openDialog':
      return openDialog(turn, scope);
    case 'submitDialog':
      return onceOnly(() => submitDialog(turn, scope));
    case 'link':
      return showLink(turn, scope);
    case 'tokenExchange':
    case 'verifyState':
    case 'signInFailure':
      // From a card of the time when people signed in.
      if (services.access.mode === 'application') return answerWith('noSignIn', { kind: 'ok' });
      return onSignInInvoke(turn, scope);
    default:
      return turn satisfies never;
  }
}

const WELCOME_MS = 30 * 24 * 3_600_000;

/** Welcomes a chat, group or team once, however often Teams says that the bot was added. */
async function welcome({ services, owner, turn }: TurnScope): Promise<Outcome> {
  await services.store.release({ tenant: owner.tenant }, removedKey(turn.conversation));
  const until = services.now().toMillis() + WELCOME_MS;
  const isFirst = await services.store.claim({ tenant: owner.tenant }, welcomeKey(turn), until);
  if (!isFirst) return sayNothing('again');
  const reply: Reply = {
    kind: 'welcome',
    place: phrasePlace(turn.place),
    ...(services.access.mode === 'application' && { mode: 'application' }),
    ...(services.calendar !== null && { hasCalendars: true }),
  };
  return sendReplies('welcomed', reply);
}

/** Answers a person whom the bot does not serve. */
function turnAway(turn: Turn, problem: 'otherTenant' | 'personalAccount', scope: TurnScope): Outcome {
  const reply = problemReply(problem, scope, null);
  switch (turn.kind) {
    case 'message':
    case 'action':
    case 'openDialog':
    case 'submitDialog':
      return answerWith(problem, { kind: 'sentence', reply });
    case 'tokenExchange':
      return answerWith(problem, refuseExchange(turn, 'Not allowed here.'));
    case 'joined':
      return sayNothing(problem);
    default:
      return answerWith(problem, { kind: 'ok' });
  }
}

/** Answers a message, with what was left undone for its person. */
async function onNewMessage(turn: MessageTurn, scope: TurnScope): Promise<Outcome> {
  const finished = await finishBegun(scope);
  const now = finished.length === 0 ? scope : reopenScope(scope);
  const answer = async (scope: TurnScope) =>
    (await finishOwnRequest(scope)) ?? (await onMessage(turn, scope));
  return withFinished(await answerAndFinish(now, answer), finished);
}
