import { expect, test } from 'vitest';
import type { Invitee } from '../../bot/language/command.ts';
import { FRAME, readText } from './reading.ts';

const nameOf = (one: Invitee) => (one.kind === 'email' ? one.email : one.name);

function created(text: string, locale: string) {
  const { command } = readText(text, { ...FRAME, locale });
  if (command.kind !== 'create') throw new Error(`${text} was read as ${command.kind}`);
  return { subject: command.subject, guests: command.invitees.map(nameOf) };
}

test.each([
  ['call tomorrow 3pm w Dave n Kev', 'en-GB', ['Dave', 'Kev']],
  ['réunion demain 15h avec Steeve pis Chantal', 'fr-CA', ['Steeve', 'Chantal']],
])('a short "and" stands between two people: %s', (text, locale, guests) => {
  expect(created(text, locale).guests).toEqual(guests);
});

test.each([
  ['book a call tomorrow at 4pm with the ward team it is about the rota', 'en-GB', ['ward team'], 'rota'],
  ['start a meeting now with dev and aisha the server room is dripping', 'en-GB', ['dev', 'aisha']],
  ['I want do a call tomorrow at 9 with Anna, we must speak about holidays', 'en-GB', ['Anna'], 'holidays'],
  ['mach morgen 14 uhr eine runde mit timo und elif, die wollen reden', 'de-DE', ['timo', 'elif']],
  ['il faudrait une réunion demain à 9h avec Bernard rapport à la moissonneuse', 'fr-FR', ['Bernard']],
])('people end where a clause begins: %s', (text, locale, guests, subject?: string) => {
  const read = created(text, locale);
  expect(read.guests).toEqual(guests);
  if (subject !== undefined) expect(read.subject).toBe(subject);
});

test('the full stop of a short form ends no name', () => {
  const text =
    'Hello, may I have a video meeting with Dr. Pelletier on the first Monday of next month at 1 p.m.? The topic is the ultrasound schedule. Thanks kindly.';
  expect(created(text, 'en-GB')).toEqual({ subject: 'ultrasound schedule', guests: ['Dr. Pelletier'] });
});

test.each([
  ['call tomorrow 3pm w/ Mrs Achebe, probate', ['Mrs Achebe'], 'probate'],
  ['setup call 7:30pm fri w/ Brent, tile order', ['Brent'], 'tile order'],
  ['call tomorrow 3pm with sam, xiomara', ['sam', 'xiomara'], null],
])('words behind a comma that name nobody are the topic: %s', (text, guests, subject) => {
  expect(created(text, 'en-US')).toEqual({ subject, guests });
});

test.each([
  ['Sir, please fix one meeting on Monday at 9:30 with accounts', 'en-IN', ['accounts']],
  [
    'Could you book the following? Subject: Claims triage. Date: Wednesday 7 October 2026. Time: 15:00–16:00. Thanks, Aoife',
    'en-GB',
    [],
  ],
  ['pls schedule: Topic: Pen test, Friday 25/9, 11:00 AM, 1 hr\nthx -- Jun', 'en-GB', []],
])('nobody is invited who is only spoken to or who signs: %s', (text, locale, guests) => {
  expect(created(text, locale).guests).toEqual(guests);
});

test.each([
  ['Verkostung, Dienstag, 15 Uhr, mit Sous-Chef Dominik, ca. 40 Minuten', 'de-AT', ['Sous-Chef Dominik']],
  ['Call mit Kunde Raab (Tel. 0511 1630-20) am 6.10. um 15:45 anlegen', 'de-DE', ['Kunde Raab']],
  ['morgen um elf was mit dem torben reinstellen wegen der kühlanlage', 'de-DE', ['torben']],
  [
    'let us do monday from nine to nine thirty a m with the roofing folks comma subject is hail',
    'en-US',
    ['roofing folks'],
  ],
])('nothing but the name of a guest is one: %s', (text, locale, guests) => {
  expect(created(text, locale).guests).toEqual(guests);
});

test.each([
  ['book a call with him tomorrow 3pm', 'en-GB'],
  ['Termin mit ihm morgen um 15 Uhr', 'de-DE'],
  ['réunion avec lui demain à 15h', 'fr-FR'],
])('nobody is called by a pronoun, and who was meant is not passed over: %s', (text, locale) => {
  expect(created(text, locale).guests).toEqual([]);
  expect(readText(text, { ...FRAME, locale }).way).toBe('draft');
});

test('people are called as they were written, also by where they belong', () => {
  const text = 'call tomorrow 3pm with Tom from Marketing and Tom from Legal about the brochure';
  expect(created(text, 'en-GB').guests).toEqual(['Tom from Marketing', 'Tom from Legal']);
});

test.each([
  ['réunion jeudi 15h avec Ben', ['Ben']],
  ['appel demain 10h avec ben et Ada', ['ben', 'Ada']],
  ['réunion jeudi 15h avec Ada donc', ['Ada']],
])('%s: a name that is a small word of the language is a name where it stands alone', (text, names) => {
  expect(readText(text, { ...FRAME, locale: 'fr-FR' }).command).toMatchObject({
    invitees: names.map((name) => ({ name })),
  });
});
