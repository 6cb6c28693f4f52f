import { describe, expect, test } from 'vitest';
import type { Context } from '../../bot/language/reading.ts';
import { AT_HAND, answerOf, FRAME, readText } from './reading.ts';

const ASKED_TIME: Context = {
  open: { kind: 'question', needs: ['time'], subject: 'Budget', start: '2026-09-16' },
  focus: null,
  meetings: [],
};

describe('where the time was asked', () => {
  test.each([
    ['11, with Ben', 'en-GB', '11:00'],
    ['at 3, and add Chandra', 'en-GB', '15:00'],
    ['3pm, no lobby', 'en-GB', '15:00'],
    ['10:00 for an hour with Chandra', 'en-GB', '10:00'],
    ['um 11 mit Ben', 'de-DE', '11:00'],
    ['à 15h et ajoute Chandra', 'fr-FR', '15:00'],
  ])('%s: is the answer, with more beside it', (text, locale, clock) => {
    const answer = { intent: 'answer', start: `2026-09-16T${clock}:00+01:00`, subject: 'Budget' };
    expect(answerOf(text, ASKED_TIME, locale)).toMatchObject(answer);
  });

  test.each([
    ['meeting at 3 with Ben', 'create'],
    ['pricing at 3pm with Ben', 'create'],
    ['friday 3pm with Ben', 'create'],
    ['3 people are coming, add Tom', 'none'],
  ])('%s: is not', (text, intent) => {
    expect(answerOf(text, ASKED_TIME)).toMatchObject({ intent });
  });
});

describe('where a yes was asked', () => {
  const context: Context = { ...AT_HAND, open: { kind: 'confirm' } };

  test.each([
    ['oops no, dont', 'en-GB', 'decline'],
    ['bitte nicht', 'de-DE', 'decline'],
    ['forget that, 15:00 is fine', 'en-GB', 'reschedule'],
    ["annule ce que j'ai dit, 9h c'est bien", 'fr-FR', 'reschedule'],
    ['no, the one with Kim', 'en-GB', 'reschedule'],
    ['nein warte, die mit Kim', 'de-DE', 'reschedule'],
  ])('%s: %s %s', (text, locale, kind) => {
    expect(readText(text, { ...FRAME, locale, context }).command.kind).toBe(kind);
  });

  test.each([
    ['yes but make a new one on Monday', 'en-GB'],
    ['ja, aber mach einen neuen am Montag', 'de-DE'],
  ])('%s: another meeting, and no new link', (text, locale) => {
    expect(answerOf(text, context, locale)).toMatchObject({ intent: 'create', subject: 'Q3' });
  });
});

test.each([
  ['not yet, she said maybe tomorrow afternoon', 'en-GB'],
  ["pas encore, je m'y mets vers 16h", 'fr-FR'],
])('%s: answers a colleague, and moves nothing', (text, locale) => {
  expect(answerOf(text, AT_HAND, locale)).toMatchObject({ intent: 'none' });
});

describe('two things that are said at once', () => {
  test.each([
    ['add Chandra and make it 11', { start: '2026-09-15T11:00:00+01:00', attendees: ['Chandra'] }],
    ['remove Sam and move it to 11', { start: '2026-09-15T11:00:00+01:00', attendees: ['Sam'] }],
    ['make it an hour, call it Solar sync', { subject: 'Solar sync', end: '2026-09-15T15:00:00+01:00' }],
  ])('%s: both', (text, fields) => {
    expect(answerOf(text, AT_HAND)).toMatchObject({ intent: 'reschedule', ...fields });
  });

  test.each(['move it up 30 min', 'move Q3 up 15 min'])('%s: earlier or later is shown first', (text) => {
    expect(answerOf(text, AT_HAND)).toMatchObject({ intent: 'reschedule', draft: true });
  });

  test.each(['push it 10', 'push it 15'])('%s: minutes or the hour is asked', (text) => {
    expect(answerOf(text, AT_HAND)).toMatchObject({ intent: 'reschedule', needs: ['time'] });
  });

  test('a meeting whose name is anywhere in a question is the one that is asked about', () => {
    expect(answerOf("where's the Retro link?", AT_HAND)).toMatchObject({ intent: 'show', which: 'Retro' });
  });

  test('a name behind an @ that is no mention is invited', () => {
    const text = 'hi can you set up a quick chat w @Ben tmrw at 3 about the budget';
    expect(answerOf(text)).toMatchObject({ intent: 'create', attendees: ['Ben'] });
  });
});

describe('right after a meeting was shown', () => {
  test.each([
    ['about pricing', 'en-GB', { subject: 'pricing' }],
    ['wegen Preisen', 'de-DE', { subject: 'Preisen' }],
    ['à propos du budget', 'fr-FR', { subject: 'budget' }],
    ['with Ada', 'en-GB', { subject: 'Q3', attendees: ['Ada'] }],
    [
      'sorry, 11.30, 20 min, and title it Debrief',
      'en-GB',
      { subject: 'Debrief', start: '2026-09-15T11:30:00+01:00' },
    ],
  ])('%s: is about that one, and shown first', (text, locale, fields) => {
    expect(answerOf(text, AT_HAND, locale)).toMatchObject({ intent: 'reschedule', draft: true, ...fields });
  });

  test('a new length and a new name are both taken', () => {
    const fields = { intent: 'reschedule', subject: 'Daily', durationMinutes: 20 };
    expect(answerOf('make it 20 mins and call it Daily', AT_HAND)).toMatchObject(fields);
  });

  test.each(['with Ada we are done', 'about the offsite, did you book the hotel?', 'with regards'])(
    '%s: is talk',
    (text) => expect(answerOf(text, AT_HAND)).toMatchObject({ intent: 'none' }),
  );
});
