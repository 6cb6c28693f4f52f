import type { DateTime } from 'luxon';
import type { CreateCommand } from '../../language/command.ts';
import { DEFAULT_MINUTES, type Question, type UnreadField } from '../../meeting/decide.ts';
import type { AskReply } from '../../say/cards/ask-wording.ts';
import type { Pending } from '../../store/store.ts';
import { answerWith, type Outcome } from '../../teams/outcome.ts';
import { park } from '../request.ts';
import type { Services } from '../services.ts';

/** Asks everything that is open, on one card. */
export async function askOpen(
  open: Omit<AskReply, 'kind' | 'id'>,
  pending: Pending,
  services: Services,
): Promise<Outcome> {
  // A draft that has become a question is no draft any more.
  const { asks, ...unseen } = pending;
  await park(asks === 'draft' ? unseen : pending, 'answer', services);
  return answerWith('asked', { kind: 'card', reply: { kind: 'ask', id: pending.id, ...open } });
}

/** The question when everything is clear except who is meant, or what was just entered. */
export function settledBut(
  unread: readonly UnreadField[],
  { when, minutes: said }: CreateCommand,
  asked: DateTime,
): Question {
  const start = when?.start ?? asked;
  const minutes = Math.round(when?.end?.diff(start, 'minutes').minutes ?? said ?? DEFAULT_MINUTES);
  const wall = { date: start.toISODate(), time: start.toFormat('HH:mm') };
  const needs = unread.filter((field) => field !== 'zone');
  return { needs, choices: [], ...wall, minutes, unmet: [] };
}
