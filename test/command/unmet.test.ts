import { expect, test } from 'vitest';
import type { Unmet } from '../../bot/command/command.ts';
import { createOf, nameOf, whenOf } from './reading.ts';

test.each<[string, readonly Unmet[], { subject?: string | null; guests?: string[]; options?: object }]>([
  ['live event tomorrow 3pm about launch', ['event'], { subject: 'launch' }],
  ['webinar tomorrow 3pm', ['event'], { subject: 'webinar' }],
  ['product launch webinar tomorrow 3pm', ['event'], { subject: 'product launch webinar' }],
  ['schedule a town hall for tomorrow 3pm', ['event'], {}],
  ['weekly standup tomorrow 3pm', ['recurrence'], { subject: 'weekly standup' }],
  ['meeting tomorrow 3pm passcode 1234', ['passcode'], { subject: null, options: { passcode: true } }],
  ['meeting tomorrow 3pm with passcode 1234', ['passcode'], { subject: null, options: { passcode: true } }],
  [
    'call tomorrow 3pm about Q3, passcode: apple',
    ['passcode'],
    { subject: 'Q3', options: { passcode: true } },
  ],
  ['meeting tomorrow 3pm on behalf of <at>Sam</at>', ['organiser'], { subject: null, guests: ['Sam'] }],
  ['meeting tomorrow 3pm organised by <at>Sam</at>', ['organiser'], { subject: null, guests: ['Sam'] }],
  ['meeting tomorrow 3pm with <at>Sam</at> as organizer', ['organiser'], { subject: null, guests: ['Sam'] }],
  [
    'meeting tomorrow 3pm about Q3 with everyone in the company',
    ['everybody'],
    { subject: 'Q3', guests: [] },
  ],
  ['meeting tomorrow 3pm for 1,500 people', ['everybody'], { subject: null }],
  ['meeting tomorrow 3pm for 200 people', ['crowd'], { subject: null }],
  ['talk tomorrow 3pm about launch, with Q&A', ['questions'], { subject: 'launch' }],
  ['meeting tomorrow 3pm with Q&A', ['questions'], { subject: null }],
  ['webinar tomorrow 3pm about launch, passcode 1234', ['passcode', 'event'], { subject: 'launch' }],
])('%s', (text, unmet, { subject, guests, options }) => {
  const command = createOf(text);
  expect(command.unmet).toEqual(unmet);
  expect(whenOf(text)).toBe('2026-09-16 15:00');
  if (subject !== undefined) expect(command.subject).toBe(subject);
  if (guests !== undefined) expect(command.invitees.map(nameOf)).toEqual(guests);
  if (options !== undefined) expect(command.options).toEqual(options);
});

test.each([
  'meeting about webinar planning tomorrow 3pm',
  'webinar rehearsal tomorrow 3pm',
  'meeting tomorrow 3pm to review the live event',
  'meeting with passcode 3pm tomorrow',
  'meeting with passcode 15:00 tomorrow',
  'passcode at 1500 tomorrow',
  'meeting tomorrow 3pm without a passcode',
  'no passcode, tomorrow 3pm',
  'meeting tomorrow 3pm with <at>Sam</at> as co-organiser',
  'company all hands tomorrow 3pm',
  'all-hands for 120 people tomorrow 3pm',
  'investor Q&A tomorrow 3pm',
  'project review, monthly numbers, tomorrow 3pm',
  'meeting about the weekly report tomorrow 3pm',
])('nothing is unmet: %s', (text) => {
  expect(createOf(text).unmet).toBeUndefined();
  expect(whenOf(text)).toBe('2026-09-16 15:00');
});

test('a day in the plural is every such day', () => {
  const { needs, when, subject } = createOf('weekly standup mondays 9am');
  expect([needs, when?.start.toISODate(), subject]).toEqual([['recurrence'], '2026-09-21', 'weekly standup']);
});

test('words for the calendar, which every card has a way to, are no subject', () => {
  expect(createOf('add to my calendar meeting tomorrow 3pm about Q3').subject).toBe('Q3');
});
