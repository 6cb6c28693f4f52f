import { expect, test } from 'vitest';
import { parseText } from './reading.ts';

const which = { subject: null, start: null, day: null, people: [] };

test.each([
  ['', { kind: 'none', why: 'empty' }],
  ['   ', { kind: 'none', why: 'empty' }],
  ['hi', { kind: 'none', why: 'greeting' }],
  ['Good morning!', { kind: 'none', why: 'greeting' }],
  ['thanks a lot', { kind: 'none', why: 'thanks' }],
  ['the meeting yesterday was great', { kind: 'none', why: 'statement' }],
  ['I was in a workshop from 2 to 4', { kind: 'none', why: 'statement' }],
  ['remind me to water the ferns at 5pm', { kind: 'none', why: 'statement' }],
  ['purple elephants', { kind: 'none', why: 'unknown' }],
  ['help', { kind: 'help' }],
  ['how does this work?', { kind: 'help' }],
  ['list my meetings', { kind: 'list' }],
  ['sign in', { kind: 'signin' }],
  ['log me out and forget my data', { kind: 'signout' }],
  ['settings', { kind: 'settings', change: null }],
  ['set my time zone to Berlin', { kind: 'settings', change: { zone: 'Europe/Berlin' } }],
  ['my time zone is America/New_York', { kind: 'settings', change: { zone: 'America/New_York' } }],
  ['set my time zone to UTC-5', { kind: 'settings', change: { zone: 'Etc/GMT+5' } }],
  ['set my time zone to GMT+2', { kind: 'settings', change: { zone: 'Etc/GMT-2' } }],
  ['my time zone is UTC+5', { kind: 'settings', change: { zone: 'Etc/GMT-5' } }],
  ['set my time zone to UTC+5:30', { kind: 'settings', change: { isCityNeeded: true } }],
  ['change my timezone to utc +0530.', { kind: 'settings', change: { isCityNeeded: true } }],
  ['set my time zone to UTC+15', { kind: 'settings', change: { isCityNeeded: true } }],
  ['my meetings are 25 minutes', { kind: 'settings', change: { minutes: 25 } }],
  ['invitations in French please', { kind: 'settings', change: { language: 'fr' } }],
  ['reset my settings', { kind: 'settings', change: { reset: true } }],
  ['cancel', { kind: 'cancel', which }],
  ['cancel the hamper orders meeting', { kind: 'cancel', which: { ...which, subject: 'hamper orders' } }],
  [
    "delete tomorrow's standup",
    { kind: 'cancel', which: { ...which, subject: 'standup', day: '2026-09-16' } },
  ],
  [
    'cancel my call with <at>Ana</at>',
    { kind: 'cancel', which: { ...which, people: [{ kind: 'mention', name: 'Ana', id: null }] } },
  ],
  ['new link for Q3', { kind: 'renew', which: { ...which, subject: 'Q3' } }],
  ['renew the link for the board meeting', { kind: 'renew', which: { ...which, subject: 'board' } }],
])('%s', (text, command) => {
  expect(parseText(text)).toEqual(command);
});

test.each([
  ['move the roofing call to 5pm', { subject: 'roofing' }, { clock: '17:00', day: null, when: null }],
  [
    'reschedule the design review to next Tuesday',
    { subject: 'design review' },
    { day: '2026-09-22', clock: null },
  ],
  [
    'push monday’s postmortem back by an hour',
    { subject: 'postmortem', day: '2026-09-21' },
    { shiftMinutes: 60 },
  ],
  ['bring the review forward by half an hour', { subject: 'review' }, { shiftMinutes: -30 }],
  ['make it 4pm instead', { subject: null }, { clock: '16:00' }],
  ['change the demo to 45 minutes', { subject: 'demo' }, { minutes: 45 }],
  ['extend the demo by 15 min', { subject: 'demo' }, { extendMinutes: 15 }],
  ['rename the demo to UX review', { subject: 'demo' }, { subject: 'UX review' }],
])('%s', (text, which, change) => {
  expect(parseText(text)).toMatchObject({ kind: 'reschedule', which, change });
});

test.each(['move the demo to 9am', 'make it 09:30', 'change the demo to 8am'])(
  '“%s”, a clock that has just gone by, is not asked: the meeting has a day of its own',
  (text) => expect(parseText(text)).toMatchObject({ kind: 'reschedule', needs: [] }),
);

test('a move without a time asks for one', () => {
  expect(parseText('move the demo')).toMatchObject({ kind: 'reschedule', needs: ['time'] });
});

test.each([
  'shift handover 9am tomorrow',
  'push notifications review tomorrow 3pm',
  'move planning monday 10am',
  'cancellation policy review tomorrow 3pm',
  'drop-in session tomorrow 3pm',
  'help desk review tomorrow 3pm',
  'phone call with supplier 4pm',
  'welcome session tomorrow 2pm',
])('a noun and no order: %s', (text) => {
  expect(parseText(text).kind).toBe('create');
});
