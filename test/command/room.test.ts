import { expect, test } from 'vitest';
import { createOf, nameOf, parseText } from './reading.ts';

test.each<[string, string | null]>([
  ['our standup room', 'standup room'],
  ['the design room', 'design room'],
  ['standup room link', 'standup room'],
  ['link for our standup room', 'standup room'],
  ['link for the platform team room', 'platform team room'],
  ['what’s the link of our standup room?', 'standup room'],
  ['where is the standup room?', 'standup room'],
  ['same link as last time for the standup', 'standup'],
  ['same link as always', null],
  ['create a room for the platform team', 'platform team'],
  ['give me a permanent room called War room', 'War room'],
  ['permanent link for the retro', 'retro'],
  ['my room', null],
])('%s: a room called %s, without a time', (text, name) => {
  expect(createOf(text)).toMatchObject({ mode: 'room', subject: name, when: null, needs: [] });
});

test('people, options and a time do not hide a room', () => {
  const { mode, subject, options, invitees, when } = createOf(
    'our standup room tomorrow 9am with <at>Sam</at>, no lobby',
  );
  expect([mode, subject, options]).toEqual(['room', 'standup room', { lobby: 'everyone' }]);
  expect(invitees.map(nameOf)).toEqual(['Sam']);
  expect(when?.start.toISO()).toContain('2026-09-16T09:00');
});

test('a room every Monday is the room: it is there each time', () => {
  expect(createOf('our standup room every monday at 9am')).toMatchObject({ mode: 'room', needs: [] });
});

test.each([
  ['scheduled', 'meeting tomorrow 3pm in the design room'],
  ['scheduled', 'the standup room tomorrow 3pm'],
  ['scheduled', 'room booking review tomorrow 3pm'],
])('%s: %s', (mode, text) => {
  expect(createOf(text).mode).toBe(mode);
});

test.each([
  'the design room is free',
  'room 5.12 is free',
  'is the design room free tomorrow?',
  'room for improvement',
])('no room is meant: %s', (text) => {
  expect(parseText(text).kind).toBe('none');
});

test.each(['I cannot join the room', 'nobody is in the room', 'lock the design room', 'leave the room'])(
  '%s: no room is opened for it',
  (text) => {
    expect(parseText(text).kind).toBe('none');
  },
);
