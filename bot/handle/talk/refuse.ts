import { answers, type Outcome, sends, silent } from '../../teams/outcome.ts';
import type { Living } from '../../teams/turn.ts';
import { problemReply } from '../cards/problem.ts';
import type { Setting } from '../services.ts';

/** What somebody hears whom the bot does not serve, in the way in which they came. */
export function refuse(turn: Living, problem: 'otherTenant' | 'personalAccount', setting: Setting): Outcome {
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
