import type { DateTime } from 'luxon';
import { meetingWords } from '../../language/languages.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { WhichContext } from '../../meeting/which-meeting.ts';
import type { ConfirmReply } from '../../say/cards/confirm.ts';
import type { ChoiceQuestion, MeetingQuestion } from '../../say/cards/which.ts';
import type { Pending } from '../../store/store.ts';
import { answerWith, type Outcome } from '../../teams/outcome.ts';
import { park } from '../request.ts';
import type { TurnScope } from '../services.ts';
import { headOf } from './meeting-card.ts';

/** Asks which of several meetings is meant. */
export async function askWhich(
  records: readonly MeetingRecord[],
  wish: MeetingQuestion['wish'],
  pending: Pending,
  zone: string,
  { services }: TurnScope,
): Promise<Outcome> {
  await park({ ...pending, among: records.map(({ id }) => id) }, 'answer', services);
  const choices = records.map(headOf);
  const question = { what: 'meeting' as const, wish, zone, choices };
  return answerWith('asked', { kind: 'card', reply: { kind: 'which', id: pending.id, question } });
}

/** Asks a question with two answers. `among`: the meetings that it is about. */
export async function askChoice(
  pending: Pending,
  question: ChoiceQuestion,
  { services }: TurnScope,
  among?: readonly MeetingRecord[],
): Promise<Outcome> {
  const { id } = pending;
  const ids = among && { among: among.map((record) => record.id) };
  await park({ ...pending, asks: question.what, ...ids }, 'answer', services);
  return answerWith('asked', { kind: 'card', reply: { kind: 'which', id, question } });
}

/**
 * Asks before something that cannot be undone. `request`: the id of the written request that waits for the answer; null if
 * a button asked. `name`: the word for the log.
 */
export function askConfirm(
  name: string,
  record: MeetingRecord,
  question: ConfirmReply['question'],
  request: string | null,
): Outcome {
  const { id, revision } = record;
  const head = { id, revision, ...headOf(record), ...(request !== null && { request }) };
  return answerWith(name, { kind: 'form', reply: { kind: 'confirm', ...head, question } });
}

/** Where and when somebody speaks of a meeting. `zone`: IANA name. */
export const whichContext = (now: DateTime, zone: string, { turn }: TurnScope): WhichContext => ({
  now,
  zone,
  conversation: turn.conversation,
  words: meetingWords(),
});

/**
 * The meeting that the person chose or that a question was about, or `none` if it is gone. Null if it is open which is meant. It
 * is found by its id, because the list may have changed since.
 */
export function findChosen(
  { among, answers }: Pending,
  records: readonly MeetingRecord[],
): MeetingRecord | 'none' | null {
  const answer = answers.at(-1);
  const isSettled = new Set(among).size === 1;
  const choice = isSettled || answer?.isConfirmed ? 0 : (answer?.choice ?? null);
  if (among === undefined || choice === null) return null;
  return records.find(({ id }) => id === among[choice]) ?? 'none';
}
