import { expect, test } from 'vitest';
import type { Command } from '../../bot/language/command.ts';
import { AT_HAND, FRAME, readText } from './reading.ts';

const detailsOf = (text: string) => {
  const { command } = readText(text, { ...FRAME, context: AT_HAND });
  return command.kind === 'show' ? command.details : command.kind;
};

test.each<[string, readonly string[]]>([
  ['what’s the link?', ['link']],
  ['link and passcode please', ['link', 'passcode']],
  ['whats the passcode', ['passcode']],
  ['who’s coming to Q3', ['people']],
  ['how long is it', ['length']],
  ['show me the Q3 meeting', []],
  ['qui vient ?', ['people']],
  ['is Kim invited?', ['people']],
  ['who is in', ['people']],
  ['who all are coming', ['people']],
  ['who’s it with?', ['people']],
  ['wer ist da alles dabei?', ['people']],
  ['ist Kim eingeladen?', ['people']],
  ['mit wem ist das', ['people']],
  ['c’est avec qui ?', ['people']],
  ['il y a qui ?', ['people']],
  ['is it recorded?', ['record']],
  ['qui vient à la démo ?', ['people']],
  ['show me the London office meeting', []],
  ['who is coming from Tokyo?', ['people']],
  ['is there a lobby?', ['lobby']],
  ['does it have a passcode?', ['passcode']],
  ['when is it in Kolkata?', ['when']],
])('“%s” asks for that, and no more', (text, details) => {
  expect(detailsOf(text)).toEqual(details);
});

test.each(['who’s invited to the wednesday one?', 'what’s the link for the wednesday one'])(
  '“%s” is about a meeting of that day, at whatever hour',
  (text) => {
    const { command } = readText(text, { ...FRAME, context: AT_HAND });
    expect(command).toMatchObject({ kind: 'show', which: { day: '2026-09-16', start: null } });
  },
);

test.each<[string, Partial<Extract<Command, { kind: 'confirm' }>>]>([
  ['ok', { isNod: true, deed: null }],
  ['👍', { isNod: true }],
  ['yes', { isNod: false, deed: null }],
  ['go ahead', { isNod: false }],
  ['create it', { deed: 'create' }],
  ['yes, cancel it', { deed: 'cancel' }],
  ['alles klar', { isNod: true }],
  ["d'accord", { isNod: true }],
])('“%s” is a yes of its kind', (text, yes) => {
  const context = { open: { kind: 'confirm' as const }, focus: null, meetings: [] };
  expect(readText(text, { ...FRAME, context }).command).toMatchObject({ kind: 'confirm', ...yes });
});

test.each([
  ['can external people join?', 'outsiders'],
  ['can externals join?', 'outsiders'],
  ['can guests organise meetings?', undefined],
  ['is Ben free then?', 'free'],
  ['I emailed the invite to Lee yesterday', undefined],
  ['meeting tomorrow 3pm about reminders', undefined],
])('“%s” asks: %s', (text, question) => {
  expect(readText(text).question).toBe(question);
});
