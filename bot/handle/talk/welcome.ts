import type { Reply } from '../../say/reply.ts';
import { phrasePlace } from '../../say/words/phrases.ts';
import { answers, exchangeFailed, type Outcome, sends, silent } from '../../teams/outcome.ts';
import type { Turn } from '../../teams/turn.ts';
import { problemReply } from '../cards/problem.ts';
import { welcomeKey } from '../once/once.ts';
import type { Setting } from '../services.ts';

const WELCOME_MS = 30 * 24 * 3_600_000;

/** Once in each chat, group or team, however often Teams says that the bot has come. */
export async function welcome({ services, owner, turn }: Setting): Promise<Outcome> {
  const until = services.now().toMillis() + WELCOME_MS;
  const isFirst = await services.store.claim(owner.tenant, welcomeKey(turn), until);
  if (!isFirst) return silent('again');
  const reply: Reply = {
    kind: 'welcome',
    place: phrasePlace(turn.place),
    ...(services.access.mode === 'application' && { mode: 'application' }),
  };
  return sends('welcomed', reply);
}

/** The answer to somebody whom the bot does not serve. */
export function turnAway(turn: Turn, problem: 'otherTenant' | 'personalAccount', setting: Setting): Outcome {
  const reply = problemReply(problem, setting, null);
  switch (turn.kind) {
    case 'message':
    case 'action':
      return answers(problem, { kind: 'sentence', reply });
    case 'tokenExchange':
      return answers(problem, exchangeFailed(turn, 'Not allowed here.'));
    case 'joined':
      return silent(problem);
    default:
      return answers(problem, { kind: 'ok' });
  }
}
