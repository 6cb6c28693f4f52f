import { DateTime } from 'luxon';
import { ianaZone } from '../../base/date-time.ts';
import type { Change, Which } from '../../language/command.ts';
import { cleanText } from '../../language/text/clean.ts';
import { applyChange } from '../../meeting/apply-change.ts';
import type { CalendarEvent } from '../../meeting/event.ts';
import type { Note } from '../../meeting/notes.ts';
import { type MeetingRecord, mailsGuests } from '../../meeting/record.ts';
import { endedBefore, type SeriesPart } from '../../meeting/series.ts';
import type { Pending } from '../../store/store.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import type { CardAction } from '../../teams/turn.ts';
import { headOf, showMeeting } from '../cards/meeting-card.ts';
import { askChoice } from '../cards/questions.ts';
import { reviseEvent } from '../make/write-event.ts';
import { dueNext } from '../plan-dues.ts';
import { calendarIn, type GraphScope, type TurnScope } from '../services.ts';
import { cancel } from './cancel.ts';

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

/** Whether it must be asked which meetings of a series are to change. Options and guests always belong to the whole series. */
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
    return settle(record, 'oneCancelled', scope);
  }
  const shorter = endedBefore(series, day);
  const head = headOf(record);
  await reviseEvent(event.id, { ...head, recurrence: shorter, joining: [], leaving: [] }, scope);
  return settle({ ...record, series: shorter }, 'restCancelled', scope);
}

/** Moves or renames one meeting of a series; the guests are mailed. */
export async function changeOne(
  record: MeetingRecord,
  change: Change,
  { day, asked, zone }: { day: string; asked: DateTime; zone: string },
  scope: GraphScope,
): Promise<Outcome> {
  const one = await findOccurrence(record, day, scope);
  if (one === null) return answerNotice('noSuchMeeting');
  const times = { start: one.start.toMillis(), end: one.end.toMillis(), subject: one.subject };
  const wanted = applyChange(times, change, { now: asked, zone });
  if (wanted.kind === 'ask') return answerNotice('seriesTime');
  await reviseEvent(one.id, { ...wanted, joining: [], leaving: [] }, scope);
  return settle(record, 'oneChanged', scope);
}

/** The meeting of a series on that local day (ISO). Null if there is none any more. */
async function findOccurrence(
  record: MeetingRecord,
  day: string,
  { caller, services }: GraphScope,
): Promise<CalendarEvent | null> {
  const midnight = DateTime.fromISO(day, { zone: ianaZone(record.zone) });
  const span = { start: midnight, end: midnight.plus({ days: 1 }) };
  const all = await calendarIn(services).instances(record.event?.id ?? '', span, caller);
  return all.find((one) => !one.isCancelled && one.start.setZone(record.zone).toISODate() === day) ?? null;
}

/** Stores that the series has changed, and shows it with what was done to its meetings. */
async function settle(record: MeetingRecord, note: Note, scope: GraphScope): Promise<Outcome> {
  const { store, now } = scope.services;
  const notes = [note, ...(mailsGuests(record) ? (['guestsTold'] as const) : [])];
  const said = { guesses: [], assumedMinutes: null, notes };
  // What was changed before cannot be undone without this.
  const { before: _, ...kept } = record;
  const changed = { ...kept, revision: record.revision + 1, said, spokenOfAt: now().toMillis() };
  const stored = await store.replaceMeeting(changed, record.revision, await dueNext(changed, scope));
  return stored === null ? answerNotice('alreadyDone') : showMeeting(stored, scope);
}
