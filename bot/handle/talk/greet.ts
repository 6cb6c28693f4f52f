import type { Reply } from '../../say/reply.ts';
import { phrasePlace } from '../../say/words/phrases.ts';
import { answerWith, type Outcome, refuseExchange, sayNothing, sendReplies } from '../../teams/outcome.ts';
import type { Turn } from '../../teams/turn.ts';
import { problemReply } from '../cards/refusals.ts';
import { removedKey, welcomeKey } from '../once/once.ts';
import type { TurnScope } from '../services.ts';

const WELCOME_MS = 30 * 24 * 3_600_000;

/** Welcomes a chat, group or team once, however often Teams says that the bot was added. */
export async function welcome({ services, owner, turn }: TurnScope): Promise<Outcome> {
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
export function turnAway(turn: Turn, problem: 'otherTenant' | 'personalAccount', scope: TurnScope): Outcome {
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
