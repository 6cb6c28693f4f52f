import { expect, test } from 'vitest';
import { withoutPreamble } from '../../bot/command/talk/preamble.ts';
import { createOf, parseText, whenOf } from './reading.ts';

test.each([
  [
    "Hi Parley, hope you're well. Could you set up a call at 3? It's about bins.",
    "Could you set up a call at 3? It's about bins.",
  ],
  [
    "We still haven't sorted the drains. Can you put something in for 2pm?",
    'Can you put something in for 2pm?',
  ],
  ['Sorry to bother — can you slot in a call at 3', 'can you slot in a call at 3'],
  ["Hi! Hope all is well. We're behind again. Please book 3pm", 'Please book 3pm'],
  ["y'all free? either way put the barbecue on for 3pm", 'put the barbecue on for 3pm'],
  ['either way, book 3pm', 'book 3pm'],
  ['No rush. Book 3pm tomorrow', 'Book 3pm tomorrow'],
  ['Good morning, when you get a moment please put in a call at 4pm', 'please put in a call at 4pm'],
  ['Sir please book 4pm', 'please book 4pm'],
])('%j asks from %j on', (text, rest) => {
  expect(withoutPreamble(text)).toBe(rest);
});

test.each([
  // A title, a topic, a time or a person may stand there.
  'Design review. Book 3pm tomorrow',
  'Design review? Book 3pm tomorrow',
  'Tomorrow at 3 would be good. Book it',
  'It is about the roof. Book 3pm',
  'Sam@contoso.com is free. Book 3pm',
  // Nothing is asked for behind it.
  'Hope you are well. The meeting was great.',
  'Well done everybody',
  'so much for the plan',
])('%j stays whole', (text) => {
  expect(withoutPreamble(text)).toBe(text);
});

test('what is cut names no subject, and what stays is read', () => {
  const text =
    "We still haven't sorted the drains. Can you put something in for 2pm tomorrow with jo@contoso.com?";
  expect(createOf(text)).toMatchObject({ subject: null, invitees: [{ kind: 'email' }], needs: [] });
});

test.each([
  ['budget 930-1030am tomorrow', '2026-09-16 09:30 – 10:30'],
  ['budget 930-1030 tomorrow', '2026-09-16 09:30 – 10:30'],
  ['call 555-1230 tomorrow 3pm', '2026-09-16 15:00'],
  ['thursday 3pm for 1 hr 20, ducts', '2026-09-17 15:00 – 16:20'],
  ['thursday 1 hr 20 minutes at 3pm', '2026-09-17 15:00 – 16:20'],
])('%j is at %s', (text, when) => {
  expect(whenOf(text)).toBe(when);
});

test.each(['bump standup to 10', 'move the music permit sync to 2', 'push retro to 4:30'])(
  '%j moves a meeting',
  (text) => {
    expect(parseText(text)).toMatchObject({ kind: 'reschedule' });
  },
);
