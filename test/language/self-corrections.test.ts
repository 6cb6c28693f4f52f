import { expect, test } from 'vitest';
import { FRAME, readText } from './reading.ts';

const created = (text: string) => {
  const { command } = readText(text, { ...FRAME, locale: 'en-GB' });
  if (command.kind !== 'create') throw new Error(`${text} was read as ${command.kind}`);
  const guests = command.invitees.map((one) => (one.kind === 'email' ? one.email : one.name));
  return { subject: command.subject, guests, start: command.when?.start.toFormat('dd HH:mm') };
};

test.each([
  [
    'i need a quick call with my sister in law no wait with marie claude monday 9:30 am',
    { guests: ['marie claude'], start: '21 09:30' },
  ],
  [
    'can i get a meeting monday at ten with the board about q three no about q two forecasts',
    { guests: ['board'], subject: 'q two forecasts', start: '21 10:00' },
  ],
  [
    'book us in for arvo tea no sorry book a meeting for friday two pm with lachlan and priya',
    { guests: ['lachlan', 'priya'], start: '18 14:00' },
  ],
  ['could you do a call at quarter to five today with sanjeev no wait make it five', { start: '15 17:00' }],
  ['meeting with Kim tomorrow 3pm, sorry, with Lee', { guests: ['Lee'], start: '16 15:00' }],
])('what is taken back is not meant: %s', (text, meant) => {
  expect(created(text)).toMatchObject(meant);
});

test.each([
  ['no, book a call with Kim about pricing tomorrow at 3', { subject: 'pricing', guests: ['Kim'] }],
  ['sorry, can you book a call with Kim and Lee tomorrow at 3', { guests: ['Kim', 'Lee'] }],
])('a word that takes nothing back changes nothing: %s', (text, meant) => {
  expect(created(text)).toMatchObject(meant);
});
