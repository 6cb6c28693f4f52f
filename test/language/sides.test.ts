import { expect, test } from 'vitest';
import { AT_HAND, FRAME, readText } from './reading.ts';

const named = (...names: string[]) => names.map((name) => ({ kind: 'name', name }));
const at = (locale: string) => ({ ...FRAME, locale, context: AT_HAND });
const changeOf = (text: string, locale: string) => {
  const { command } = readText(text, at(locale));
  return command.kind === 'reschedule' ? command.change : null;
};

test.each([
  ['drop Sam, add Ola instead', 'en-GB', ['Ola'], ['Sam']],
  ['remove Sam and invite Ola and Meera', 'en-GB', ['Ola', 'Meera'], ['Sam']],
  ['add Ola, drop Sam', 'en-GB', ['Ola'], ['Sam']],
  ['take Sam off and put Ola on', 'en-GB', ['Ola'], ['Sam']],
  ['without Sam but with Ola', 'en-GB', ['Ola'], ['Sam']],
  ['ola rein, sam raus', 'de-DE', ['ola'], ['sam']],
  ['nimm Sam raus und Miriam rein', 'de-DE', ['Miriam'], ['Sam']],
  ['füg Miriam hinzu und lade Sam aus', 'de-DE', ['Miriam'], ['Sam']],
  ['retire Sam et ajoute Anne', 'fr-FR', ['Anne'], ['Sam']],
  ['remets Anne et retire Sam', 'fr-FR', ['Anne'], ['Sam']],
  ['enlève Sam, invite plutôt Anne', 'fr-FR', ['Anne'], ['Sam']],
])('%s: each is of the nearest word for coming or leaving', (text, locale, coming, leaving) => {
  expect(changeOf(text, locale)).toMatchObject({ invitees: named(...coming), leaving: named(...leaving) });
});

test.each([
  ['add Ola and Meera but not Sam', 'en-GB', ['Ola', 'Meera'], 'Sam'],
  ['invite Ola, not Sam', 'en-GB', ['Ola'], 'Sam'],
  ['lad noch Miriam ein, aber nicht Sam', 'de-DE', ['Miriam'], 'Sam'],
  ['ajoute Anne et Luc mais pas Kim', 'fr-FR', ['Anne', 'Luc'], 'Kim'],
])('%s: who is refused does not come', (text, locale, coming, leaving) => {
  expect(changeOf(text, locale)).toMatchObject({ invitees: named(...coming), leaving: named(leaving) });
});

test.each([
  ['move it 30 mins later and remove Sam', 'en-GB', { shiftMinutes: 30 }],
  ['10:30 is better and without Sam', 'en-GB', { clock: '10:30' }],
  ['an hour later and drop Sam', 'en-GB', { shiftMinutes: 60 }],
  ['make it 45 min and take Sam off', 'en-GB', { minutes: 45 }],
  ['schieb es auf 15 Uhr und lad Sam aus', 'de-DE', { clock: '15:00' }],
  ['eine Stunde später und ohne Sam', 'de-DE', { shiftMinutes: 60 }],
  ["décale d'une heure et sans Sam", 'fr-FR', { shiftMinutes: 60 }],
])('%s: the time is another one, and who is said to leave does', (text, locale, time) => {
  const change = changeOf(text, locale);
  expect(change).toMatchObject({ ...time, leaving: named('Sam') });
  expect(change).not.toHaveProperty('invitees');
});

test.each([
  ['all hands tomorrow 3pm with Ola and Meera but not Sam', 'en-GB', ['Ola', 'Meera']],
  ['team sync tomorrow 3pm without Sam', 'en-GB', []],
  ['Besprechung morgen 15 Uhr mit Miriam, aber ohne Sam', 'de-DE', ['Miriam']],
  ['réunion demain 15h avec Anne mais sans Sam', 'fr-FR', ['Anne']],
])('%s: who is not to come is not invited', (text, locale, invitees) => {
  const { command } = readText(text, { ...FRAME, locale });
  expect(command).toMatchObject({ kind: 'create', invitees: named(...invitees) });
});

test.each([
  ["Sam can't make it", 'en-GB'],
  ["Sam can't make it, take him out", 'en-GB'],
  ['Sam kann nicht', 'de-DE'],
  ['Sam ne peut pas venir', 'fr-FR'],
  ['Sam is ill, take him off', 'en-GB'],
  ['Sam ist krank, nimm ihn raus', 'de-DE'],
])('%s: a guest of the meeting at hand may be meant to leave, which is shown first', (text, locale) => {
  expect(changeOf(text, locale)).toMatchObject({ leaving: named('Sam') });
  expect(readText(text, at(locale)).way).toBe('draft');
});

test.each([
  ["don't invite Sam", 'en-GB', 'Sam'],
  ["n'invite pas Lee", 'fr-FR', 'Lee'],
])('%s: a guest who is not to be invited is to leave, and no setting is meant', (text, locale, leaving) => {
  expect(changeOf(text, locale)).toMatchObject({ leaving: named(leaving) });
});

test.each(["don't drop Sam", "n'enlève pas Sam"])('%s: who is not to leave stays', (text) => {
  const locale = text.startsWith('n') ? 'fr-FR' : 'en-GB';
  expect(readText(text, at(locale)).command.kind).toBe('decline');
});

test.each(["Meera can't make it", 'nah leave out the cake', 'Sam is out tomorrow'])(
  '%s: what is told of others is not done',
  (text) => expect(readText(text, at('en-GB')).way).not.toBe('do'),
);

test.each(["Sam can't make it, move it to 3pm", 'make it 3pm, Sam is in another meeting'])(
  '%s: who cannot come then may come at another time',
  (text) => {
    expect(changeOf(text, 'en-GB')).toMatchObject({ clock: '15:00' });
    expect(changeOf(text, 'en-GB')).not.toHaveProperty('leaving');
  },
);

test.each([
  ['team sync tomorrow 3pm without Sam', 'create'],
  ['add Head of Sales and Sam', 'reschedule'],
])('%s: a word for leaving makes no other wish of it', (text, kind) => {
  expect(readText(text, at('en-GB')).command.kind).toBe(kind);
});
