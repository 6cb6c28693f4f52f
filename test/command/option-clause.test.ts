import { expect, test } from 'vitest';
import type { Options } from '../../bot/command/command.ts';
import { createOf } from './reading.ts';

test.each<[string, Options]>([
  ["please make sure it's recorded", { record: true }],
  ['pls record', { record: true }],
  ['have it recorded', { record: true }],
  ['please help to record', { record: true }],
  ['no need to record it', { record: false }],
  ['transcribe pls', { transcribe: true }],
  ['transcript needed', { transcribe: true }],
  ['we need it recorded and transcribed', { record: true, transcribe: true }],
  ['no need of passcode', { passcode: false }],
  ['put a passcode on it', { passcode: true }],
  ['e2e encrypted, passcode too', { encrypted: true, passcode: true }],
  ['Encrypt it.', { encrypted: true }],
  ['chat stays on', { chat: 'enabled' }],
  ['chat: off', { chat: 'disabled' }],
  ['with chat only during the meeting', { chat: 'limited' }],
  ['chat allowed only in the meeting', { chat: 'limited' }],
  ['let people turn their cameras on and unmute', { camera: true, mic: true }],
  ['nobody waits in the lobby', { lobby: 'everyone' }],
  ["guests shouldn't have to wait in the lobby", { lobby: 'everyone' }],
  ['everyone waits in the lobby', { lobby: 'organizer' }],
  ['only externals wait in the lobby', { lobby: 'organization' }],
  ['only the people I invite get past the lobby', { lobby: 'invited' }],
  ['let only me in without the lobby', { lobby: 'organizer' }],
  ['nobody but me should be able to present', { presenters: 'organizer' }],
  ["record but don't transcribe", { record: true, transcribe: false }],
  ['recorded with no passcode', { record: true, passcode: false }],
  ['nobody can record', { record: false }],
  ["I'll be the only one presenting", { presenters: 'organizer' }],
  ['let people use their mic and camera', { mic: true, camera: true }],
  ['the meeting will be in French', { language: 'fr' }],
  ['Arabic as the spoken language', { language: 'ar' }],
])('%j is an option behind a time', (clause, options) => {
  expect(createOf(`tomorrow 3pm roof, ${clause}`)).toMatchObject({ subject: 'roof', options, needs: [] });
});

test.each([
  // Another word makes it something else.
  'tomorrow 3pm roof, record sales',
  'tomorrow 3pm roof, lobby refurbishment',
  'tomorrow 3pm roof and encryption keys',
  'tomorrow 3pm roof, chat bots',
  'tomorrow 3pm roof, passcode policy',
  'tomorrow 3pm about the lobby',
  'tomorrow 3pm, present and future',
  'tomorrow 3pm roof, everyone must be present',
  'tomorrow 3pm roof, all present please',
])('%j asks for no option', (text) => {
  expect(createOf(text).options).toEqual({});
});

test.each<[string, string, Options]>([
  ['tomorrow 3pm about Q3 encrypted', 'Q3', { encrypted: true }],
  ['tomorrow 3pm about Q3 record it', 'Q3', { record: true }],
  ['tomorrow 3pm about how to record it', 'how to record it', {}],
  ['tomorrow 3pm about why the disk is encrypted', 'why the disk is encrypted', {}],
])('%j: the last words of a subject are not missed', (text, subject, options) => {
  expect(createOf(text)).toMatchObject({ subject, options });
});

test('a clause of 400 words of options is read in one go', () => {
  const text = `tomorrow 3pm roof, ${'please make sure it is all '.repeat(60)}recorded`;
  expect(createOf(text).when).not.toBeNull();
});
