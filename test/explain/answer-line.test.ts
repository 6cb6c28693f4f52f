import { expect, test } from 'vitest';
import { answerLine } from '../../bot/explain/answer-line.ts';

const LINE = {
  id: 'a',
  text: '<at>Parley</at> tomorrow 3pm about Q3',
  now: '2026-09-15T09:40:00+01:00',
  zone: 'Europe/London',
  locale: 'en-GB',
};
const answer = (line: unknown) =>
  JSON.parse(answerLine(typeof line === 'string' ? line : JSON.stringify(line))) as unknown;

test('a line is answered with everything that was understood', () => {
  expect(answer(LINE)).toEqual({
    id: 'a',
    intent: 'create',
    start: '2026-09-16T15:00:00+01:00',
    end: null,
    durationMinutes: null,
    subject: 'Q3',
    attendees: [],
    options: {},
    needs: null,
    language: 'en',
  });
});

test('a day without a time is a date', () => {
  expect(answer({ ...LINE, text: 'friday, Q3' })).toMatchObject({ start: '2026-09-18', needs: ['time'] });
});

test('meeting now is an option', () => {
  expect(answer({ ...LINE, text: 'meet now' })).toMatchObject({
    intent: 'create',
    options: { meetNow: true },
  });
});

test('another command has no times', () => {
  expect(answer({ ...LINE, text: 'help' })).toMatchObject({
    intent: 'help',
    start: null,
    attendees: [],
    needs: null,
  });
});

const BUDGET = { subject: 'Budget', start: '2026-09-16T11:00:00+01:00', end: '2026-09-16T11:30:00+01:00' };
const AUDIT = { subject: 'Audit', start: '2026-09-17T14:00:00+01:00', end: '2026-09-17T15:00:00+01:00' };
const SEVERAL = { open: { kind: 'question' }, meetings: [BUDGET, AUDIT] };

test.each([
  ['the second one', 'Audit'],
  ['2', 'Audit'],
  ['the 11am', 'Budget'],
  ['thursday', 'Audit'],
])('“%s”, where it was asked which meeting, is %s', (text, which) => {
  expect(answer({ ...LINE, text, context: SEVERAL })).toMatchObject({ intent: 'answer', which });
});

test.each([
  ['yes', 'confirm'],
  ['no, keep it', 'decline'],
])('“%s” is about the meeting that the open question names', (text, intent) => {
  const context = { open: { kind: 'confirm', subject: 'Budget' }, meetings: [BUDGET] };
  expect(answer({ ...LINE, text, context })).toMatchObject({ intent, which: 'Budget' });
});

test('a nod where nothing is open asks for nothing', () => {
  expect(answer({ ...LINE, text: 'ok', context: { meetings: [] } })).toMatchObject({ intent: 'none' });
});

test.each([
  ['no JSON', '{"id":'],
  ['no object', '3'],
  ['no text', { ...LINE, text: 3 }],
  ['no instant', { ...LINE, now: 'yesterday' }],
  ['no zone of this world', { ...LINE, zone: 'Mars/Olympus' }],
])('%s gets an error of its own', (_name, line) => {
  expect(answer(line)).toEqual({ id: null, error: expect.any(String) });
});
