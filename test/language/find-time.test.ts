import type { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import type { FindTimeCommand, Invitee } from '../../bot/language/command.ts';
import { FRAME, readText } from './reading.ts';

// Tuesday 15 September 2026, 09:40.

const SHORT = 'dd HH:mm';
const nameOf = (one: Invitee) => (one.kind === 'email' ? one.email : one.name);
const span = (from: DateTime, to: DateTime | null) =>
  `${from.toFormat(SHORT)}${to === null ? '' : ` – ${to.toFormat(SHORT)}`}`;

/** "Sam, 30 min, in 21 00:00 – 28 00:00": whom, how long, where in the calendar. */
function told({ people, minutes, window, part, at, subject, isGroup }: FindTimeCommand): string {
  return [
    ...people.map(nameOf),
    ...(isGroup ? ['all'] : []),
    ...(minutes === null ? [] : [`${minutes} min`]),
    ...(window ? [`in ${span(window.from, window.to)}`] : []),
    ...(part === null ? [] : [part]),
    ...(at ? [`at ${span(at.start, at.end)}`] : []),
    ...(subject === null ? [] : [`“${subject}”`]),
  ].join(', ');
}

const found = (text: string, locale: string) => {
  const { command } = readText(text, { ...FRAME, locale });
  return command.kind === 'findtime' ? told(command) : `a ${command.kind}`;
};

describe('a time that is looked for: with whom, how long, and where in the calendar', () => {
  test.each([
    [
      'find 30 minutes with Sam and lee@contoso.com next week',
      'Sam, lee@contoso.com, 30 min, in 21 00:00 – 28 00:00',
    ],
    ['find an hour with Priya next week in the mornings', 'Priya, 60 min, in 21 00:00 – 28 00:00, morning'],
    ['find 30 minutes with Sam this week', 'Sam, 30 min, in 15 09:40 – 21 00:00'],
    ['find 45 minutes with Sam tomorrow afternoon', 'Sam, 45 min, in 16 12:00 – 16 18:00, afternoon'],
    ['find 30 minutes with Sam between Monday and Wednesday', 'Sam, 30 min, in 21 00:00 – 24 00:00'],
    ['find 30 minutes with Sam tomorrow between 1 and 5pm', 'Sam, 30 min, in 16 13:00 – 16 17:00'],
    ['find 30 minutes with Sam before Friday', 'Sam, 30 min, in 15 09:40 – 18 00:00'],
    ['find 30 minutes with Sam by Friday', 'Sam, 30 min, in 15 09:40 – 19 00:00'],
    ['find 30 minutes with Sam next month', 'Sam, 30 min, in 01 00:00 – 01 00:00'],
    ['find 30 minutes with Sam today', 'Sam, 30 min, in 15 09:40 – 16 00:00'],
    [
      'suggest a time for the budget review with Sam next week',
      'Sam, in 21 00:00 – 28 00:00, “budget review”',
    ],
    ['when can Ana and Sam meet on Friday', 'Ana, Sam, in 18 00:00 – 19 00:00'],
    ['when are we all free tomorrow afternoon', 'all, in 16 12:00 – 16 18:00, afternoon'],
    ['when is everyone free on Friday?', 'all, in 18 00:00 – 19 00:00'],
    ['is Ben free at 3?', 'Ben, at 15 15:00'],
    ['is Ben free tomorrow at 3pm for 45 minutes?', 'Ben, 45 min, at 16 15:00 – 16 15:45'],
    ['is Ben free tomorrow from 3 to 4pm?', 'Ben, at 16 15:00 – 16 16:00'],
  ])('%s', (text, expected) => {
    expect(found(text, 'en-GB')).toBe(expected);
  });

  test.each([
    ['finde 30 Minuten mit Jana nächste Woche', 'Jana, 30 min, in 21 00:00 – 28 00:00'],
    ['finde nächste Woche eine Stunde mit Jana vormittags', 'Jana, 60 min, in 21 00:00 – 28 00:00, morning'],
    ['ist Jana um 15 Uhr frei?', 'Jana, at 15 15:00'],
    ['wann haben wir alle morgen Nachmittag Zeit?', 'all, in 16 12:00 – 16 18:00, afternoon'],
  ])('%s', (text, expected) => {
    expect(found(text, 'de-DE')).toBe(expected);
  });

  test.each([
    ['trouve 30 minutes avec Léa la semaine prochaine', 'Léa, 30 min, in 21 00:00 – 28 00:00'],
    ['est-ce que Léa est libre à 15h ?', 'Léa, at 15 15:00'],
    ['quand sommes-nous tous libres demain après-midi ?', 'all, in 16 12:00 – 16 18:00, afternoon'],
  ])('%s', (text, expected) => {
    expect(found(text, 'fr-FR')).toBe(expected);
  });
});

test.each([
  ['is the room free?', 'en-GB'],
  ['is the room free at 3?', 'en-GB'],
  ['are you free at 3?', 'en-GB'],
  ['Sam is free at 3', 'en-GB'],
  ['ist der Raum frei?', 'de-DE'],
  ['bist du um 15 Uhr frei?', 'de-DE'],
  ['la salle est libre ?', 'fr-FR'],
  ['tu es libre à 15h ?', 'fr-FR'],
])('nobody’s calendar is meant: %s', (text, locale) => {
  expect(readText(text, { ...FRAME, locale }).command.kind).toBe('none');
});
