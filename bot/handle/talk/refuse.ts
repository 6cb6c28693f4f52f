import { answers, type Outcome, silent } from '../../teams/outcome.ts';
import type { Living } from '../../teams/turn.ts';
import { problemReply } from '../cards/problem.ts';
import type { Setting } from '../services.ts';

/** The answer to somebody whom the bot does not serve. */
export function refuse(turn: Living, problem: 'otherTenant' | 'personalAccount', setting: Setting): Outcome {
  const reply = problemReply(problem, setting, null);
  switch (turn.kind) {
    case 'message':
    case 'action':
      return answers(problem, { kind: 'sentence', reply });
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
