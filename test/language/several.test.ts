import { describe, expect, test } from 'vitest';
import { FRAME, readText } from './reading.ts';

/** The meetings of a message, one line each: when, how long, called what, with whom. */
function meetingsIn(text: string, locale = 'en-GB'): string[] {
  const { command, others = [], way } = readText(text, { ...FRAME, locale });
  if (command.kind !== 'create' || way !== 'draft') return [way];
  return [command, ...others].map(({ when, minutes, subject, invitees }) => {
    const people = invitees.map((one) => (one.kind === 'email' ? one.email : one.name));
    return [when?.start.toFormat('ccc HH:mm'), minutes, subject, people.join('+')].join(' ').trimEnd();
  });
}

describe('two hours, each with somebody or a name of its own, are two meetings', () => {
  test.each([
    ['tomorrow at 4 with Gina, at 5 with Kim', 'en-GB', ['Wed 16:00   Gina', 'Wed 17:00   Kim']],
    ['tomorrow at 6 with Gina, at 7 with Kim', 'en-GB', ['Wed 18:00   Gina', 'Wed 19:00   Kim']],
    [
      'standup friday 9am with Ben and review at 2pm with Kim',
      'en-GB',
      ['Fri 09:00  standup Ben', 'Fri 14:00  review Kim'],
    ],
    ['morgen um 4 mit gina, um 5 mit lena', 'de-DE', ['Wed 16:00   gina', 'Wed 17:00   lena']],
    [
      'am Freitag 9 Uhr Daily mit Ben und um 14 Uhr Review mit Lena',
      'de-DE',
      ['Fri 09:00  Daily Ben', 'Fri 14:00  Review Lena'],
    ],
    [
      'demain 9h point équipe avec Ada, à 14h avec Gina',
      'fr-FR',
      ['Wed 09:00  point équipe Ada', 'Wed 14:00  point équipe Gina'],
    ],
    [
      'friday 3pm budget with Ada and friday 10am retro with Ben',
      'en-GB',
      ['Fri 15:00  budget Ada', 'Fri 10:00  retro Ben'],
    ],
    ['vendredi à 10h avec Ada et à 11h avec Gina', 'fr-FR', ['Fri 10:00   Ada', 'Fri 11:00   Gina']],
  ])('%s', (text, locale, expected) => {
    expect(meetingsIn(text, locale)).toEqual(expected);
  });

  test.each(['tomorrow at 3pm and 4pm with Sam', 'tomorrow at 3pm or 4pm with Sam'])(
    'one that may be at two hours is asked about: %s',
    (text) => expect(meetingsIn(text)).toEqual(['ask']),
  );
});

describe('what stands with one of several meetings is of that one', () => {
  test.each([
    [
      'interview loop friday 10am, supplier call monday 2pm for 45 min, and lunch with Kim tuesday noon',
      'en-GB',
      ['Fri 10:00  interview loop', 'Mon 14:00 45 supplier call', 'Tue 12:00  lunch Kim'],
    ],
    [
      'standup friday 9am with Ben, recorded, and retro monday 4pm with Kim',
      'en-GB',
      ['Fri 09:00  standup Ben', 'Mon 16:00  retro Kim'],
    ],
    [
      'Kickoff Montag 9 Uhr und Retro Dienstag 10 Uhr mit Lena 45 Minuten',
      'de-DE',
      ['Mon 09:00  Kickoff', 'Tue 10:00 45 Retro Lena'],
    ],
    [
      'vendredi 9h30 comité budget 2h et lundi 11h entretien avec Léa',
      'fr-FR',
      ['Fri 09:30 120 comité budget', 'Mon 11:00   Léa'],
    ],
    [
      'Friday 9am with Ben and Gina, Monday 10am with Ada and Kim',
      'en-GB',
      ['Fri 09:00   Ben+Gina', 'Mon 10:00   Ada+Kim'],
    ],
  ])('%s', (text, locale, expected) => {
    expect(meetingsIn(text, locale)).toEqual(expected);
  });

  test('a name of one of them is no word that is doubted', () => {
    const { doubts } = readText('demo friday 11am for 45 min with Ben, and launch monday 2pm with Kim');
    expect(doubts).toEqual([]);
  });
});

describe('what is said of all of them is of all', () => {
  test.each([
    [
      'kickoff friday 9am and review monday 10am, 45 minutes each',
      'en-GB',
      ['Fri 09:00 45 kickoff', 'Mon 10:00 45 review'],
    ],
    [
      'with Ben: kickoff friday 9am, review monday 10am',
      'en-GB',
      ['Fri 09:00  kickoff Ben', 'Mon 10:00  review Ben'],
    ],
    [
      'um 9 mit Dmitri und um 11 mit Gina je ne halbe Stunde',
      'de-DE',
      ['Wed 09:00 30  Dmitri', 'Wed 11:00 30  Gina'],
    ],
    [
      'vendredi 9h et lundi 10h avec Ada, une heure chacune',
      'fr-FR',
      ['Fri 09:00 60  Ada', 'Mon 10:00 60  Ada'],
    ],
    [
      'standup fri 9am and mon 10am, all 45 minutes',
      'en-GB',
      ['Fri 09:00 45 standup', 'Mon 10:00 45 standup'],
    ],
  ])('%s', (text, locale, expected) => {
    expect(meetingsIn(text, locale)).toEqual(expected);
  });
});
