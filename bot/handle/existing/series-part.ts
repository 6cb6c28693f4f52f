import { DateTime } from 'luxon';
import type { Change, Which } from '../../language/command.ts';
import { cleanText } from '../../language/text/clean.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { Pending } from '../../store/store.ts';
import { answerWith, type Outcome } from '../../teams/outcome.ts';
import type { CardAction } from '../../teams/turn.ts';
import { headOf } from '../cards/meeting-card.ts';
import { park } from '../park.ts';
import type { TurnScope } from '../services.ts';
import type { Part } from './cancel.ts';

/** Which meetings of a series are meant; null where nobody has said. A meeting that is once is all of itself. */
export function partOf(
  { occurrence, day }: Which,
  { event }: MeetingRecord,
  { asks, answers }: Pick<Pending, 'asks' | 'answers'>,
): Part['occurrence'] | null {
  if (!event?.isSeries) return 'series';
  if (asks === 'occurrence') return answers.at(-1)?.choice === 0 ? 'one' : 'series';
  return occurrence ?? (day === null ? null : 'one');
}

/** Whether it must be asked which meetings are to be otherwise: an option or a guest is one of the whole series. */
export function isPartOpen(
  { which, change }: { which: Which; change: Change },
  record: MeetingRecord,
  pending: Pending,
): boolean {
  const { when, day, clock, shiftMinutes, minutes, extendMinutes, until } = change;
  const times = [when, day, clock, shiftMinutes, minutes, extendMinutes ?? null, until ?? null];
  return partOf(which, record, pending) === null && times.some((said) => said !== null);
}

/** Asks whether the next meeting of a series is meant, or all of them. */
export async function askPart(
  record: MeetingRecord,
  pending: Pending,
  { services }: TurnScope,
): Promise<Outcome> {
  // Both answers are about the same meeting.
  const among = [record.id, record.id];
  await park({ ...pending, asks: 'occurrence', among }, 'answer', services);
  const question = { what: 'occurrence' as const, ...headOf(record) };
  return answerWith('asked', { kind: 'card', reply: { kind: 'choice', id: pending.id, question } });
}

/** What the buttons of a question about a series bring; those of any other meeting bring nothing, and mean all of it. */
export function readPart({ occurrence, day }: CardAction['data']): Part {
  const isPart = occurrence === 'one' || occurrence === 'rest';
  const isDay = typeof day === 'string' && DateTime.fromISO(day).isValid && /^\d{4}-\d\d-\d\d$/.test(day);
  return isPart && isDay ? { occurrence, day } : { occurrence: 'series', day: '' };
}

const MOST_CHARACTERS = 500;

/** What the person wants the guests to be told; null where nothing was written. */
export function readComment({ comment }: CardAction['data']): string | null {
  return typeof comment === 'string' ? cleanText(comment).slice(0, MOST_CHARACTERS) || null : null;
}
