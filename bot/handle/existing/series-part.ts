import { DateTime } from 'luxon';
import type { Change, Which } from '../../language/command.ts';
import { cleanText } from '../../language/text/clean.ts';
import { type MeetingRecord, mailsGuests } from '../../meeting/record.ts';
import { endedBefore, type SeriesPart } from '../../meeting/series.ts';
import type { Pending } from '../../store/store.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import type { CardAction } from '../../teams/turn.ts';
import { headOf } from '../cards/meeting-card.ts';
import { askChoice } from '../cards/questions.ts';
import { reviseEvent } from '../make/write-event.ts';
import { calendarIn, type GraphScope, type TurnScope } from '../services.ts';
import { cancel } from './cancel.ts';
import { findOccurrence, invitedTo, settle, told } from './occurrence.ts';

/** Which meetings of a series are meant. Null if that was not said. For a single meeting it is `series`. */
export function partOf(
  { occurrence, day }: Which,
  { event }: MeetingRecord,
  { asks, answers }: Pick<Pending, 'asks' | 'answers'>,
): SeriesPart['occurrence'] | null {
  if (!event?.isSeries) return 'series';
  if (asks === 'occurrence') return answers.at(-1)?.choice === 0 ? 'one' : 'series';
  return occurrence ?? (day === null ? null : 'one');
}

/** Whether it must be asked which meetings of a series are to change. Options and guests are meant for all of them where no day was said. */
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
export function askPart(record: MeetingRecord, pending: Pending, scope: TurnScope): Promise<Outcome> {
  // Both answers name the same meeting.
  return askChoice(pending, { what: 'occurrence', ...headOf(record) }, scope, [record, record]);
}

/** Reads which meetings of a series a button means. A button of a single meeting sends nothing, and means all of it. */
export function readPart({ occurrence, day }: CardAction['data']): SeriesPart {
  const isPart = occurrence === 'one' || occurrence === 'rest';
  const isDay = typeof day === 'string' && DateTime.fromISO(day).isValid && /^\d{4}-\d\d-\d\d$/.test(day);
  return isPart && isDay ? { occurrence, day } : { occurrence: 'series', day: '' };
}

const MOST_CHARACTERS = 500;

/** Reads what the guests are to be told. Null if nothing was written. */
export function readComment({ comment }: CardAction['data']): string | null {
  return typeof comment === 'string' ? cleanText(comment).slice(0, MOST_CHARACTERS) || null : null;
}

/** Cancels one meeting of a series, the rest of it, or all of it; the guests are mailed. */
export async function cancelPart(
  record: MeetingRecord,
  { occurrence, day }: SeriesPart,
  comment: string | null,
  scope: GraphScope,
): Promise<Outcome> {
  const { event, series } = record;
  if (event === undefined || series === undefined) return cancel(record, scope, comment);
  if (occurrence === 'series' || (occurrence === 'rest' && day <= series.startDate))
    return cancel(record, scope, comment);
  if (occurrence === 'one') {
    const one = await findOccurrence(record, day, scope);
    if (one === null) return answerNotice('noSuchMeeting');
    await calendarIn(scope.services).cancel(one.id, comment, scope.caller);
    return settle(record, told('oneCancelled', invitedTo(one).length > 0), scope);
  }
  const shorter = endedBefore(series, day);
  const head = headOf(record);
  await reviseEvent(event.id, { ...head, recurrence: shorter, joining: [], leaving: [] }, scope);
  return settle({ ...record, series: shorter }, told('restCancelled', mailsGuests(record)), scope);
}
