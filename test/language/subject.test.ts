import { expect, test } from 'vitest';
import { FRAME, readText } from './reading.ts';

test.each([
  [
    "Good day, I ask for meeting on Wednesday at 15:00 o'clock with <at>Marta</at>, theme: new packaging line",
    'en-GB',
    'new packaging line',
  ],
  ['reserve Teams for us on 20 May 12:00-13:00, matter is sauna renovation', 'en-GB', 'sauna renovation'],
  [
    'Please schedule a review with <at>Marta</at> on Thursday at 5pm on the subject of shrinkage',
    'en-GB',
    'shrinkage',
  ],
  [
    'Pl. book teams call with <at>Marta</at> tomorrow 3 to 4pm sub: toolroom capacity',
    'en-GB',
    'toolroom capacity',
  ],
  ['Sitzung am Freitag um 13:30 Uhr. Thema wäre die Vernehmlassung.', 'de-CH', 'Vernehmlassung'],
  ['Réunion lundi 13h avec <at>Gaëtan</at> ? ce serait pour le robot de traite', 'fr-FR', 'robot de traite'],
])('words that say what a meeting is about open its subject: %s', (text, locale, subject) => {
  expect(readText(text, { ...FRAME, locale }).command).toMatchObject({ kind: 'create', subject });
});

test.each([
  ['réunion demain 15h sur le euh le planning des livraisons', 'fr-FR', 'planning des livraisons'],
  [
    'ich bräuchte am samstag um neun eine besprechung mit bernd ja wegen der reparatur danke',
    'de-DE',
    'reparatur',
  ],
  ["call with Sundeep tomorrow 10:30am re: PO 1845 (he's at the dock, I'll be in late)", 'en-GB', 'PO 1845'],
  [
    'am Freitag 11.00 bis 11.45 Uhr eine Sitzung zur Offerte Dachsanierung erfassen. Merci',
    'de-CH',
    'Offerte Dachsanierung',
  ],
  [
    'please put "Title sequence notes" on the calendar with Anders, Thursday 4:30-5:15pm',
    'en-GB',
    'Title sequence notes',
  ],
  ['Please schedule "Lab refresher" for all chemists tomorrow at 10am', 'en-GB', 'Lab refresher'],
  ['2:30pm Sunday 8 November failover drill', 'en-GB', 'failover drill'],
  ['call with Joe tomorrow 5pm, the topic is you know festival cover', 'en-GB', 'festival cover'],
  ['Thursday 14:00 release readiness @ <at>Kavya Menon</at>', 'en-GB', 'release readiness'],
  ['am 5. um 14 uhr Besichtigung Filiale Nord per Teams', 'de-DE', 'Besichtigung Filiale Nord'],
  ['Pouvez-vous prévoir le webinaire « Impôt des OBNL » jeudi de 12 h à 13 h ?', 'fr-CA', 'Impôt des OBNL'],
])('a subject has nothing beside it that is not its name: %s', (text, locale, subject) => {
  expect(readText(text, { ...FRAME, locale }).command).toMatchObject({ kind: 'create', subject });
});

test('somebody who is mentioned in a subject has a name there', () => {
  const frame = { ...FRAME, locale: 'fr-FR' };
  expect(
    readText('entretien annuel de <at>Bérénice Caron</at> mardi prochain 15h30', frame).command,
  ).toMatchObject({ subject: 'entretien annuel de Bérénice Caron' });
});

test('an hour with its minutes beside a day is no part of a name, and "call" alone is none', () => {
  const frame = { ...FRAME, locale: 'de-DE' };
  const { command } = readText('call 1430 heute mit holger', frame);
  expect(command).toMatchObject({ kind: 'create', subject: null, clock: '14:30', needs: [] });
});

test.each(['1 on 1 with Ben tomorrow at 11', 'schedule a 1 on 1 with Gina for friday 3pm'])(
  '%s: its numbers are no time',
  (text) => {
    expect(readText(text)).toMatchObject({ command: { subject: '1 on 1' }, way: 'do' });
  },
);
