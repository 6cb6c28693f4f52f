import { expect, test } from 'vitest';
import { AT_HAND, FRAME, readText } from './reading.ts';

const named = (...names: string[]) => names.map((name) => ({ kind: 'name', name }));

test.each([
  ['workshop am 11.12. 10 uhr mit gina chandra und dmitri', 'de-DE', ['gina', 'chandra', 'dmitri']],
  ['meet with gina chandra and dmitri tomorrow 3pm', 'en-GB', ['gina', 'chandra', 'dmitri']],
  ['réunion demain 15h avec gina chandra et dmitri', 'fr-FR', ['gina', 'chandra', 'dmitri']],
  ['treffen morgen 10 uhr mit priya tom sarah', 'de-DE', ['priya', 'tom', 'sarah']],
])('%s: given names in a row are as many people, which is shown first', (text, locale, names) => {
  const { command, way } = readText(text, { ...FRAME, locale });
  expect(command).toMatchObject({ kind: 'create', invitees: named(...names) });
  expect(way).toBe('draft');
});

test.each([
  ['réunion demain 15h avec Jean Luc Martin', 'fr-FR', ['Jean Luc Martin']],
  ['réunion demain 15h avec jean luc et gina', 'fr-FR', ['jean luc', 'gina']],
  ['Treffen morgen 10 Uhr mit Anna Maria', 'de-DE', ['Anna Maria']],
  ['treffen morgen 10 uhr mit kurt meier und gina', 'de-DE', ['kurt meier', 'gina']],
  ['sync with ada lovelace and ben tomorrow 3pm', 'en-GB', ['ada lovelace', 'ben']],
])('%s: the names of one person stay together', (text, locale, names) => {
  const { command, way } = readText(text, { ...FRAME, locale });
  expect(command).toMatchObject({ kind: 'create', invitees: named(...names) });
  expect(way).toBe('do');
});

test.each([
  ['sync with everyone tomorrow 3pm', 'en-GB'],
  ['meeting with the whole team tomorrow 3pm', 'en-GB'],
  ['Besprechung am Montag 14 Uhr mit dem ganzen Team', 'de-DE'],
  ['besprechung morgen 15 uhr mit allen', 'de-DE'],
  ['réunion demain 15h avec tout le monde', 'fr-FR'],
  ["réunion demain 15h avec toute l'équipe", 'fr-FR'],
])('%s: nobody is named, which the card says', (text, locale) => {
  const { command, way } = readText(text, { ...FRAME, locale });
  expect(command).toMatchObject({ kind: 'create', invitees: [], unmet: ['unnamed'] });
  expect(way).toBe('do');
});

test.each([
  ['Besprechung morgen 15 Uhr mit allen Entwicklern', 'de-DE', 'allen Entwicklern'],
  ['réunion demain 15h avec tous les chefs', 'fr-FR', 'tous les chefs'],
  ['lunch on fri 12-13, with everyone from the night shift', 'en-GB', 'everyone from the night shift'],
])('%s: a group that is called something is written down', (text, locale, name) => {
  const { command } = readText(text, { ...FRAME, locale });
  expect(command).toMatchObject({ invitees: named(name) });
  expect(command).not.toHaveProperty('unmet');
});

test('beside a change those whom nobody names are shown first', () => {
  const { command, way } = readText('an hour later with everyone', { ...FRAME, context: AT_HAND });
  expect(command).toMatchObject({ kind: 'reschedule', change: { shiftMinutes: 60 } });
  expect(command).not.toHaveProperty('change.invitees');
  expect(way).toBe('draft');
});

test.each([
  ['add the whole team', 'en-GB'],
  ['ajoute tout le monde', 'fr-FR'],
  ['remove him', 'en-GB'],
  ['ajoute', 'fr-FR'],
])('%s: who it is stays open, and no time is asked', (text, locale) => {
  const { command } = readText(text, { ...FRAME, locale, context: AT_HAND });
  expect(command).toMatchObject({ kind: 'reschedule', needs: [], change: { isWhoOpen: true } });
});

test.each([
  ['um 11 mit Gina je eine halbe Stunde', 'create'],
  ['die spätere auch eine halbe Stunde nach hinten', 'reschedule'],
])('%s: a word beside people is none of them', (text, kind) => {
  const { command } = readText(text, { ...FRAME, locale: 'de-DE', context: AT_HAND });
  expect(command.kind).toBe(kind);
  expect(JSON.stringify(command)).not.toMatch(/"name":"(?!Gina")/);
});
