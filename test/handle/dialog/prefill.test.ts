import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { prefill } from '../../../bot/handle/dialog.ts';
import { LANGUAGES, languageOf } from '../../../bot/language/languages.ts';

LANGUAGES.forEach(languageOf);

const ZONE = 'Europe/Budapest';
/** A Monday. */
const WRITTEN = DateTime.fromISO('2026-11-30T09:00:00', { zone: ZONE });
const ADA = '0a000000-0000-4000-8000-00000000000a';
const BEN = { id: '0b000000-0000-4000-8000-00000000000b', name: 'Ben Okafor' };

const WHERE = { zone: ZONE, locale: 'en-GB', now: WRITTEN.plus({ hours: 1 }), user: ADA };

const filled = (text: string, now = WHERE.now) =>
  prefill({ utterance: { text, people: [] }, at: WRITTEN.toUTC(), author: BEN }, { ...WHERE, now });

test.each([
  ['tomorrow at 15:00 about Q3', 'Q3', '2026-12-01', '15:00', null],
  [
    '<p>Could we talk about the <b>Q3 numbers</b> on Friday 10&#58;00-11:30?</p>',
    'Q3 numbers',
    '2026-12-04',
    '10:00',
    90,
  ],
  ['let’s meet tomorrow', null, '2026-12-01', '', null],
  ['a 45 min call at 14:00', null, '2026-11-30', '14:00', 45],
  ['how about 14:00-15:00 on Wednesday?', null, '2026-12-02', '14:00', 60],
  ['Können wir morgen um 15 Uhr über das Budget sprechen?', 'Budget', '2026-12-01', '15:00', null],
])('%s', (text, subject, date, time, minutes) => {
  expect(filled(text)).toMatchObject({ subject, date, time, minutes });
});

test.each([
  ['either half of the day', 'let’s talk tomorrow at 7', { date: '2026-12-01', time: '' }],
  ['one of two days', 'meeting 03/04 at 15:00', { date: '' }],
  ['no time at all', 'The invoices don’t add up.', { date: '', time: '', subject: null }],
  ['some time', 'let’s sync next week', { date: '', time: '' }],
  [
    'two meetings',
    'meeting tomorrow 10:00 about Q3 and another on Friday 11:00 about Q4',
    { date: '', time: '' },
  ],
])('what may be %s stays empty', (_what, text, empty) => {
  expect(filled(text)).toMatchObject(empty);
});

test('times are of the day on which it was written, and those that have gone by stay empty', () => {
  const text = 'can we talk tomorrow at 15:00?';
  expect(filled(text, WRITTEN.plus({ hours: 20 }))).toMatchObject({ date: '2026-12-01', time: '15:00' });
  expect(filled(text, WRITTEN.plus({ days: 2 }))).toMatchObject({ date: '', time: '' });
  expect(filled('let’s talk tomorrow', WRITTEN.plus({ days: 2 }))).toMatchObject({ date: '' });
});

test('the writer, those who are mentioned and addresses are to come; nobody twice, and not the reader', () => {
  const utterance = {
    text: 'Q3 tomorrow 15:00 with \uFFFC, \uFFFC and lee@example.com',
    people: [{ id: ADA, name: 'Ada' }, BEN],
  };
  expect(prefill({ utterance, at: WRITTEN.toUTC(), author: BEN }, WHERE).people).toEqual([
    { ...BEN, isInvited: true },
    { id: 'lee@example.com', name: 'lee@example.com', isInvited: true },
  ]);
});

test('a long text is no meeting, and reading it ends', () => {
  expect(filled('word '.repeat(8_000))).toMatchObject({ subject: null, date: '', time: '' });
});
