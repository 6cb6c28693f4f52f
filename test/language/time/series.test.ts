import { describe, expect, test } from 'vitest';
import type { Recurrence } from '../../../bot/language/command.ts';
import { loadPack } from '../../../bot/language/pack.ts';
import { tokenize } from '../../../bot/language/text/tokens.ts';
import { dayIn } from '../../../bot/language/time/calendar.ts';
import { findTimeSpans } from '../../../bot/language/time/find-times.ts';
import { recurrenceIn } from '../../../bot/language/time/series.ts';
import { type Moment, readingAt, timesOf, whenOf } from './reading.ts';

/** Tuesday 15 September 2026, 09:40. */
const at = (language: string): Moment =>
  readingAt('2026-09-15T09:40:00', 'Europe/London', `${language}-GB`, language);

function recurrenceOf(text: string, moment: Moment): Recurrence | null {
  const pack = loadPack(moment.language);
  const tokens = tokenize(text, pack.elided);
  const { when } = timesOf(text, moment);
  return recurrenceIn(findTimeSpans(tokens, pack, moment), [], when && dayIn(when.start));
}

/** "weekly 2, 1 3, until 2026-12-31": kind, interval, what it has besides, and its end. */
function told(text: string, moment: Moment): string {
  const recurrence = recurrenceOf(text, moment);
  if (recurrence === null) return 'none';
  const { kind, interval, ...rest } = recurrence.pattern;
  const end = recurrence.end && Object.entries(recurrence.end).flat().join(' ');
  const details = Object.values(rest).map((value) =>
    Array.isArray(value) ? value.join(' ') : String(value),
  );
  return [`${kind} ${interval}`, ...details, ...(end ? [end] : [])].join(', ');
}

type Row = readonly [text: string, series: string, first?: string];

const ENGLISH: readonly Row[] = [
  ['every day at 11', 'daily 1', '2026-09-15 11:00'],
  ['every day at 9', 'daily 1', '2026-09-16 09:00'],
  ['daily at 9:15', 'daily 1', '2026-09-16 09:15'],
  ['every other day at 11', 'daily 2', '2026-09-15 11:00'],
  ['every 3 days at 11', 'daily 3'],
  ['weekdays at 9', 'weekly 1, 1 2 3 4 5', '2026-09-16 09:00'],
  ['every weekday at 9am', 'weekly 1, 1 2 3 4 5', '2026-09-16 09:00'],
  ['mon-fri 9am', 'weekly 1, 1 2 3 4 5', '2026-09-16 09:00'],
  ['every Monday to Thursday at 9am', 'weekly 1, 1 2 3 4', '2026-09-16 09:00'],
  ['Monday to Thursday at 11am every week', 'weekly 1, 1 2 3 4', '2026-09-15 11:00'],
  ['Mondays to Thursdays at 11am', 'weekly 1, 1 2 3 4', '2026-09-15 11:00'],
  ['every weekend at 11', 'weekly 1, 6 7', '2026-09-19 11:00'],
  ['every Monday 9am', 'weekly 1, 1', '2026-09-21 09:00'],
  ['Mondays at 9am', 'weekly 1, 1', '2026-09-21 09:00'],
  ['every Monday and Wednesday at 10am', 'weekly 1, 1 3', '2026-09-16 10:00'],
  ['every Tuesday and Thursday at 9am', 'weekly 1, 2 4', '2026-09-17 09:00'],
  ['every Tuesday at 9am', 'weekly 1, 2', '2026-09-22 09:00'],
  ['every other Tuesday at 3pm', 'weekly 2, 2', '2026-09-15 15:00'],
  ['every second Thursday at 3pm', 'weekly 2, 4', '2026-09-17 15:00'],
  ['every two weeks on Thursday at 2pm', 'weekly 2, 4', '2026-09-17 14:00'],
  ['every fortnight on Thursday at 2pm', 'weekly 2, 4', '2026-09-17 14:00'],
  ['weekly on Friday at 3pm', 'weekly 1, 5', '2026-09-18 15:00'],
  ['biweekly on Friday at 3pm', 'weekly 2, 5', '2026-09-18 15:00'],
  ['once a week, Friday at 3pm', 'weekly 1, 5', '2026-09-18 15:00'],
  ['tomorrow at 3pm, every week', 'weekly 1, 3', '2026-09-16 15:00'],
  ['every month on the 15th at 11am', 'absoluteMonthly 1, 15', '2026-09-15 11:00'],
  ['on the 3rd of every month at 11am', 'absoluteMonthly 1, 3', '2026-10-03 11:00'],
  ['the 31st of each month at 11am', 'absoluteMonthly 1, 31', '2026-10-31 11:00'],
  ['every first Monday of the month at 10am', 'relativeMonthly 1, 1, first', '2026-10-05 10:00'],
  ['first Monday of every month at 10am', 'relativeMonthly 1, 1, first', '2026-10-05 10:00'],
  ['every last Friday of the month at 4pm', 'relativeMonthly 1, 5, last', '2026-09-25 16:00'],
  ['the last working day of every month at 4pm', 'relativeMonthly 1, 1 2 3 4 5, last', '2026-09-30 16:00'],
  ['every last day of the month at 4pm', 'relativeMonthly 1, 1 2 3 4 5 6 7, last', '2026-09-30 16:00'],
  ['every month on Friday at 4pm', 'relativeMonthly 1, 5, third', '2026-09-18 16:00'],
  ['every quarter, starting 5 October at 10am', 'absoluteMonthly 3, 5', '2026-10-05 10:00'],
  ['every year on 3 May at 10am', 'absoluteYearly 1, 3, 5', '2027-05-03 10:00'],
  ['every Monday 9am until June', 'weekly 1, 1, until 2027-06-30'],
  ['every Monday 9am until the end of October', 'weekly 1, 1, until 2026-10-31'],
  ['every weekday 9am until Friday 18 December', 'weekly 1, 1 2 3 4 5, until 2026-12-18'],
  ['every Monday 9am till 3 March', 'weekly 1, 1, until 2027-03-03', '2026-09-21 09:00'],
  ['every Monday 9am to 10am until 3 March', 'weekly 1, 1, until 2027-03-03', '2026-09-21 09:00 – 10:00'],
  [
    'every Monday at 9am for an hour until Christmas Eve',
    'weekly 1, 1, until 2026-12-24',
    '2026-09-21 09:00 – 10:00',
  ],
  ['every Monday 9am until the end of the year', 'weekly 1, 1, until 2026-12-31'],
  ['every Monday 9am until the end of next month', 'weekly 1, 1, until 2026-10-31'],
  ['every Monday 9am through the end of the quarter', 'weekly 1, 1, until 2026-09-30'],
  ['every Monday 9am for 10 weeks', 'weekly 1, 1, until 2026-11-29'],
  ['every Monday 9am for the next 3 months', 'weekly 1, 1, until 2026-12-20'],
  ['every Monday 9am, 10 times', 'weekly 1, 1, times 10'],
  ['every Monday 9am for 6 sessions', 'weekly 1, 1, times 6'],
  // Said in September of a series that begins in October: the June after it.
  ['every Monday from 5 October 9am until June', 'weekly 1, 1, until 2027-06-30', '2026-10-05 09:00'],
  // 6 October 2026 is a Tuesday.
  ['every Monday from 6 October at 9am', 'weekly 1, 1', '2026-10-12 09:00'],
  ['every Monday and Thursday from 6 October at 9am', 'weekly 1, 1 4', '2026-10-08 09:00'],
  // Monday morning in Sydney is Sunday evening in London.
  ['every Monday at 8am Sydney time', 'weekly 1, 7', '2026-09-20 23:00'],
  ['recurring on Thursday at 9', 'none'],
  ['every 2 hours', 'none'],
  ['first Monday of the month at 10am', 'none', '2026-10-05 10:00'],
  ['Monday at 9am until 10am', 'none', '2026-09-21 09:00 – 10:00'],
];

const GERMAN: readonly Row[] = [
  ['jeden Tag um 9', 'daily 1', '2026-09-16 09:00'],
  ['täglich um 9:15', 'daily 1', '2026-09-16 09:15'],
  ['werktags um 9 Uhr', 'weekly 1, 1 2 3 4 5', '2026-09-16 09:00'],
  ['jeden Montag um 9 Uhr bis Juni', 'weekly 1, 1, until 2027-06-30', '2026-09-21 09:00'],
  ['montags um 9 Uhr', 'weekly 1, 1', '2026-09-21 09:00'],
  ['jeden Montag bis Donnerstag um 9 Uhr', 'weekly 1, 1 2 3 4', '2026-09-16 09:00'],
  ['am letzten Arbeitstag jedes Monats um 16 Uhr', 'relativeMonthly 1, 1 2 3 4 5, last', '2026-09-30 16:00'],
  ['montags und mittwochs um 10 Uhr', 'weekly 1, 1 3', '2026-09-16 10:00'],
  ['jeden zweiten Dienstag um 15 Uhr', 'weekly 2, 2', '2026-09-15 15:00'],
  ['alle zwei Wochen am Donnerstag um 14 Uhr', 'weekly 2, 4', '2026-09-17 14:00'],
  ['jede zweite Woche am Donnerstag um 14 Uhr', 'weekly 2, 4', '2026-09-17 14:00'],
  ['am 15. jedes Monats um 11 Uhr', 'absoluteMonthly 1, 15', '2026-09-15 11:00'],
  ['jeden ersten Montag im Monat um 10 Uhr', 'relativeMonthly 1, 1, first', '2026-10-05 10:00'],
  ['jeden letzten Freitag im Monat um 16 Uhr', 'relativeMonthly 1, 5, last', '2026-09-25 16:00'],
  ['jedes Quartal am 5. Oktober um 10 Uhr', 'absoluteMonthly 3, 5', '2026-10-05 10:00'],
  ['jedes Jahr am 3. Mai um 10 Uhr', 'absoluteYearly 1, 3, 5', '2027-05-03 10:00'],
  ['jeden Montag um 9 Uhr bis zum 3. März', 'weekly 1, 1, until 2027-03-03', '2026-09-21 09:00'],
  ['jeden Montag um 9 Uhr bis Jahresende', 'weekly 1, 1, until 2026-12-31'],
  ['jeden Montag um 9 Uhr bis Ende Oktober', 'weekly 1, 1, until 2026-10-31'],
  ['jeden Montag um 9 Uhr für 10 Wochen', 'weekly 1, 1, until 2026-11-29'],
  ['jeden Montag um 9 Uhr 10 Wochen lang', 'weekly 1, 1, until 2026-11-29'],
  ['jeden Montag um 9 Uhr, 10 mal', 'weekly 1, 1, times 10'],
];

const FRENCH: readonly Row[] = [
  ['tous les jours à 9h', 'daily 1', '2026-09-16 09:00'],
  ['tous les jours ouvrés à 9h', 'weekly 1, 1 2 3 4 5', '2026-09-16 09:00'],
  ['tous les lundis à 9h jusqu’en juin', 'weekly 1, 1, until 2027-06-30', '2026-09-21 09:00'],
  ['chaque lundi à 9h', 'weekly 1, 1', '2026-09-21 09:00'],
  ['tous les lundis et mercredis à 10h', 'weekly 1, 1 3', '2026-09-16 10:00'],
  ['un mardi sur deux à 15h', 'weekly 2, 2', '2026-09-15 15:00'],
  ['toutes les deux semaines le jeudi à 14h', 'weekly 2, 4', '2026-09-17 14:00'],
  ['tous les quinze jours le jeudi à 14h', 'weekly 2, 4', '2026-09-17 14:00'],
  ['le 15 de chaque mois à 11h', 'absoluteMonthly 1, 15', '2026-09-15 11:00'],
  ['le premier lundi de chaque mois à 10h', 'relativeMonthly 1, 1, first', '2026-10-05 10:00'],
  ['chaque dernier vendredi du mois à 16h', 'relativeMonthly 1, 5, last', '2026-09-25 16:00'],
  ['tous les ans le 3 mai à 10h', 'absoluteYearly 1, 3, 5', '2027-05-03 10:00'],
  ['tous les lundis à 9h jusqu’au 3 mars', 'weekly 1, 1, until 2027-03-03', '2026-09-21 09:00'],
  ['tous les lundis à 9h jusqu’à la fin de l’année', 'weekly 1, 1, until 2026-12-31'],
  ['tous les lundis à 9h pendant 10 semaines', 'weekly 1, 1, until 2026-11-29'],
  ['tous les lundis à 9h, 10 fois', 'weekly 1, 1, times 10'],
];

describe.each([
  ['en', ENGLISH],
  ['de', GERMAN],
  ['fr', FRENCH],
] as const)('a series in %s', (language, rows) => {
  test.each(rows)('%s: %s', (said = '', series, first) => {
    const text = said.replaceAll('’', "'");
    expect(told(text, at(language))).toBe(series);
    if (first !== undefined) expect(whenOf(text, at(language))).toBe(first);
  });
});

test('what is not known of the first day is left to it', () => {
  expect(recurrenceOf('every month', at('en'))?.pattern).toEqual({
    kind: 'absoluteMonthly',
    interval: 1,
    dayOfMonth: null,
  });
  expect(recurrenceOf('every week', at('en'))?.pattern).toEqual({ kind: 'weekly', interval: 1, days: [] });
});

test('an end before the first day is none', () => {
  expect(recurrenceOf('every Monday from 5 October 2026 9am until 1 October 2026', at('en'))?.end).toBe(null);
});
