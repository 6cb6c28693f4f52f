import type { SignInReply } from '../../say/cards/sign-in.ts';
import type { CardAction } from '../../teams/card-action.ts';
import { answers, type CardPlace, type Outcome, sends } from '../../teams/outcome.ts';
import type { Setting } from '../services.ts';
import { signInReply } from '../sign-in/sign-in.ts';
import { askForMore } from '../sign-in/step-up.ts';
import { problemReply } from './problem.ts';
import { shownKey } from './shown.ts';
import { doneBy, type Step, sayNotice, sayStep } from './step.ts';
import { updatesOf } from './updates.ts';

/** The same step as a message, or as an answer to the click that also changes the card on every other screen. */
export async function respond(action: CardAction, step: Step, setting: Setting): Promise<Outcome> {
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
      const update = updatesOf(reply, distinct(places), 0);
      return { ...answers(name, { kind: 'card', reply }), update, send: step.also ?? [], done: doneBy(step) };
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
