import { expect, test } from 'vitest';
import { AT_HAND, FRAME, readText } from './reading.ts';

const named = (name: string) => [{ kind: 'name', name }];

test.each([
  ['replace Sam with Ola', 'en-GB', 'Sam', 'Ola'],
  ['swap Sam for Ola', 'en-GB', 'Sam', 'Ola'],
  ['invite Ola instead of Sam', 'en-GB', 'Sam', 'Ola'],
  ['mets Anne à la place de Luc', 'fr-FR', 'Luc', 'Anne'],
  ['remplace Luc par Anne', 'fr-FR', 'Luc', 'Anne'],
  ['Meera instead of Sam', 'en-GB', 'Sam', 'Meera'],
  ['Meera is coming instead of Sam', 'en-GB', 'Sam', 'Meera'],
  ['Sam out, Meera in', 'en-GB', 'Sam', 'Meera'],
  ['not Sam but Meera', 'en-GB', 'Sam', 'Meera'],
  ['Statt Sam bitte Miriam', 'de-DE', 'Sam', 'Miriam'],
  ['statt Sam kommt Miriam', 'de-DE', 'Sam', 'Miriam'],
  ['Sam raus, Miriam rein', 'de-DE', 'Sam', 'Miriam'],
  ['à la place de Sam, Miriam', 'fr-FR', 'Sam', 'Miriam'],
])('%s: one leaves, and the other comes', (text, locale, leaving, coming) => {
  const { command } = readText(text, { ...FRAME, locale, context: AT_HAND });
  const change = { leaving: named(leaving), invitees: named(coming) };
  expect(command).toMatchObject({ kind: 'reschedule', change });
});

test('somebody in the place of a person who is not named beside it is shown first', () => {
  const frame = { ...FRAME, locale: 'fr-FR', context: AT_HAND };
  expect(readText('Luc ne peut pas, mets Anne à la place', frame).way).toBe('draft');
});

test.each(["I'm having tea instead of coffee", 'Meera is coming instead of Ravi'])(
  '%s: nothing is done where whoever is to be replaced is no guest',
  (text) => expect(readText(text, { ...FRAME, context: AT_HAND }).way).not.toBe('do'),
);

test('what is told of a guest is shown first', () => {
  expect(readText('Meera is coming instead of Sam', { ...FRAME, context: AT_HAND }).way).toBe('draft');
});
